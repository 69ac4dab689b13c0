/** The outbox as admins read it and have it tried again, and its figures. Reads no payload. */
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import type { EventId, OrderId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OutboxKind } from '../../contract/outbox.ts';
import type { OutboxRow, OutboxState } from '../../contract/outbox-list.ts';
import { type Act, logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Place } from './cursors.ts';
import { outbox } from './outbox-schema.ts';

/** Of a payment's order, or as the key of a mail names it. */
const aboutOrder = sql<OrderId | null>`coalesce(
  (SELECT order_id FROM payments WHERE id = ${outbox.paymentId}),
  substring(${outbox.key} FROM '/(ord_[^/]+)'))`;

const columns = {
  id: outbox.id,
  kind: outbox.kind,
  outcome: outbox.outcome,
  tries: outbox.tries,
  lastError: outbox.lastError,
  createdAt: outbox.createdAt,
  dueAt: outbox.dueAt,
  endedAt: outbox.endedAt,
  userId: outbox.userId,
  userName: sql<
    string | null
  >`(SELECT display_name FROM users WHERE id = ${outbox.userId} AND deleted_at IS NULL)`,
  paymentId: outbox.paymentId,
  orderId: aboutOrder,
  event: sql<Titled | null>`(
    SELECT jsonb_build_object('id', e.id, 'title', e.title) FROM events e
     WHERE e.id = coalesce((SELECT o.event_id FROM orders o WHERE o.id = ${aboutOrder}),
                           substring(${outbox.key} FROM '/(evt_[^/]+)')))`,
};

interface Titled {
  id: EventId;
  title: string;
}

/** Newest first. Reads one row more than `limit`, to learn whether there is a next page. */
export async function listOutbox(
  db: Db,
  page: {
    after: Place | undefined;
    limit: number;
    outcome?: OutboxState | undefined;
    kind?: OutboxKind | undefined;
  },
): Promise<OutboxRow[]> {
  const { after, limit, outcome, kind } = page;
  const rows = await guarded(() =>
    db
      .select(columns)
      .from(outbox)
      .where(
        and(
          after && lt(outbox.id, Number(after.id)),
          outcome === 'waiting' ? isNull(outbox.outcome) : outcome && eq(outbox.outcome, outcome),
          kind && eq(outbox.kind, kind),
        ),
      )
      .orderBy(desc(outbox.id))
      .limit(limit + 1),
  );
  return rows.map(listed);
}

export type RetryOutcome =
  | { outcome: 'done'; row: OutboxRow }
  | { outcome: 'not_found' }
  /** It waits, or it ended otherwise. */
  | { outcome: 'not_given_up' };

/** Puts a row that was given up back, as if it were written now; its receiver knows it by its key. */
export async function retryGivenUp(
  db: Db,
  id: number,
  { actor, nowMs }: Act,
): Promise<RetryOutcome> {
  const entry = { actor, action: 'outbox.retry', subject: `outbox:${id}` };
  const now = instant(nowMs);
  const [before, , after] = await guarded(() =>
    db.batch([
      db.execute<{ outcome: string | null }>(
        sql`SELECT outcome FROM outbox WHERE id = ${id} FOR NO KEY UPDATE`,
      ),
      db.execute(sql`
        WITH changed AS (
          UPDATE outbox SET outcome = NULL, ended_at = NULL, tries = 0, created_at = ${now}, due_at = ${now}
           WHERE id = ${id} AND outcome = 'given_up' RETURNING id)
        ${logChanges(entry, sql`SELECT '{"outcome": "given_up"}'::jsonb, '{"outcome": "waiting"}'::jsonb FROM changed`)}`),
      db.select(columns).from(outbox).where(eq(outbox.id, id)),
    ]),
  );
  const [found] = before.rows;
  const [row] = after;
  if (found === undefined || row === undefined) return { outcome: 'not_found' };
  return found.outcome === 'given_up'
    ? { outcome: 'done', row: listed(row) }
    : { outcome: 'not_given_up' };
}

export interface OutboxFigures {
  /** Rows that wait, and how often all of them have failed together. */
  waiting: { kind: OutboxKind; count: number; tries: number }[];
  /** Rows that were given up and not tried again since. */
  givenUp: { kind: OutboxKind; count: number }[];
  /** Rows that ended within the last hour. */
  ended: { kind: OutboxKind; outcome: OutboxState; count: number }[];
  /** For how long the first of those that are due has been due, in milliseconds; 0 where none is. */
  oldestDueMs: number;
}

const HOUR_MS = 60 * 60_000;

/** @param at.sendsMail where the shop sends none, its mails wait for another Worker and are not late. */
export async function readOutboxFigures(
  db: Db,
  at: { nowMs: number; sendsMail: boolean },
): Promise<OutboxFigures> {
  const now = instant(at.nowMs);
  const { rows } = await guarded(() =>
    db.execute<OutboxFigures & Record<string, unknown>>(sql`
      WITH waiting AS (
        SELECT kind, count(*) AS count, sum(tries) AS tries FROM outbox
         WHERE outcome IS NULL GROUP BY kind),
      given_up AS (
        SELECT kind, count(*) AS count FROM outbox WHERE outcome = 'given_up' GROUP BY kind),
      ended AS (
        SELECT kind, outcome, count(*) AS count FROM outbox
         WHERE outcome IN ('done', 'dropped', 'given_up') AND ended_at > ${instant(at.nowMs - HOUR_MS)}
         GROUP BY kind, outcome)
      SELECT (SELECT coalesce(jsonb_agg(waiting ORDER BY kind), '[]') FROM waiting) AS waiting,
             (SELECT coalesce(jsonb_agg(given_up ORDER BY kind), '[]') FROM given_up) AS "givenUp",
             (SELECT coalesce(jsonb_agg(ended ORDER BY kind, outcome), '[]') FROM ended) AS ended,
             coalesce((SELECT extract(epoch FROM ${now} - min(due_at)) * 1000 FROM outbox
                        WHERE outcome IS NULL AND due_at <= ${now}
                          AND (${at.sendsMail}::boolean OR kind NOT LIKE 'mail.%')), 0)::float8 AS "oldestDueMs"`),
  );
  return rows[0] ?? { waiting: [], givenUp: [], ended: [], oldestDueMs: 0 };
}

type Columns = Pick<
  typeof outbox.$inferSelect,
  Exclude<keyof typeof columns, 'orderId' | 'event' | 'userName'>
> & {
  orderId: OrderId | null;
  event: Titled | null;
  userName: string | null;
};

function listed({ outcome, createdAt, dueAt, endedAt, event, ...row }: Columns): OutboxRow {
  return {
    ...row,
    orderNumber: row.orderId && orderNumberOf(row.orderId),
    eventId: event?.id ?? null,
    eventTitle: event?.title ?? null,
    outcome: outcome ?? 'waiting',
    createdAt: createdAt.toISOString(),
    dueAt: dueAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
