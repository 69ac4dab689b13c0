/**
 * Cancelling of events: closes one for good, and writes the first row of the outbox that works off what follows
 * from it, batch by batch, by `cancel_event_batch` in sale/ledger/sql. Counts how far that has come.
 */
import { type SQL, sql } from 'drizzle-orm';
import {
  type Cancellation,
  type CancelPreview,
  FAILED_ORDERS_MAX,
} from '../../contract/cancellation.ts';
import type { GiveUpReason } from '../../contract/draw.ts';
import { type EventId, type OrderId, orderIdRange, type UserId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OutboxPayload } from '../../contract/outbox.ts';
import { type Act, instantJson, logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { conditionStatement, isMet, wasMet } from './conditions.ts';
import { enqueueStatement } from './outbox.ts';

/** Rows that one batch looks at, under the event's lock. */
const BATCH_ROWS_MAX = 200;

/**
 * Cancels an event, also one that is over, and gives its draw up where that is not drawn. Cancelling it again
 * changes nothing, not even its reason.
 * @returns `changed` where the condition does not hold; `draw_due` where the result of its draw can be had already.
 */
export async function cancelEvent(
  db: Db,
  id: EventId,
  { actor, nowMs, condition, reason }: Omit<Act, 'actor'> & { actor: UserId; reason: string },
): Promise<'cancelled' | 'changed' | 'draw_due' | 'not_found'> {
  const reasons: GiveUpReason[] = ['cancelled', 'beacon_silent', 'undrawn_at_end'];
  const mayGiveUp = reasons.map((one) => sql`may_give_up_draw(${id}, ${one}, ${instant(nowMs)})`);
  // Null, and so false, where there is no draw to give up.
  const isDrawDue = sql`coalesce(NOT (${sql.join(mayGiveUp, sql` OR `)}), false)`;
  const may = sql`${isMet} AND NOT ${isDrawDue}`;
  const [locked, met, due] = await guarded(() =>
    db.batch([
      db.execute<{ isCancelled: boolean }>(sql`
        SELECT cancelled_at IS NOT NULL AS "isCancelled" FROM events WHERE id = ${id} FOR NO KEY UPDATE`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      db.execute<{ isDrawDue: boolean }>(sql`SELECT ${isDrawDue} AS "isDrawDue"`),
      ...closeForGood(db, id, { actor, reason, nowMs, may }),
      // The first of them for which it may be.
      db.execute(sql`
        SELECT give_up_draw(e.id, r.reason, ${nowMs}::bigint)
          FROM events e, unnest(ARRAY[${sql.join(
            reasons.map((one) => sql`${one}`),
            sql`, `,
          )}]) AS r (reason)
         WHERE e.id = ${id} AND e.cancelled_at = ${instant(nowMs)}`),
    ]),
  );
  const [event] = locked.rows;
  if (event === undefined) return 'not_found';
  if (event.isCancelled) return 'cancelled';
  if (!wasMet(met.rows)) return 'changed';
  return due.rows[0]?.isDrawDue === true ? 'draw_due' : 'cancelled';
}

/**
 * Closes an event for good, where `may` holds and it is not cancelled, and has what follows worked off.
 * @param how `actor` is null where the shop does it by itself.
 */
export function closeForGood(
  db: Db,
  id: EventId,
  how: { actor: UserId | null; reason: string; nowMs: number; may: SQL },
) {
  const { actor, reason, nowMs, may } = how;
  const now = instant(nowMs);
  return [
    db.execute(sql`
      WITH changed AS (
        UPDATE events
           SET cancelled_at = ${now}, cancel_reason = ${reason}, cancelled_by = ${actor},
               closed_at = coalesce(closed_at, greatest(least(ends_at, ${now}), opened_at)),
               -- Calendars hear of it also where it was closed before.
               calendar_sequence = calendar_sequence + 1,
               calendar_changed_at = greatest(now(), calendar_changed_at)
         WHERE id = ${id} AND cancelled_at IS NULL AND ${may} RETURNING *)
      ${logChanges(
        { actor: actor ?? 'shop', action: 'event.cancel', subject: id },
        sql`SELECT ${cancelJson(sql`e`)}, ${cancelJson(sql`changed`)}
              FROM events e JOIN changed USING (id)`,
      )}`),
    enqueueStatement(
      db,
      {
        kind: 'event.cancel',
        key: `cancel/${id}/0`,
        payload: { eventId: id, number: 0, stage: 'orders', after: null },
        priority: 0,
        nowMs,
      },
      {
        may: sql`EXISTS (SELECT FROM events WHERE id = ${id} AND cancelled_at = ${now}) AND ${may}`,
      },
    ),
  ] as const;
}

/** Works off one batch, and writes the row of the next. May be repeated at any time. */
export async function cancelBatch(
  db: Db,
  batch: OutboxPayload<'event.cancel'>,
  nowMs: number,
): Promise<void> {
  await guarded(() =>
    db.execute(sql`
      SELECT cancel_event_batch(${batch.eventId}, ${JSON.stringify(batch)}::jsonb, ${BATCH_ROWS_MAX}::int,
                                ${nowMs}::bigint)`),
  );
}

/** @returns null where it was not cancelled. */
export async function readCancellation(db: Db, id: EventId): Promise<Cancellation | null> {
  const { rows } = await guarded(() =>
    db.execute<{ cancellation: Counted | null }>(
      sql`SELECT ${cancellationJson(id)} AS cancellation FROM events e WHERE e.id = ${id}`,
    ),
  );
  const counted = rows[0]?.cancellation ?? null;
  if (counted === null) return null;
  const failedOrders = counted.failedOrders.map((order) => ({
    id: order,
    number: orderNumberOf(order),
  }));
  return { ...counted, failedOrders };
}

type Counted = Omit<Cancellation, 'failedOrders'> & { failedOrders: OrderId[] };

/** What cancelling it would end. @returns undefined where there is no such event. */
export async function previewCancel(
  db: Db,
  id: EventId,
): Promise<Omit<CancelPreview, 'serverNow'> | undefined> {
  const { rows } = await guarded(() =>
    db.execute<Omit<CancelPreview, 'serverNow'>>(sql`
      WITH o AS MATERIALIZED (
        SELECT o.status, o.quantity > o.units_returned OR left_of_payment(p) > 0 AS is_kept,
               p.currency, coalesce(left_of_payment(p), 0) AS left_minor
          FROM orders o LEFT JOIN payments p ON p.id = o.payment_id AND o.status = 'confirmed'
         WHERE ${isOf(id)} AND o.status IN ('pending', 'confirmed'))
      SELECT (SELECT count(*) FROM o WHERE status = 'confirmed' AND is_kept)::int AS orders,
             (SELECT count(*) FROM o WHERE status = 'pending')::int AS holds,
             (SELECT coalesce(sum(queue_waiting), 0) FROM event_items WHERE event_id = ${id})::int AS waiting,
             (SELECT coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amountCents', sum)
                                        ORDER BY currency), '[]')
                FROM (SELECT currency, sum(left_minor) FROM o WHERE left_minor > 0
                       GROUP BY currency) a) AS amounts
        FROM events WHERE id = ${id}`),
  );
  return rows[0];
}

/** Of the event `e`. Nobody tries any more where no row of the outbox is left that gives money back. */
function cancellationJson(id: EventId): SQL {
  const isTried = sql`EXISTS (
    SELECT FROM outbox w WHERE w.payment_id = p.id AND w.outcome IS NULL
       AND w.kind IN ('payment.refund', 'payment.release'))`;
  const isDone = sql`NOT EXISTS (
    SELECT FROM event_items i
     WHERE i.event_id = e.id AND i.stock_held + i.stock_sold + i.queue_waiting > 0)`;
  const isBack = sql`o.units_returned = o.quantity AND (p.id IS NULL OR p.state IN ('released', 'failed')
    OR p.state = 'captured' AND p.refunded_minor = p.captured_minor)`;
  const givenBack = sql`(
    SELECT coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amountCents', back)
                              ORDER BY currency), '[]')
      FROM (SELECT p.currency, sum(CASE WHEN p.state = 'captured' THEN p.refunded_minor
                                        WHEN p.end_reason = 'refunded' THEN p.amount_minor END) AS back
              FROM orders o JOIN payments p ON p.id = o.payment_id
             WHERE ${isOf(id)} AND o.status = 'confirmed' GROUP BY p.currency) a WHERE back > 0)`;
  const backAt = sql`CASE WHEN p.state = 'released' THEN p.ended_at ELSE (
    SELECT max(r.ended_at) FROM payment_refunds r WHERE r.payment_id = p.id AND r.state = 'done') END`;
  const doneAt = instantJson(sql`max(c.back_at) FILTER (WHERE c.back_at >= e.cancelled_at)`);
  return sql`CASE WHEN e.cancelled_at IS NOT NULL THEN (
    SELECT jsonb_build_object('reason', e.cancel_reason, 'at', ${instantJson(sql`e.cancelled_at`)},
             'by', CASE WHEN e.cancelled_by IS NOT NULL THEN jsonb_build_object('id', e.cancelled_by, 'name', (
               SELECT u.display_name FROM users u WHERE u.id = e.cancelled_by AND u.deleted_at IS NULL)) END,
             'orders', count(*), 'units', coalesce(sum(c.quantity), 0),
             'givenBack', ${givenBack},
             'refunded', count(*) FILTER (WHERE c.is_back),
             'open', count(*) FILTER (WHERE NOT c.is_back AND NOT c.is_failed),
             'failed', count(*) FILTER (WHERE c.is_failed),
             'failedOrders', coalesce((jsonb_agg(c.id ORDER BY c.id) FILTER (
               WHERE c.is_failed AND c.nth_failed <= ${FAILED_ORDERS_MAX}::int)), '[]'),
             'isDone', ${isDone},
             'doneAt', CASE WHEN ${isDone} AND bool_and(c.is_back) THEN ${doneAt} END)
      FROM (SELECT b.*, count(*) FILTER (WHERE b.is_failed) OVER (ORDER BY b.id) AS nth_failed
              FROM (SELECT o.id, o.quantity, ${isBack} AS is_back, ${backAt} AS back_at,
                           NOT (${isBack}) AND NOT ${isTried} AND ${isDone} AS is_failed
                      FROM orders o LEFT JOIN payments p ON p.id = o.payment_id
                     WHERE ${isOf(id)} AND o.status = 'confirmed') b) c) END`;
}

function isOf(id: EventId): SQL {
  const [first, last] = orderIdRange(id);
  return sql`o.id BETWEEN ${first} AND ${last}`;
}

function cancelJson(row: SQL): SQL {
  return sql`jsonb_build_object('cancelledAt', ${instantJson(sql`${row}.cancelled_at`)},
    'reason', ${row}.cancel_reason, 'closedAt', ${instantJson(sql`${row}.closed_at`)})`;
}
