/**
 * What admins do to an event by hand, also in mid-sale: open it, close it, set its stock. Each
 * takes the event's lock first, so it happens between two groups of purchases, and is written with
 * its entry in the audit log only if it changes something.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Stock } from '../contract/events.ts';
import type { EventId, EventItemId } from '../contract/ids.ts';
import { type Act, instantJson, logChanges } from './audit.ts';
import { type Db, guarded, instant } from './postgres.ts';

/**
 * Opens and publishes an event, also one that was closed by hand. Opening twice changes nothing.
 * @returns `ended` if its planned end has passed, since an open sale needs a future end.
 */
export async function openEvent(
  db: Db,
  id: EventId,
  { actor, nowMs }: Act,
): Promise<'opened' | 'ended' | 'not_found'> {
  const now = instant(nowMs);
  // What was never published opens now, whatever its plan said.
  const change = sql`SET opened_at = CASE WHEN published
        THEN least(coalesce(opened_at, starts_at), ${now}) ELSE ${now} END,
      closed_at = NULL, published = true
    WHERE id = ${id} AND ends_at > ${now} AND (closed_at IS NOT NULL OR NOT published
      OR coalesce(opened_at, starts_at) > ${now})`;
  const [event] = await changeEvent(db, id, { actor, action: 'event.open', change });
  if (event === undefined) return 'not_found';
  return Date.parse(event.endsAt) <= nowMs ? 'ended' : 'opened';
}

/** Closes an event; closing twice keeps the first time. @returns false if unknown. */
export async function closeEvent(db: Db, id: EventId, { actor, nowMs }: Act): Promise<boolean> {
  const change = sql`SET closed_at = least(ends_at, ${instant(nowMs)})
    WHERE id = ${id} AND closed_at IS NULL`;
  const found = await changeEvent(db, id, { actor, action: 'event.close', change });
  return found.length > 0;
}

/**
 * Takes an event off the public lists, and closes it where it is not closed; its orders stay. Opening
 * it brings it back, until its planned end. @returns false if unknown.
 */
export async function unpublishEvent(db: Db, id: EventId, { actor, nowMs }: Act): Promise<boolean> {
  const change = sql`SET closed_at = least(ends_at, coalesce(closed_at, ${instant(nowMs)})),
      published = false
    WHERE id = ${id} AND (closed_at IS NULL OR published)`;
  const found = await changeEvent(db, id, { actor, action: 'event.unpublish', change });
  return found.length > 0;
}

async function changeEvent(
  db: Db,
  id: EventId,
  { actor, action, change }: { actor: string; action: string; change: SQL },
): Promise<{ endsAt: string }[]> {
  const [locked] = await guarded(() =>
    db.batch([
      db.execute<{ endsAt: string }>(sql`
        SELECT ${instantJson(sql`ends_at`)} AS "endsAt" FROM events WHERE id = ${id}
           FOR NO KEY UPDATE`),
      db.execute(sql`
        WITH changed AS (UPDATE events ${change} RETURNING *)
        ${logChanges(
          { actor, action, subject: id },
          sql`SELECT ${switchesJson(sql`e`)}, ${switchesJson(sql`changed`)}
                FROM events e JOIN changed USING (id)`,
        )}`),
    ]),
  );
  return locked.rows;
}

export type StockOutcome =
  | { outcome: 'set' | 'not_found' }
  /** Fewer than are held and sold; nothing was changed. */
  | { outcome: 'in_use'; stock: Stock };

/**
 * Sets how many units of an event item there are in all. Holds that are due count as held until
 * they are written off.
 */
export async function setStock(
  db: Db,
  item: { eventId: EventId; eventItemId: EventItemId; total: number },
  { actor }: Act,
): Promise<StockOutcome> {
  const { eventId, eventItemId, total } = item;
  const isWanted = sql`id = ${eventItemId} AND event_id = ${eventId}`;
  const [, , after] = await guarded(() =>
    db.batch([
      db.execute(sql`SELECT id FROM events WHERE id = ${eventId} FOR NO KEY UPDATE`),
      db.execute(sql`
        WITH changed AS (
          UPDATE event_items SET stock_total = ${total}::int,
                 stock_remaining = ${total}::int - stock_held - stock_sold
           WHERE ${isWanted} AND stock_held + stock_sold <= ${total}::int
             AND stock_total <> ${total}::int RETURNING *
        )
        ${logChanges(
          { actor, action: 'event.stock', subject: eventItemId },
          sql`SELECT ${totalsJson(sql`i`)}, ${totalsJson(sql`changed`)}
                FROM event_items i JOIN changed USING (id)`,
        )}`),
      db.execute<{ stock: Stock }>(sql`
        SELECT jsonb_build_object('total', stock_total, 'remaining', stock_remaining,
                                  'held', stock_held, 'sold', stock_sold) AS stock
          FROM event_items WHERE ${isWanted}`),
    ]),
  );
  const stock = after.rows[0]?.stock;
  if (stock === undefined) return { outcome: 'not_found' };
  return stock.total === total ? { outcome: 'set' } : { outcome: 'in_use', stock };
}

/** What opening and closing by hand changes. */
function switchesJson(row: SQL): SQL {
  return sql`jsonb_build_object('openedAt', ${instantJson(sql`${row}.opened_at`)},
    'closedAt', ${instantJson(sql`${row}.closed_at`)}, 'published', ${row}.published)`;
}

function totalsJson(row: SQL): SQL {
  return sql`jsonb_build_object('total', ${row}.stock_total, 'remaining', ${row}.stock_remaining)`;
}
