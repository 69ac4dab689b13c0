/**
 * Mails about accounts on their way into the outbox, limited by whom they go to: nobody's mailbox is
 * filled by what others ask for in their name. Whoever asks is not told that a limit was reached. Those
 * with a link have limits of their own, see link-mail-limits.ts, so that a stranger who asks for them does
 * not use up those of the warnings: a warning is only sent about what somebody did with the password or by
 * a link.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { OutboxKind } from '../../contract/outbox.ts';
import { type Db, instant } from './client.ts';
import {
  askerKeySql,
  type CountedBy,
  isLinkKind,
  isWithinLinkLimits,
  type LinkKind,
} from './link-mail-limits.ts';
import { enqueueStatement, type NewOutboxRow } from './outbox.ts';

/** Of one kind, to one address, or about one account. */
export const WARNINGS_OF_A_KIND_PER_HOUR_MAX = 3;
export const WARNINGS_OF_A_KIND_PER_DAY_MAX = 10;

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

export type AccountMail<Kind extends OutboxKind = OutboxKind> = NewOutboxRow<Kind> & {
  recipientKey: string;
} & (Kind extends LinkKind ? { countedBy: CountedBy } : { countedBy?: undefined });

/**
 * Adds the row where `may` holds and no limit is reached. Goes last in its batch: whoever holds the lock
 * of a recipient waits for nobody's account. Of two in one batch the one with the lower key goes first,
 * see `inOrder`.
 * @param mail undefined where the shop sends none.
 */
export function accountMailStatements(db: Db, mail: AccountMail | undefined, may: SQL = sql`true`) {
  if (mail === undefined) return [];
  const { countedBy, ...row } = mail;
  const { mailboxKey } = countedBy ?? {};
  const asked = {
    may: sql`${may} AND ${isWithin(mail)}`,
    ...(countedBy && { askerKey: askerKeySql(countedBy) }),
  };
  return [lockStatement(db, mail), enqueueStatement(db, { ...row, mailboxKey }, asked)];
}

/** In the order in which their locks are taken, so that two who write to the same two do not wait for each other. */
export function inOrder(mails: (AccountMail | undefined)[]): AccountMail[] {
  return mails
    .filter((mail) => mail !== undefined)
    .toSorted((a, b) => (lockOf(a) < lockOf(b) ? -1 : 1));
}

/**
 * Ends rows that wait, those that are being worked on, and those that an admin might have sent again:
 * their links are made no more.
 */
export function withdrawStatement(db: Db, which: SQL, nowMs: number) {
  return db.execute(sql`
    UPDATE outbox SET outcome = 'dropped', last_error = 'withdrawn', payload = NULL,
           ended_at = ${instant(nowMs)}, lease_id = NULL, leased_until = NULL
     WHERE (outcome IS NULL OR outcome = 'given_up') AND ${which}`);
}

/** Many at once are counted one by one, until the end of their transactions. */
function lockStatement(db: Db, mail: AccountMail) {
  const name = `mails ${lockOf(mail)}`;
  return db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`);
}

function lockOf({ countedBy, recipientKey }: AccountMail): string {
  return countedBy?.mailboxKey ?? recipientKey;
}

function isWithin({ kind, countedBy, recipientKey, userId, nowMs }: AccountMail): SQL {
  if (countedBy !== undefined && isLinkKind(kind)) {
    return isWithinLinkLimits({ kind, userId, nowMs }, countedBy);
  }
  const ofOne = sql`(recipient_key = ${recipientKey} OR user_id = ${userId ?? null}::text)`;
  const hourAgo = instant(nowMs - HOUR_MS);
  return sql`(
    SELECT count(*) FILTER (WHERE created_at > ${hourAgo}) < ${WARNINGS_OF_A_KIND_PER_HOUR_MAX}::int
       AND count(*) < ${WARNINGS_OF_A_KIND_PER_DAY_MAX}::int
      FROM outbox WHERE kind = ${kind} AND created_at > ${instant(nowMs - DAY_MS)} AND ${ofOne})`;
}
