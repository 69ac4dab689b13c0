/** What a sale asks of whoever buys, and what is known of the customers' addresses. Drawn beforehand. */
import type { UserId } from '../worker/contract/ids.ts';
import { mailboxOf } from '../worker/contract/mailbox.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface Conditions {
  requireVerifiedEmail: boolean;
  oneLimitPerMailbox: boolean;
  /** In the order of the customers. */
  emails: string[];
  /** Whose address is not verified when the run begins. */
  unverified: UserId[];
}

/** Of the runs; in all others nobody may notice who is verified and whose mailbox is whose. */
const ASKING_SHARE = 0.3;
const UNVERIFIED_SHARE = 0.4;
/** How often the next account is one of the mailbox before it. */
const SHARING_SHARE = 0.4;

export function drawConditions(random: SeededRandom, customers: UserId[]): Conditions {
  const requireVerifiedEmail = random.happens(ASKING_SHARE);
  const oneLimitPerMailbox = random.happens(ASKING_SHARE);
  const emails: string[] = [];
  let box = 0;
  let isGmail = false;
  for (const n of customers.keys()) {
    if (n === 0 || !random.happens(SHARING_SHARE)) {
      box++;
      isGmail = random.happens(0.5);
      emails.push(isGmail ? `box${box}@gmail.com` : `box${box}@example.com`);
    } else {
      emails.push(isGmail ? `b.ox${box}+${n}@googlemail.com` : `box${box}+${n}@example.com`);
    }
  }
  const unverified = customers.filter(() => random.happens(UNVERIFIED_SHARE));
  return { requireVerifiedEmail, oneLimitPerMailbox, emails, unverified };
}

/** The mailbox of each customer. */
export function mailboxesOf(customers: UserId[], { emails }: Conditions): Map<UserId, string> {
  return new Map(customers.map((id, n) => [id, mailboxOf(emails[n] ?? '')]));
}
