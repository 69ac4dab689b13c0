/**
 * The outbox's rows in Postgres: written in the transaction that makes them true, and deleted long after
 * they ended. How they are worked off is in outbox-work.ts.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { PaymentId, UserId } from '../../contract/ids.ts';
import type { OutboxKind, OutboxOutcome, OutboxPayload } from '../../contract/outbox.ts';
import { type Db, instant } from './client.ts';

const DAY_MS = 24 * 60 * 60_000;
/** How long a row is kept after its end. */
const KEPT_MS = 7 * DAY_MS;
/** In this time an admin may have it tried again. */
const GIVEN_UP_KEPT_MS = 30 * DAY_MS;

export interface NewOutboxRow<Kind extends OutboxKind = OutboxKind> {
  kind: Kind;
  /** The same for the same effect: a second row with it is not written. At most 200 characters. */
  key: string;
  payload: OutboxPayload<Kind>;
  userId?: UserId | undefined;
  /** Rows of one payment are worked off one at a time, in the order in which they were written. */
  paymentId?: PaymentId | undefined;
  /** A keyed digest of the address, where what is sent to one address is limited. */
  recipientKey?: string | undefined;
  /** Of what anybody can ask for: see link-mail-limits.ts. */
  mailboxKey?: string | undefined;
  /** 0 where somebody waits for it, 2 where nobody does. */
  priority: 0 | 1 | 2;
  nowMs: number;
  /** Not worked off before this; by default at once. */
  dueAtMs?: number;
  /** Dropped after this. */
  dropAfterMs?: number;
}

/**
 * Adds a row, where `may` holds; to be run in the `db.batch` of the statements that make it true, behind
 * them. A row whose key is there already is not added again. Who calls it wakes the dispatcher after it.
 */
export function enqueueStatement<Kind extends OutboxKind>(
  db: Db,
  row: NewOutboxRow<Kind>,
  { may = sql`true`, askerKey = sql`NULL` }: { may?: SQL; askerKey?: SQL } = {},
) {
  const { kind, key, payload, userId, paymentId, recipientKey, mailboxKey } = row;
  const { priority, nowMs, dueAtMs, dropAfterMs } = row;
  return db.execute<{ id: number }>(sql`
    INSERT INTO outbox (kind, key, payload, user_id, payment_id, recipient_key, mailbox_key, asker_key,
                        priority, created_at, due_at, drop_after)
    SELECT ${kind}::text, ${key}::text, ${JSON.stringify(payload)}::jsonb, ${userId ?? null}::text, ${paymentId ?? null}::text,
           ${recipientKey ?? null}::text, ${mailboxKey ?? null}::text, ${askerKey}::text, ${priority}::smallint, ${instant(nowMs)},
           ${instant(dueAtMs ?? nowMs)}, ${dropAfterMs === undefined ? sql`NULL::timestamptz` : instant(dropAfterMs)}
     WHERE ${may}
        ON CONFLICT (key) DO NOTHING RETURNING id`);
}

/** Kept until they are done: nothing else knows that a person asked for it, or that money is due. */
const KEPT_KINDS = [
  'account.erase',
  'event.cancel',
  'payment.capture',
  'payment.release',
  'payment.refund',
] as const;

/** Takes away rows that ended long ago, at most `limit` of each end. */
export function deleteEndedStatement(db: Db, { nowMs, limit }: { nowMs: number; limit: number }) {
  const kept = sql.join(
    KEPT_KINDS.map((kind: OutboxKind) => sql`${kind}::text`),
    sql`, `,
  );
  const old = (outcome: OutboxOutcome, keptMs: number) => sql`(
    SELECT id FROM outbox WHERE outcome = ${outcome} AND ended_at <= ${instant(nowMs - keptMs)}
       AND NOT (outcome = 'given_up' AND kind IN (${kept}))
     ORDER BY ended_at LIMIT ${limit})`;
  return db.execute(sql`
    DELETE FROM outbox WHERE id IN (${old('done', KEPT_MS)} UNION ALL ${old('dropped', KEPT_MS)}
                                    UNION ALL ${old('given_up', GIVEN_UP_KEPT_MS)})`);
}

/**
 * Takes the payloads, which may hold addresses, of rows that were given up and would be dropped now if an
 * admin had them tried again.
 */
export function forgetLateStatement(db: Db, nowMs: number) {
  return db.execute(sql`
    UPDATE outbox SET payload = NULL
     WHERE outcome = 'given_up' AND drop_after < ${instant(nowMs)} AND payload IS NOT NULL`);
}
