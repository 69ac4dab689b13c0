/**
 * Mails about accounts on their way into the outbox, limited by whom they go to: nobody's mailbox is
 * filled by what others ask for in their name. Whoever asks is not told that a limit was reached.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { OutboxKind } from '../../contract/outbox.ts';
import { type Db, instant } from './client.ts';
import { enqueueStatement, type NewOutboxRow } from './outbox.ts';

/** Of one kind, to one address, or about one account. */
export const MAILS_OF_A_KIND_PER_HOUR_MAX = 3;
export const MAILS_OF_A_KIND_PER_DAY_MAX = 10;
/** Of the kinds that anybody can ask for, together, to one address. */
export const LINK_MAILS_PER_DAY_MAX = 10;

/**
 * They have a bound of their own, so that a stranger who asks for these does not use up that of the
 * warnings: a warning is only sent about what somebody did with the password or by a link.
 */
const LINK_KINDS = [
  'mail.verify_email',
  'mail.change_email',
  'mail.reset_password',
] as const satisfies OutboxKind[];

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

export type AccountMail<Kind extends OutboxKind = OutboxKind> = NewOutboxRow<Kind> & {
  recipientKey: string;
};

/**
 * Adds the row where `may` holds and no limit is reached. Goes last in its batch: whoever holds the lock
 * of a recipient waits for nobody's account. Of two in one batch the one with the lower key goes first,
 * see `inOrder`.
 * @param mail undefined where the shop sends none.
 */
export function accountMailStatements(db: Db, mail: AccountMail | undefined, may: SQL = sql`true`) {
  if (mail === undefined) return [];
  return [lockStatement(db, mail), enqueueStatement(db, mail, sql`${may} AND ${isWithin(mail)}`)];
}

/** In the order in which their locks are taken, so that two who write to the same two do not wait for each other. */
export function inOrder(mails: (AccountMail | undefined)[]): AccountMail[] {
  return mails
    .filter((mail) => mail !== undefined)
    .toSorted((a, b) => (a.recipientKey < b.recipientKey ? -1 : 1));
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
function lockStatement(db: Db, { recipientKey }: AccountMail) {
  const name = `mails ${recipientKey}`;
  return db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`);
}

function isWithin({ kind, recipientKey, userId, nowMs }: AccountMail): SQL {
  const ofOne = sql`(recipient_key = ${recipientKey} OR user_id = ${userId ?? null}::text)`;
  const hourAgo = instant(nowMs - HOUR_MS);
  return sql`(
    SELECT count(*) FILTER (WHERE kind = ${kind} AND created_at > ${hourAgo})
             < ${MAILS_OF_A_KIND_PER_HOUR_MAX}::int
       AND count(*) FILTER (WHERE kind = ${kind}) < ${MAILS_OF_A_KIND_PER_DAY_MAX}::int
       AND ${isLink(kind) ? sql`${linksOf(recipientKey)} < ${LINK_MAILS_PER_DAY_MAX}::int` : sql`true`}
      FROM outbox WHERE created_at > ${instant(nowMs - DAY_MS)} AND ${ofOne})`;
}

function isLink(kind: OutboxKind): boolean {
  return LINK_KINDS.some((link) => link === kind);
}

function linksOf(recipientKey: string): SQL {
  const kinds = sql.join(
    LINK_KINDS.map((kind) => sql`${kind}`),
    sql`, `,
  );
  return sql`count(*) FILTER (WHERE kind IN (${kinds}) AND recipient_key = ${recipientKey})`;
}
