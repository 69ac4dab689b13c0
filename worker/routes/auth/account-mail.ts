/** Rows of the outbox about accounts, as routes write them: whom each goes to, and how long it is of use. */
import { Buffer } from 'node:buffer';
import { ACCOUNT_TOKEN_MS } from '../../auth/account-tokens.ts';
import type { UserId } from '../../contract/ids.ts';
import { mailboxOf } from '../../contract/mailbox.ts';
import type { OutboxPayload } from '../../contract/outbox.ts';
import type { Needs } from '../../deps/deps.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { AccountMail } from '../../stores/postgres/account-mails.ts';
import type { CountedBy, LinkKind } from '../../stores/postgres/link-mail-limits.ts';

export type AccountMailNeeds = Needs<{
  outbox: 'sendsMail' | 'wake';
  accounts: 'recipientKeyOf' | 'askerKeyOf';
  platform: 'nowMs' | 'fillRandom';
}>;

const DAY_MS = 24 * 60 * 60_000;
const RANDOM_BYTES = 16;
/** What is not configured will hardly be so in a moment. */
const UNCONFIGURED_RETRY_MS = 60_000;

/** How long each is of use to whoever reads it. */
const USE_MS = {
  'mail.verify_email': ACCOUNT_TOKEN_MS.verify_email,
  'mail.change_email': ACCOUNT_TOKEN_MS.change_email,
  'mail.reset_password': ACCOUNT_TOKEN_MS.reset_password,
  'mail.email_change_asked': 3 * DAY_MS,
  'mail.email_changed': 3 * DAY_MS,
  'mail.password_changed': 3 * DAY_MS,
  'mail.new_device': 3 * DAY_MS,
  'mail.account_deleted': 3 * DAY_MS,
} as const;

type AccountMailKind = keyof typeof USE_MS;

/** Where somebody asks from. */
export interface AskedFrom {
  /** See http/client-network.ts. */
  network: string;
  /** Of a device that has signed in to the account before. */
  deviceId?: string | undefined;
}

export type AccountMailFields<Kind extends AccountMailKind> = {
  kind: Kind;
  payload: OutboxPayload<Kind>;
  /** Where it goes, in lower case. */
  to: string;
  /** Whose account it is about; left out where that is not looked up. */
  userId?: UserId;
  /** What there is one such mail about; a mail without it is like no other. */
  about?: string;
} & (Kind extends LinkKind ? { from: AskedFrom } : { from?: undefined });

/** @returns undefined where the shop sends no mail. */
export function accountMail<Kind extends AccountMailKind>(
  deps: AccountMailNeeds,
  mailFields: AccountMailFields<Kind>,
): AccountMail<Kind> | undefined {
  return deps.outbox.sendsMail ? rowOf(deps, mailFields) : undefined;
}

/** For what cannot be done without a mail. @throws HttpProblem where the shop sends none. */
export function requiredMail<Kind extends AccountMailKind>(
  deps: AccountMailNeeds,
  mailFields: AccountMailFields<Kind>,
): AccountMail<Kind> {
  assertSendsMail(deps);
  return rowOf(deps, mailFields);
}

/** @throws HttpProblem where the shop sends no mail. */
export function assertSendsMail({ outbox }: Needs<{ outbox: 'sendsMail' }>): void {
  if (outbox.sendsMail) return;
  throw new HttpProblem('mail_unavailable', { retryAfterMs: UNCONFIGURED_RETRY_MS });
}

function rowOf<Kind extends AccountMailKind>(
  deps: AccountMailNeeds,
  fields: AccountMailFields<Kind>,
): AccountMail<Kind> {
  const { accounts, platform } = deps;
  const { kind, payload, to, userId, about, from } = fields;
  const nowMs = platform.nowMs();
  const random = () => platform.fillRandom(new Uint8Array(RANDOM_BYTES));
  const last = about ?? Buffer.from(random()).toString('base64url');
  const name = kind.slice('mail.'.length);
  const row = {
    kind,
    key: [name, ...(userId === undefined ? [] : [userId]), last].join('/'),
    payload,
    userId,
    recipientKey: accounts.recipientKeyOf(to),
    countedBy: from && countedBy(deps, to, from),
    priority: 0 as const,
    nowMs,
    dropAfterMs: nowMs + USE_MS[kind],
  };
  // A kind with a link has `from`, see AccountMailFields.
  return row as AccountMail<Kind>;
}

function countedBy(
  { accounts }: AccountMailNeeds,
  email: string,
  { network, deviceId }: AskedFrom,
): CountedBy {
  const mailbox = mailboxOf(email);
  return {
    mailboxKey: accounts.recipientKeyOf(mailbox),
    networkKey: accounts.askerKeyOf({ network }, mailbox),
    device:
      deviceId === undefined
        ? undefined
        : { key: accounts.askerKeyOf({ deviceId }, mailbox), email },
  };
}
