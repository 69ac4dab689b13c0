/**
 * Mails with a link, which anybody can have sent to anybody: how many one mailbox gets of them, and how
 * many of these whoever asks may use up. All addresses of a mailbox count together, see mailboxOf; a
 * network, or a device of the owner, counts by itself. So nobody fills a mailbox, and nobody keeps its
 * owner from the link that they ask for: one network uses up half of a day at most, and a device that has
 * signed in before to an account whose address is verified is not held up by others at all.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { OutboxKind } from '../../contract/outbox.ts';
import { instant } from './client.ts';

/** Of one kind, by one asker for one mailbox; also of one kind for one account. */
export const LINK_MAILS_OF_ASKER_PER_HOUR_MAX = 3;
/** Of all kinds together, by one asker for one mailbox. */
export const LINK_MAILS_OF_ASKER_PER_DAY_MAX = 6;
/** Of one kind, to one mailbox. */
export const LINK_MAILS_PER_HOUR_MAX = 6;
/** Of all kinds together, to one mailbox; for one account, wherever they go. */
export const LINK_MAILS_PER_DAY_MAX = 12;

const LINK_KINDS = [
  'mail.verify_email',
  'mail.change_email',
  'mail.reset_password',
] as const satisfies OutboxKind[];
export type LinkKind = (typeof LINK_KINDS)[number];

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** By what such a mail is counted, each a keyed digest. */
export interface CountedBy {
  mailboxKey: string;
  networkKey: string;
  /**
   * A device that has signed in before to the account of this address. It counts for one only where the
   * address is verified: anybody can make accounts of `somebody+x@…`.
   */
  device?: { key: string; email: string } | undefined;
}

export function isLinkKind(kind: OutboxKind): kind is LinkKind {
  return LINK_KINDS.some((link) => link === kind);
}

/** By whom it is counted: the device, where it is one of the owner's, else the network. */
export function askerKeySql({ networkKey, device }: CountedBy): SQL {
  if (device === undefined) return sql`${networkKey}::text`;
  return sql`CASE WHEN ${isOwner(device)} THEN ${device.key}::text ELSE ${networkKey}::text END`;
}

/** Whether one more may be sent. */
export function isWithinLinkLimits(
  mail: { kind: LinkKind; userId?: string | undefined; nowMs: number },
  counted: CountedBy,
): SQL {
  const { kind, userId, nowMs } = mail;
  const { mailboxKey, device } = counted;
  const isRecent = sql`kind = ${kind} AND created_at > ${instant(nowMs - HOUR_MS)}`;
  // The version before this one names no mailbox, and an address without a plus sign is its mailbox.
  const isHere = sql`(mailbox_key = ${mailboxKey} OR recipient_key = ${mailboxKey})`;
  const isAsker = sql`asker_key = ${askerKeySql(counted)}`;
  const isAccount = sql`user_id = ${userId ?? null}::text`;
  const kinds = sql.join(
    LINK_KINDS.map((one) => sql`${one}`),
    sql`, `,
  );
  return sql`(
    SELECT ${count(sql`${isAsker} AND ${isRecent}`)} < ${LINK_MAILS_OF_ASKER_PER_HOUR_MAX}::int
       AND ${count(isAsker)} < ${LINK_MAILS_OF_ASKER_PER_DAY_MAX}::int
       AND ${count(sql`${isAccount} AND ${isRecent}`)} < ${LINK_MAILS_OF_ASKER_PER_HOUR_MAX}::int
       AND ${count(isAccount)} < ${LINK_MAILS_PER_DAY_MAX}::int
       AND (${device === undefined ? sql`false` : isOwner(device)} OR (
             ${count(sql`${isHere} AND ${isRecent}`)} < ${LINK_MAILS_PER_HOUR_MAX}::int
         AND ${count(isHere)} < ${LINK_MAILS_PER_DAY_MAX}::int))
      FROM outbox WHERE created_at > ${instant(nowMs - DAY_MS)} AND kind IN (${kinds})
       AND (${isHere} OR ${isAccount}))`;
}

function count(which: SQL): SQL {
  return sql`count(*) FILTER (WHERE ${which})`;
}

function isOwner({ email }: NonNullable<CountedBy['device']>): SQL {
  return sql`EXISTS (SELECT FROM users u
    WHERE u.email = ${email} AND u.email_verified_at IS NOT NULL)`;
}
