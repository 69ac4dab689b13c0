/** The queue's rows as the bench makes, reads and serves them straight in its database. */
import type pg from 'pg';
import {
  type EventItemId,
  eventIdOf,
  type QueueEntryId,
  type UserId,
} from '../../worker/contract/ids.ts';
import { shopperIdSql } from './shopper-ids.ts';

/** The event's first settlement. */
const ENTERED_IN = 1;

/**
 * Lets so many shoppers wait for one unit each.
 * @param queue.first the number of the first of them.
 * @param queue.isRanked whether they stand in order already, one as a draw would give: not before a draw.
 */
export async function insertEntries(
  client: pg.Client,
  eventItemId: EventItemId,
  { first, count, isRanked }: { first: number; count: number; isRanked: boolean },
): Promise<void> {
  const eventId = eventIdOf(eventItemId);
  await client.query(
    `INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity,
                                entered_at, seq, rank, entered_in)
     SELECT replace($1::text, 'evt_', 'ent_') || '_' || lpad(n::text, 18, '0'), $1, $2,
            ${shopperIdSql('(n - 1 + $5::int)')}, 1, 1, now() - interval '1 hour', n,
            CASE WHEN $4::boolean THEN row_number() OVER (ORDER BY sha256(n::text::bytea)) END, ${ENTERED_IN}
       FROM generate_series(1, $3::int) AS n ORDER BY n`,
    [eventId, eventItemId, count, isRanked, first],
  );
  await client.query(
    `INSERT INTO event_queues (event_id, settlement, settled_at, last_seq)
     VALUES ($1, ${ENTERED_IN}, now() - interval '1 hour', $2)`,
    [eventId, count],
  );
  await client.query(
    'UPDATE event_items SET queue_waiting = $2, queue_waiting_units = $2 WHERE id = $1',
    [eventItemId, count],
  );
  await client.query('UPDATE events SET has_entries = true WHERE id = $1', [eventId]);
  // Those of a draw are chained one by one as they come: all at once would keep the lock waiting. At a whole
  // millisecond, as the shop's own times are: else the database and a reader would round it in two ways.
  await client.query(
    "SELECT start_chain(id, date_trunc('milliseconds', now() - interval '1 hour')) FROM events WHERE id = $1 AND admission = 'draw'",
    [eventId],
  );
  // As it would have been done by itself in the hours in which they came.
  await client.query('VACUUM ANALYZE queue_entries, queue_places');
}

/**
 * Sells the item out to so many shoppers, who hold one unit each.
 * @param holds.first the number of the first of them.
 * @param holds.endsAtMs milliseconds since the epoch, one for each.
 */
export async function insertHolds(
  client: pg.Client,
  eventItemId: EventItemId,
  { first, endsAtMs }: { first: number; endsAtMs: number[] },
): Promise<void> {
  const eventId = eventIdOf(eventItemId);
  await client.query(
    `INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity, unit_price_cents,
                         currency, reserved_at, expires_at)
     SELECT replace($1::text, 'evt_', 'ord_') || '_' || lpad(n::text, 18, '0'), $1, $2,
            ${shopperIdSql('(n - 1 + $4::int)')}, 'pending', 1, 1000, 'EUR', now(),
            to_timestamp(ends_at_ms / 1000.0)
       FROM unnest($3::bigint[]) WITH ORDINALITY AS h (ends_at_ms, n)`,
    [eventId, eventItemId, endsAtMs, first],
  );
  await client.query(
    `UPDATE event_items SET stock_remaining = stock_remaining - $2, stock_held = stock_held + $2
      WHERE id = $1`,
    [eventItemId, endsAtMs.length],
  );
}

export interface QueueLook {
  /** A draw's entries are locked, and ranked; false without a draw. */
  isLocked: boolean;
  isDrawn: boolean;
  /** Entries. */
  waiting: number;
  /** Made so far. */
  offers: number;
}

export async function readQueue(client: pg.Client, eventItemId: EventItemId): Promise<QueueLook> {
  const { rows } = await client.query<QueueLook>({
    name: 'look',
    text: `SELECT d.event_id IS NOT NULL AS "isLocked", d.drawn_at IS NOT NULL AS "isDrawn",
                  i.queue_waiting AS waiting, i.queue_offers AS offers
             FROM event_items i LEFT JOIN draws d ON d.event_id = i.event_id WHERE i.id = $1`,
    values: [eventItemId],
  });
  const [look] = rows;
  if (look === undefined) throw new Error(`there is no ${eventItemId}`);
  return look;
}

/** Some of an item's ranked entries. */
export async function readEntries(
  client: pg.Client,
  eventItemId: EventItemId,
  count: number,
): Promise<{ id: QueueEntryId; customerId: UserId; rank: number }[]> {
  const { rows } = await client.query<{ id: QueueEntryId; customerId: UserId; rank: number }>(
    `SELECT id, customer_id AS "customerId", rank::int FROM queue_entries
      WHERE event_item_id = $1 AND rank IS NOT NULL ORDER BY random() LIMIT $2`,
    [eventItemId, count],
  );
  return rows;
}

/** As many as the shop offers in one transaction. */
export const OFFERS_PER_GROUP = 500;

/** Offers units to those who wait, each of whom wants one. $1 event item, $2 how many. */
export const OFFER_GROUP = `
  WITH next AS (
    SELECT p.entry_id AS id, i.event_id, p.event_item_id, p.customer_id, p.rank,
           'ord_' || substr(p.entry_id, 5) AS order_id
      FROM queue_places p JOIN event_items i ON i.id = p.event_item_id
     WHERE p.event_item_id = $1 AND p.min_quantity = 1
     ORDER BY p.rank LIMIT $2
  ), served AS (
    UPDATE queue_entries e SET status = 'offered', order_id = n.order_id, ended_at = now()
      FROM next n WHERE e.id = n.id
  ), counted AS (
    UPDATE event_items
       SET stock_remaining = stock_remaining - $2, stock_held = stock_held + $2,
           queue_waiting = queue_waiting - $2, queue_waiting_units = queue_waiting_units - $2,
           queue_offers = queue_offers + $2,
           queue_served_rank = (SELECT max(rank) FROM next)
     WHERE id = $1
  ), made AS (
    INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity, unit_price_cents,
                        currency, reserved_at, expires_at, entry_id)
    SELECT n.order_id, n.event_id, n.event_item_id, n.customer_id, 'pending', 1, 1000, 'EUR', now(),
           now() + interval '10 minutes', n.id
      FROM next n
  )
  INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at, drop_after)
  SELECT 'mail.your_turn', 'your_turn/' || n.id, n.customer_id,
         jsonb_build_object('userId', n.customer_id, 'orderId', n.order_id), 1, now(), now(),
         now() + interval '10 minutes'
    FROM next n`;
