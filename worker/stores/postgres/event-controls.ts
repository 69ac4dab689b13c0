/**
 * What admins do to an event by hand, also in mid-sale: open it, close it, set its stock. Each
 * takes the event's lock first, so it happens between two groups of purchases, and is written with
 * its entry in the audit log only if it changes something.
 */
import { type SQL, sql } from 'drizzle-orm';
import { SALE_VALUE_MINOR_MAX } from '../../contract/currencies.ts';
import type { Stock } from '../../contract/events.ts';
import type { EventId, EventItemId } from '../../contract/ids.ts';
import { type Act, instantJson, logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { conditionStatement, isMet, wasMet } from './conditions.ts';

/** What opening an event by hand comes to. */
export type Opening =
  | 'opened'
  | 'not_found'
  | 'changed'
  | 'cancelled'
  /** Its planned end has passed, and an open sale needs a future end; or it is a draw that never was drawn. */
  | 'ended'
  /** A draw opens at its time and not before, in milliseconds since the epoch. */
  | { outcome: 'draw'; hasEntries: boolean; opensAtMs: number };

/**
 * Opens and publishes an event, also one that was closed by hand: its queue is as it was. Opening twice
 * changes nothing. A draw is never opened by hand before it was drawn.
 */
export async function openEvent(
  db: Db,
  id: EventId,
  { actor, nowMs, condition }: Act,
): Promise<Opening> {
  const now = instant(nowMs);
  // What was never open until now opens now, whatever its plan is: one that was not published, or
  // was closed before it had opened.
  const change = sql`SET opened_at = CASE WHEN published
          AND coalesce(closed_at >= coalesce(opened_at, starts_at), true)
        THEN least(coalesce(opened_at, starts_at), ${now}) ELSE ${now} END,
      closed_at = NULL, published = true
    WHERE id = ${id} AND cancelled_at IS NULL AND ends_at > ${now} AND (closed_at IS NOT NULL OR NOT published
      OR coalesce(opened_at, starts_at) > ${now})
      AND (admission <> 'draw' OR EXISTS (
        SELECT FROM draws d WHERE d.event_id = ${id} AND d.drawn_at IS NOT NULL))`;
  const { event, met } = await changeEvent(db, id, {
    actor,
    action: 'event.open',
    change,
    condition,
  });
  if (event === undefined) return 'not_found';
  if (event.isCancelled) return 'cancelled';
  if (!met) return 'changed';
  if (Date.parse(event.endsAt) <= nowMs) return 'ended';
  if (!event.isUndrawn) return 'opened';
  const opensAtMs = Date.parse(event.startsAt);
  if (opensAtMs > nowMs) return { outcome: 'draw', hasEntries: event.hasEntries, opensAtMs };
  return event.isOff ? 'ended' : 'opened';
}

/** Closes an event; closing twice keeps the first time. @returns false if unknown. */
export async function closeEvent(
  db: Db,
  id: EventId,
  { actor, nowMs, condition }: Act,
): Promise<boolean | 'changed'> {
  // Never before it was opened by hand: another server's clock may have been ahead of this one's.
  const change = sql`SET closed_at = greatest(least(ends_at, ${instant(nowMs)}), opened_at)
    WHERE id = ${id} AND closed_at IS NULL`;
  const { event, met } = await changeEvent(db, id, {
    actor,
    action: 'event.close',
    change,
    condition,
  });
  if (event === undefined) return false;
  return met || 'changed';
}

/**
 * Takes an event off the public lists, and closes it where it is not closed; its orders stay. Opening
 * it brings it back, until its planned end. @returns false if unknown.
 */
export async function unpublishEvent(
  db: Db,
  id: EventId,
  { actor, nowMs, condition }: Act,
): Promise<boolean | 'changed'> {
  const change = sql`SET published = false,
      closed_at = greatest(least(ends_at, coalesce(closed_at, ${instant(nowMs)})), opened_at)
    WHERE id = ${id} AND (closed_at IS NULL OR published)`;
  const { event, met } = await changeEvent(db, id, {
    actor,
    action: 'event.unpublish',
    change,
    condition,
  });
  if (event === undefined) return false;
  return met || 'changed';
}

/** As it was before. */
interface LockedEvent {
  startsAt: string;
  endsAt: string;
  hasEntries: boolean;
  isCancelled: boolean;
  /** Closed by hand, or not published. */
  isOff: boolean;
  /** A draw that is not drawn yet. */
  isUndrawn: boolean;
}

async function changeEvent(
  db: Db,
  id: EventId,
  made: { actor: string; action: string; change: SQL; condition: SQL | undefined },
): Promise<{ event: LockedEvent | undefined; met: boolean }> {
  const { actor, action, change, condition } = made;
  const [locked, met] = await guarded(() =>
    db.batch([
      db.execute<LockedEvent & Record<string, unknown>>(sql`
        SELECT ${instantJson(sql`starts_at`)} AS "startsAt", ${instantJson(sql`ends_at`)} AS "endsAt",
               has_entries AS "hasEntries", cancelled_at IS NOT NULL AS "isCancelled", closed_at IS NOT NULL OR NOT published AS "isOff",
               admission = 'draw' AND NOT EXISTS (SELECT FROM draws d
                 WHERE d.event_id = ${id} AND d.drawn_at IS NOT NULL) AS "isUndrawn"
          FROM events WHERE id = ${id} FOR NO KEY UPDATE`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      db.execute(sql`
        WITH changed AS (UPDATE events ${change} AND ${isMet} RETURNING *)
        ${logChanges(
          { actor, action, subject: id },
          sql`SELECT ${switchesJson(sql`e`)}, ${switchesJson(sql`changed`)}
                FROM events e JOIN changed USING (id)`,
        )}`),
    ]),
  );
  return { event: locked.rows[0], met: wasMet(met.rows) };
}

export type StockOutcome =
  | { outcome: 'set' | 'not_found' | 'changed' | 'cancelled' }
  /** Fewer than there were, where somebody is in the event's queue; nothing was changed. */
  | { outcome: 'has_entries' }
  /** Fewer than are held and sold; nothing was changed. */
  | { outcome: 'in_use'; stock: Stock }
  /** All units of the sale would be worth more than can be counted; nothing was changed. */
  | { outcome: 'worth_too_much'; currency: string };

/**
 * Sets how many units of an event item there are in all. Holds that are due count as held until
 * they are written off.
 */
export async function setStock(
  db: Db,
  item: { eventId: EventId; eventItemId: EventItemId; total: number },
  { actor, condition }: Act,
): Promise<StockOutcome> {
  const { eventId, eventItemId, total } = item;
  const isWanted = sql`id = ${eventItemId} AND event_id = ${eventId}`;
  const mayBecomeLess = sql`NOT (SELECT e.has_entries FROM events e WHERE e.id = ${eventId})`;
  const isOn = sql`(SELECT e.cancelled_at IS NULL FROM events e WHERE e.id = ${eventId})`;
  const isCountable = sql`${SALE_VALUE_MINOR_MAX}::bigint >= (
    SELECT sum(i.price_minor::numeric
               * CASE WHEN i.id = ${eventItemId} THEN ${total}::int ELSE i.stock_total END)
      FROM event_items i WHERE i.event_id = ${eventId})`;
  const [locked, met, , after] = await guarded(() =>
    db.batch([
      db.execute<{ isCancelled: boolean }>(sql`
        SELECT cancelled_at IS NOT NULL AS "isCancelled" FROM events
         WHERE id = ${eventId} FOR NO KEY UPDATE`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      db.execute(sql`
        WITH changed AS (
          UPDATE event_items SET stock_total = ${total}::int,
                 stock_remaining = ${total}::int - stock_held - stock_sold
           WHERE ${isWanted} AND stock_held + stock_sold <= ${total}::int
             AND stock_total <> ${total}::int AND (stock_total < ${total}::int OR ${mayBecomeLess})
             AND ${isCountable} AND ${isOn} AND ${isMet} RETURNING *
        )
        ${logChanges(
          { actor, action: 'event.stock', subject: eventItemId },
          sql`SELECT ${totalsJson(sql`i`)}, ${totalsJson(sql`changed`)}
                FROM event_items i JOIN changed USING (id)`,
        )}`),
      db.execute<{
        stock: Stock;
        isCountable: boolean;
        mayBecomeLess: boolean;
        currency: string;
      }>(sql`
        SELECT jsonb_build_object('total', stock_total, 'remaining', stock_remaining,
                                  'held', stock_held, 'sold', stock_sold) AS stock,
               ${isCountable} AS "isCountable", ${mayBecomeLess} AS "mayBecomeLess",
               (SELECT e.currency FROM events e WHERE e.id = ${eventId}) AS currency
          FROM event_items WHERE ${isWanted}`),
    ]),
  );
  const [found] = after.rows;
  if (found === undefined) return { outcome: 'not_found' };
  if (locked.rows[0]?.isCancelled) return { outcome: 'cancelled' };
  if (!wasMet(met.rows)) return { outcome: 'changed' };
  const { stock, currency } = found;
  if (stock.total === total) return { outcome: 'set' };
  if (stock.total > total && !found.mayBecomeLess) return { outcome: 'has_entries' };
  return found.isCountable ? { outcome: 'in_use', stock } : { outcome: 'worth_too_much', currency };
}

/** What opening and closing by hand changes. */
export function switchesJson(row: SQL): SQL {
  return sql`jsonb_build_object('openedAt', ${instantJson(sql`${row}.opened_at`)},
    'closedAt', ${instantJson(sql`${row}.closed_at`)}, 'published', ${row}.published)`;
}

function totalsJson(row: SQL): SQL {
  return sql`jsonb_build_object('total', ${row}.stock_total, 'remaining', ${row}.stock_remaining)`;
}
