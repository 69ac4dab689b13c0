/**
 * The laws of the queue, recounted from the rows of one event item by plain SQL that shares nothing with
 * the shop's own. For sales in which everybody's limit and account stay as they were when they entered.
 */
import { createHmac } from 'node:crypto';
import type pg from 'pg';
import type { EventItemId } from '../../worker/contract/ids.ts';

/** Each finds what breaks it: no rows, where it holds. $1 event item. */
const LAWS: Record<string, string> = {
  'somebody was offered a unit while a lower rank could have been': `
    SELECT o.id FROM queue_entries o
      JOIN queue_entries w ON w.event_item_id = o.event_item_id AND w.rank < o.rank
                          AND (w.ended_in IS NULL OR w.ended_in > o.ended_in)
      JOIN users u ON u.id = w.customer_id AND u.active
     WHERE o.event_item_id = $1 AND o.status = 'offered' AND w.status <> 'left'
       AND w.entered_in < o.ended_in AND w.min_quantity <= o.free_found`,
  'a unit went to somebody who did not wait': `
    SELECT o.id FROM orders o
     WHERE o.event_item_id = $1 AND o.entry_id IS NULL AND o.made_in IS NOT NULL`,
  'an entry was offered twice': `
    SELECT entry_id AS id FROM orders
     WHERE event_item_id = $1 AND entry_id IS NOT NULL GROUP BY entry_id HAVING count(*) > 1`,
  'an entry and its offer do not agree': `
    SELECT coalesce(e.id, o.id) AS id FROM (SELECT * FROM queue_entries WHERE event_item_id = $1) e
      FULL JOIN (SELECT * FROM orders WHERE event_item_id = $1 AND entry_id IS NOT NULL) o
        ON o.entry_id = e.id
     WHERE (e.status = 'offered') <> (o.id IS NOT NULL) OR e.id IS NULL OR e.order_id <> o.id
        OR o.quantity NOT BETWEEN e.min_quantity AND e.quantity OR o.customer_id <> e.customer_id
        OR o.made_in <> e.ended_in`,
  'an offer was made before the opening or the draw, or after the close': `
    SELECT o.id FROM orders o JOIN events e ON e.id = o.event_id LEFT JOIN draws d ON d.event_id = e.id
     WHERE o.event_item_id = $1 AND o.entry_id IS NOT NULL
       AND (o.reserved_at < e.starts_at OR o.reserved_at < d.drawn_at OR o.reserved_at >= e.ends_at
            OR (e.admission = 'draw' AND d.drawn_at IS NULL))`,
  'a unit is free while somebody waits who could have it': `
    SELECT w.id FROM queue_entries w JOIN event_items i ON i.id = w.event_item_id
      JOIN users u ON u.id = w.customer_id AND u.active
     WHERE w.event_item_id = $1 AND w.status = 'waiting' AND w.min_quantity <= i.stock_remaining`,
  'somebody was skipped without a reason, or left by themselves': `
    SELECT e.id FROM queue_entries e JOIN users u ON u.id = e.customer_id
     WHERE e.event_item_id = $1
       AND (e.status = 'left' OR (e.status = 'skipped') <> (e.reason IS NOT NULL)
            OR (e.status = 'skipped' AND u.active))`,
  'an offer has no mail, or more than one': `
    SELECT o.id FROM orders o
     WHERE o.event_item_id = $1 AND o.entry_id IS NOT NULL
       AND (SELECT count(*) FROM outbox m WHERE m.kind = 'mail.your_turn'
                                            AND m.key = 'your_turn/' || o.entry_id) <> 1`,
  'the counts of the queue are wrong': `
    SELECT i.id FROM event_items i
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE status = 'waiting') AS waiting,
              coalesce(sum(quantity) FILTER (WHERE status = 'waiting'), 0) AS units,
              count(*) FILTER (WHERE status = 'offered') AS offers,
              coalesce(max(rank) FILTER (WHERE status = 'offered'), 0) AS served_rank
         FROM queue_entries WHERE event_item_id = i.id) q
     WHERE i.id = $1 AND (i.queue_waiting, i.queue_waiting_units, i.queue_offers, i.queue_served_rank)
                         <> (q.waiting, q.units, q.offers, q.served_rank)`,
};

/** @returns the laws that do not hold, each with some of the ids that break it. */
export async function brokenLaws(
  client: pg.Client,
  id: EventItemId,
): Promise<{ law: string; ids: string[] }[]> {
  const broken: { law: string; ids: string[] }[] = [];
  for (const [law, text] of Object.entries(LAWS)) {
    const { rows } = await client.query<{ id: string }>(`${text} LIMIT 5`, [id]);
    if (rows.length > 0) broken.push({ law, ids: rows.map(({ id: of }) => of) });
  }
  return broken;
}

/** Of a draw: the entries whose rank is not their score's, which are none. */
export async function wronglyRanked(client: pg.Client, id: EventItemId): Promise<string[]> {
  const { rows } = await client.query<{ id: string; rank: string; seed: string }>(
    `SELECT q.id, q.rank, d.seed FROM queue_entries q JOIN draws d ON d.event_id = q.event_id
      WHERE q.event_item_id = $1 ORDER BY q.rank`,
    [id],
  );
  const scored = rows
    .map(({ id: entry, seed }) => ({ entry, score: scoreOf(entry, seed) }))
    .toSorted((a, b) => (a.score < b.score ? -1 : 1));
  return rows
    .filter((row, n) => row.id !== scored[n]?.entry || Number(row.rank) !== n + 1)
    .map((row) => row.id);
}

/** In hex, as the seed. */
function scoreOf(entry: string, seed: string): string {
  return createHmac('sha256', Buffer.from(seed, 'hex')).update(entry).digest('hex');
}
