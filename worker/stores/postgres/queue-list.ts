/** Which queue entries are on a page of an event's list, as SQL. Must not read what else is shown of them. */
import { type SQL, sql } from 'drizzle-orm';
import {
  type EventId,
  type QueueEntryId,
  queueEntryIdRange,
  type UserId,
} from '../../contract/ids.ts';
import type { QueueEntryStatus } from '../../contract/queue.ts';
import { instant } from './client.ts';
import { QUEUE_PARTS, type QueuePlace } from './queue-cursors.ts';
import { ofCustomer } from './queue-schema.ts';

export interface QueuePage {
  eventId: EventId;
  email?: string | undefined;
  customerId?: UserId | undefined;
  entryId?: QueueEntryId | undefined;
  status?: QueueEntryStatus | undefined;
  after: QueuePlace | undefined;
  limit: number;
  nowMs: number;
}

/** A row of `listedEntries`. */
export interface ListedEntry {
  id: QueueEntryId;
  /** An index of QUEUE_PARTS. */
  part: number;
  rank: number;
  /** False for a row that only says how far was read. */
  shown: boolean;
  /** It is the last that may be read for a page. */
  stops: boolean;
  before_draw: boolean;
}

/**
 * How many entries are read for a page of the parts that have no index of their own, where they stand among
 * entries of other parts. A page that has read so many ends there, even with no entry on it.
 */
export const LISTED_READ_MAX = 5_000;

const RANKED = sql.raw(String(QUEUE_PARTS.indexOf('ranked')));
const UNRANKED = sql.raw(String(QUEUE_PARTS.indexOf('unranked')));
const ENDED = sql.raw(String(QUEUE_PARTS.indexOf('ended')));

/**
 * The entries of a page and one more, with what is to be known of each to go on behind it; all of one
 * snapshot, so none is in two parts. What waits with a rank is read in the order of who is served next, at
 * most a page of each minimum of each item. The others are read along the primary key, in the order in which
 * they came, and only where the parts before leave place on the page.
 *
 * Behind a draw, a place from before it says nothing of where the list goes on: it begins again.
 */
export function listedEntries(page: QueuePage): SQL {
  const { eventId, after, limit, nowMs } = page;
  const isOfFew = [page.entryId, page.customerId, page.email].some((named) => named !== undefined);
  const goesOn = after?.beforeDraw && after.part !== 'ended' ? sql`before_draw` : sql`TRUE`;
  const parts = isOfFew
    ? sql`few AS (${fewEntries(page)}), listed AS (SELECT * FROM few)`
    : sql`${rankedEntries(page)}, unranked AS MATERIALIZED (${unrankedEntries(page)}),
      ended AS MATERIALIZED (${endedEntries(page)}),
      listed AS (SELECT * FROM ranked UNION ALL SELECT * FROM unranked UNION ALL SELECT * FROM ended)`;
  return sql`
    WITH RECURSIVE event AS MATERIALIZED (
      SELECT e.*, ${goesOn} AS goes_on
        FROM (SELECT closed_at IS NOT NULL OR ends_at <= ${instant(nowMs)} AS is_over,
                     admission = 'draw' AND NOT EXISTS (
                       SELECT FROM draws d WHERE d.event_id = events.id AND d.drawn_at IS NOT NULL)
                       AS before_draw
                FROM events WHERE id = ${eventId}) e
    ), ${parts}
    SELECT l.*, before_draw FROM listed l CROSS JOIN event ORDER BY part, rank, id LIMIT ${limit + 1}`;
}

function rankedEntries({ eventId, after, status, limit }: QueuePage): SQL {
  const [rank, id] = after?.part === 'ranked' ? [after.rank, after.id] : [0, ''];
  const isBehind = after && after.part !== 'ranked' ? sql`NOT goes_on` : sql`TRUE`;
  const ofItem = sql`q.event_item_id = m.event_item_id`;
  // An item's ranks differ, so those of one minimum need no other order.
  return sql`
    start AS MATERIALIZED (
      SELECT CASE WHEN goes_on THEN ${rank}::bigint ELSE 0 END AS rank,
             CASE WHEN goes_on THEN ${id}::text ELSE '' END AS id
        FROM event WHERE ${isBehind} AND ${listsWaiting(status)}
    ), minimums (event_item_id, min_quantity) AS (
      SELECT i.id, 0 FROM start CROSS JOIN event_items i WHERE i.event_id = ${eventId}
      UNION ALL
      SELECT m.event_item_id, (SELECT min(q.min_quantity) FROM queue_places q
                                WHERE ${ofItem} AND q.min_quantity > m.min_quantity)
        FROM minimums m WHERE m.min_quantity IS NOT NULL
    ), ranked AS MATERIALIZED (
      SELECT w.id, ${RANKED} AS part, w.rank, TRUE AS shown, FALSE AS stops
        FROM minimums m CROSS JOIN start CROSS JOIN LATERAL (
             SELECT q.entry_id AS id, q.rank FROM queue_places q
              WHERE ${ofItem} AND q.min_quantity = m.min_quantity
                AND q.rank >= start.rank AND (q.rank > start.rank OR q.entry_id > start.id)
              ORDER BY q.rank LIMIT ${limit + 1}) w
       ORDER BY w.rank, w.id LIMIT ${limit + 1}
    )`;
}

function unrankedEntries(page: QueuePage): SQL {
  const { after, status, limit } = page;
  const isBehind = sql.raw(after?.part === 'ended' ? 'FALSE' : 'TRUE');
  return entriesById(page, {
    part: UNRANKED,
    afterId: after?.part === 'unranked' ? after.id : undefined,
    isListed: sql`SELECT ${isBehind} AND before_draw AND ${listsWaiting(status)}
                         AND (SELECT count(*) FROM ranked) <= ${limit} FROM event`,
    isShown: sql`q.status = 'waiting' AND q.rank IS NULL`,
  });
}

function endedEntries(page: QueuePage): SQL {
  const { after, status, limit } = page;
  const isWanted = sql.raw(status === 'waiting' || status === 'closed' ? 'FALSE' : 'TRUE');
  return entriesById(page, {
    part: ENDED,
    afterId: after?.part === 'ended' ? after.id : undefined,
    isListed: sql`SELECT ${isWanted} AND NOT EXISTS (SELECT FROM unranked WHERE stops)
                    AND (SELECT count(*) FROM ranked) + (SELECT count(*) FROM unranked) <= ${limit}`,
    isShown: sql`q.status <> 'waiting' AND ${status === undefined ? sql`TRUE` : sql`q.status = ${status}`}`,
  });
}

interface ById {
  part: SQL;
  afterId: QueueEntryId | undefined;
  isListed: SQL;
  isShown: SQL;
}

/** In the order of their ids, which is that in which they came. Stops reading where the page is full. */
function entriesById({ eventId, limit }: QueuePage, { part, afterId, isListed, isShown }: ById) {
  const [first, last] = queueEntryIdRange(eventId);
  const begins = afterId === undefined ? sql`q.id >= ${first}` : sql`q.id > ${afterId}`;
  return sql`
    SELECT r.id, ${part} AS part, 0::bigint AS rank, r.shown, r.n = ${LISTED_READ_MAX} AS stops
      FROM (SELECT q.id, ${isShown} AS shown, row_number() OVER (ORDER BY q.id) AS n
              FROM queue_entries q
             WHERE (${isListed}) AND q.event_id = ${eventId} AND ${begins} AND q.id <= ${last}
             ORDER BY q.id LIMIT ${LISTED_READ_MAX}) r
     WHERE r.shown OR r.n = ${LISTED_READ_MAX}
     ORDER BY r.id LIMIT ${limit + 1}`;
}

/** Those of one customer, or one entry: all of them are read. */
function fewEntries({ eventId, after, limit, ...named }: QueuePage): SQL {
  const { entryId, customerId, email, status } = named;
  const conditions = [
    sql`q.event_id = ${eventId}`,
    entryId && sql`q.id = ${entryId}`,
    customerId && ofCustomer(customerId, sql`q`),
    email !== undefined &&
      ofCustomer(sql`(SELECT u.id FROM users u WHERE u.email = ${email})`, sql`q`),
    status && (isWaiting(status) ? sql`q.status = 'waiting'` : sql`q.status = ${status}`),
    status && isWaiting(status) && listsWaiting(status),
  ].filter((condition) => condition !== undefined && condition !== false);
  const behind = after
    ? sql`NOT f.goes_on OR (f.part, f.rank, f.id) >
          (${QUEUE_PARTS.indexOf(after.part)}::int, ${after.rank}::bigint, ${after.id}::text)`
    : sql`TRUE`;
  return sql`
    SELECT f.id, f.part, f.rank, TRUE AS shown, FALSE AS stops
      FROM (SELECT q.id, goes_on,
                   CASE WHEN q.status <> 'waiting' THEN ${ENDED}
                        WHEN q.rank IS NULL THEN ${UNRANKED} ELSE ${RANKED} END AS part,
                   CASE WHEN q.status = 'waiting' THEN coalesce(q.rank, 0) ELSE 0 END AS rank
              FROM queue_entries q CROSS JOIN event
             WHERE ${sql.join(conditions, sql` AND `)}) f
     WHERE ${behind}
     ORDER BY f.part, f.rank, f.id LIMIT ${limit + 1}`;
}

const isWaiting = (status: QueueEntryStatus) => status === 'waiting' || status === 'closed';

/** Whether entries that wait are wanted: when the sale is over, they are closed. */
function listsWaiting(status: QueueEntryStatus | undefined): SQL {
  if (status === 'waiting') return sql`NOT is_over`;
  if (status === 'closed') return sql`is_over`;
  return sql.raw(status === undefined ? 'TRUE' : 'FALSE');
}
