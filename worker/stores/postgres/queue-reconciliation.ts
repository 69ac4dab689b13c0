/**
 * Queues against their rows, over all events: counters that are not what the entries say, which can be mended,
 * and laws of the queue that were broken, which cannot. A law is recounted as far as the rows tell.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { EventId, EventItemId } from '../../contract/ids.ts';
import type { ItemQueue } from '../../contract/queue.ts';
import { type Db, guarded } from './client.ts';
import { IS_UNMATCHED, IS_UNTIMELY, QUEUE_COUNTS, TIMED_EVENTS } from './queue-recount.ts';

/** Offers and skips of one settlement: see serve_queue. */
const SERVED_MAX = 500;

/** One event item whose counters are not what its entries say. */
export interface QueueDifference {
  eventItemId: EventItemId;
  counted: ItemQueue;
  recounted: ItemQueue;
}

/** How often a law of the queue was broken in an event. */
export interface BrokenLaw {
  eventId: EventId;
  law: 'passed over' | 'sold past the queue' | 'left unserved' | 'offered twice' | 'untimely offer';
  count: number;
}

const RECOUNT = sql`
  SELECT i.id, jsonb_build_object('waiting', i.queue_waiting, 'waitingUnits', i.queue_waiting_units,
           'servedRank', i.queue_served_rank, 'offers', i.queue_offers) AS counted,
         coalesce(c.counts, '{"waiting": 0, "waitingUnits": 0, "servedRank": 0, "offers": 0}')
           AS recounted
    FROM event_items i
    LEFT JOIN (SELECT q.event_item_id, ${QUEUE_COUNTS} AS counts
                 FROM queue_entries q GROUP BY q.event_item_id) c ON c.event_item_id = i.id`;

/** Until which settlement an entry waited, for the ranked ones of all queues. */
const RANKED = sql`
  SELECT event_id, event_item_id, rank, min_quantity, status, free_found, entered_in, ended_in,
         CASE WHEN status = 'waiting' THEN 9223372036854775807 ELSE coalesce(ended_in, 0) END AS until
    FROM queue_entries WHERE rank IS NOT NULL`;

/** Every difference at one moment. None is what it should find. */
export async function findQueueDifferences(db: Db): Promise<QueueDifference[]> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof QueueDifference]: QueueDifference[name] }>(
      sql`SELECT id AS "eventItemId", counted, recounted
            FROM (${RECOUNT}) r WHERE counted <> recounted ORDER BY id`,
    ),
  );
  return rows;
}

/** For a transaction that has the locks of all events; each gets an entry in the audit log. */
export function repairQueueStatements(db: Db, actor: string) {
  return [
    db.execute(sql`INSERT INTO audit_log (actor, action, subject, before, after)
                   SELECT ${actor}, 'queue.repair', id, counted, recounted
                     FROM (${RECOUNT}) r WHERE counted <> recounted ORDER BY id`),
    db.execute(sql`UPDATE event_items i
                      SET queue_waiting = (recounted ->> 'waiting')::int,
                          queue_waiting_units = (recounted ->> 'waitingUnits')::int,
                          queue_served_rank = (recounted ->> 'servedRank')::bigint,
                          queue_offers = (recounted ->> 'offers')::int
                     FROM (${RECOUNT}) r WHERE r.id = i.id AND counted <> recounted`),
  ] as const;
}

/**
 * Every law that was broken, by event. None is what it should find. Reads all entries and orders: at 100,000
 * entries some seconds.
 */
export async function findBrokenLaws(db: Db): Promise<BrokenLaw[]> {
  const broken: BrokenLaw[] = [];
  for (const [law, found] of Object.entries(BREACHES) as [BrokenLaw['law'], SQL][]) {
    const { rows } = await guarded(() =>
      db.execute<{ eventId: EventId; count: number }>(sql`
        WITH timed AS MATERIALIZED (${TIMED_EVENTS})
        SELECT event_id AS "eventId", count(*)::int AS count FROM (${found}) b
         GROUP BY event_id ORDER BY event_id`),
    );
    broken.push(...rows.map((row) => ({ ...row, law })));
  }
  return broken;
}

/**
 * An offer, though an entry of a lower rank waited on whose minimum the free units reached that the offer
 * found. Whoever waits and cannot be served is skipped when it is their turn, so nobody else stands before it.
 * Within a settlement each offer finds fewer units than the one before. For each minimum, the last settlement
 * until which somebody before waited is carried along the ranks.
 */
const PASSED_OVER: SQL = sql`
  SELECT event_id
    FROM (SELECT e.event_id, e.event_item_id, e.rank
            FROM (SELECT r.*, m.min_quantity AS minimum,
                         max(CASE WHEN r.min_quantity = m.min_quantity THEN r.until END) OVER (
                           PARTITION BY r.event_item_id, m.min_quantity ORDER BY r.rank
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS waited_until
                    FROM (${RANKED}) r
                    JOIN (SELECT DISTINCT event_item_id, min_quantity FROM queue_entries) m
                      USING (event_item_id)) e
           WHERE e.status = 'offered' AND e.minimum <= e.free_found AND e.waited_until > e.ended_in
           UNION
          SELECT e.event_id, e.event_item_id, e.rank
            FROM (SELECT r.*, lag(r.free_found) OVER (
                           PARTITION BY r.event_item_id, r.ended_in ORDER BY r.rank) AS found_before
                    FROM (${RANKED}) r WHERE r.status = 'offered') e
           WHERE e.found_before <= e.free_found) p`;

/**
 * @param probes units of items that somebody else got in a settlement or nobody did, as `event_id`,
 *     `event_item_id`, `at` and `units`. Kept are those for which somebody waited through it whom they would have
 *     served: the queue comes first, and those who arrive in it come last.
 */
function waitedThrough(probes: SQL): SQL {
  return sql`
  SELECT event_id
    FROM (SELECT event_id, event_item_id, at, is_probe,
                 sum(more) OVER (PARTITION BY event_item_id, minimum ORDER BY at, step
                   ROWS UNBOUNDED PRECEDING) AS waiting
            FROM (SELECT event_id, event_item_id, min_quantity AS minimum, entered_in AS at, 2 AS step,
                         1 AS more, false AS is_probe FROM (${RANKED}) r
                   UNION ALL
                  SELECT event_id, event_item_id, min_quantity, until, 0, -1, false FROM (${RANKED}) r
                   WHERE status <> 'waiting'
                   UNION ALL
                  SELECT s.event_id, s.event_item_id, m.min_quantity, s.at, 1, 0, true
                    FROM (${probes}) s
                    JOIN (SELECT DISTINCT event_item_id, min_quantity FROM queue_entries) m
                      ON m.event_item_id = s.event_item_id AND m.min_quantity <= s.units) moments) p
   WHERE is_probe AND waiting > 0
   GROUP BY event_id, event_item_id, at`;
}

/**
 * Units that were reserved. What arrived in time and was settled after the end, when nobody is served, is left
 * out; so are confirms that came too late, which the rows do not tell from others.
 */
const SOLD_PAST_QUEUE: SQL = waitedThrough(sql`
  SELECT o.event_id, o.event_item_id, o.made_in AS at, sum(o.quantity) AS units
    FROM orders o JOIN events e ON e.id = o.event_id
   WHERE o.entry_id IS NULL AND o.made_in IS NOT NULL AND o.reserved_at < e.ends_at
   GROUP BY o.event_id, o.event_item_id, o.made_in`);

/**
 * Settlements that surely served the queue: orders are made, and entries of an event that is drawn or needs no
 * draw are taken, only where the sale was on. Those that ended as many entries as one may are left out, since
 * the next went on.
 */
const SERVING: SQL = sql`
  SELECT o.event_id, o.made_in AS at FROM timed e JOIN orders o ON o.event_id = e.id
   WHERE o.made_in IS NOT NULL AND o.reserved_at < e.ends_at
   UNION
  SELECT q.event_id, q.entered_in FROM timed e JOIN queue_entries q ON q.event_id = e.id
    LEFT JOIN draws d ON d.event_id = e.id
   WHERE q.entered_at < e.ends_at AND (NOT e.is_draw OR q.entered_at > d.drawn_at)
  EXCEPT
  SELECT event_id, ended_in FROM queue_entries
   WHERE status = 'offered' OR reason <> 'disqualified'
   GROUP BY event_id, ended_in HAVING count(*) >= ${SERVED_MAX}::int`;

/** How the free units of items changed, settlement by settlement, and which of those served. */
const FREE_CHANGES: SQL = sql`
  SELECT event_item_id, made_in AS at, -quantity AS units, false AS served FROM orders
   WHERE made_in IS NOT NULL
   UNION ALL
  SELECT event_item_id, ended_in, quantity, false FROM orders
   WHERE ended_in IS NOT NULL AND status IN ('expired', 'cancelled')
   UNION ALL
  SELECT event_item_id, settlement, units, false FROM queue_stock_changes
   UNION ALL
  SELECT i.id, s.at, 0, true FROM (${SERVING}) s JOIN event_items i ON i.event_id = s.event_id`;

/**
 * Units that were free at the end of a settlement that served, told backwards from those that are free now. A hold
 * that ended and was confirmed too late counts as held all the time, so they are rather too few than too many.
 */
const LEFT_UNSERVED: SQL = waitedThrough(sql`
  SELECT event_id, event_item_id, at, units
    FROM (SELECT i.event_id, c.event_item_id, c.at, c.served, i.stock_remaining - coalesce(
                   sum(c.units) OVER (PARTITION BY c.event_item_id ORDER BY c.at DESC
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS units
            FROM (SELECT event_item_id, at, sum(units) AS units, bool_or(served) AS served
                    FROM (${FREE_CHANGES}) f GROUP BY event_item_id, at) c
            JOIN event_items i ON i.id = c.event_item_id) f
   WHERE served AND units > 0`);

const OFFERED_TWICE: SQL = sql`
  SELECT coalesce(o.event_id, q.event_id) AS event_id
    FROM (SELECT * FROM queue_entries WHERE status = 'offered') q
    FULL JOIN (SELECT * FROM orders WHERE entry_id IS NOT NULL) o ON o.entry_id = q.id
   WHERE ${IS_UNMATCHED}`;

const UNTIMELY: SQL = sql`
  SELECT e.id AS event_id FROM timed e JOIN orders o ON o.event_id = e.id
   WHERE o.entry_id IS NOT NULL AND ${IS_UNTIMELY}`;

const BREACHES: Record<BrokenLaw['law'], SQL> = {
  'passed over': PASSED_OVER,
  'sold past the queue': SOLD_PAST_QUEUE,
  'left unserved': LEFT_UNSERVED,
  'offered twice': OFFERED_TWICE,
  'untimely offer': UNTIMELY,
};
