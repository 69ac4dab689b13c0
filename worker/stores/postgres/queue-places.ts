/**
 * What waits before an entry where many wait: to count 100,000 entries takes some 10 ms, which each of
 * them could ask for. So all are counted once for everybody, and each adds what is between them and the
 * next place that was counted.
 */
import { sql } from 'drizzle-orm';
import type { EventItemId } from '../../contract/ids.ts';
import type { Ahead } from '../../contract/queue.ts';
import { LIMITS } from '../../contract/values.ts';
import type { CachedRead } from '../cache/cached-read.ts';
import type { ReadCache } from '../cache/read-cache.ts';
import { type Db, guarded } from './client.ts';

/** Where no more wait for an item, its entries are counted for each who asks. settle_group keeps to it too. */
export const COUNTED_WAITING_MAX = 1_000;
/** Entries from one place that is counted for everybody to the next; more in a longer queue. */
const STEP_ENTRIES = 500;
const STEPS_MAX = 1_000;
/** Offers since then are taken off; who left since then is not, until it is counted anew. */
const FRESH_MS = 10_000;
/** Up to this age it is used while it is counted anew. */
const AGE_MS_MAX = 30_000;

export interface PlaceSources {
  db: Db;
  readCache: ReadCache;
}

/** An entry that waits with a rank, and how many offers were made of its item. */
export interface RankedEntry {
  entry: { eventItemId: EventItemId; rank: number };
  offers: number;
}

/** A rank, and what waited before it. */
type Step = [rank: number, entries: number, units: number];

interface ItemSteps {
  /** How many had been made when it was counted. */
  offers: number;
  steps: Step[];
}

/**
 * In the order given, however long the queue is; null until a draw is drawn, as queue_ahead_of gives it.
 * Throws a Fault.
 */
export async function readAhead(
  sources: PlaceSources,
  entries: RankedEntry[],
  requester: Pick<CachedRead<unknown>, 'keepAlive'>,
): Promise<(Ahead | null)[]> {
  const from = await Promise.all(entries.map((one) => stepBefore(sources, one, requester)));
  const between = await countBetween(
    sources.db,
    entries.map(({ entry }, n) => ({
      item: entry.eventItemId,
      from: from[n]?.rank ?? 0,
      before: entry.rank,
    })),
  );
  return between.map((counted, n) => {
    if (!counted.isDrawn) return null;
    return {
      entries: counted.entries + (from[n]?.entries ?? 0),
      units: counted.units + (from[n]?.units ?? 0),
    };
  });
}

/** The last counted place before an entry, less what was offered since. */
async function stepBefore(
  sources: PlaceSources,
  { entry, offers }: RankedEntry,
  requester: Pick<CachedRead<unknown>, 'keepAlive'>,
): Promise<(Ahead & { rank: number }) | undefined> {
  const counted = await cachedSteps(sources, entry.eventItemId, requester);
  const step = counted?.steps.findLast(([rank]) => rank <= entry.rank);
  if (counted === undefined || step === undefined) return undefined;
  const [rank, entries, units] = step;
  // Whoever was served since was before this place, but for few who take what others pass over.
  const left = Math.max(0, entries - Math.max(0, offers - counted.offers));
  return { rank, entries: left, units: entries === 0 ? 0 : Math.round((units * left) / entries) };
}

function cachedSteps(
  { db, readCache }: PlaceSources,
  id: EventItemId,
  { keepAlive }: Pick<CachedRead<unknown>, 'keepAlive'>,
): Promise<ItemSteps | undefined> {
  return readCache.get({
    key: `places ${id}`,
    keepAlive,
    freshMs: FRESH_MS,
    ageMsMax: AGE_MS_MAX,
    async read() {
      const value = await readSteps(db, id);
      return value && { value, changesAtMs: Number.POSITIVE_INFINITY };
    },
  });
}

async function readSteps(db: Db, id: EventItemId): Promise<ItemSteps | undefined> {
  const { rows } = await guarded(() =>
    db.execute<{ offers: number; steps: Step[] }>(sql`
      SELECT i.queue_offers AS offers, coalesce((
               SELECT jsonb_agg(jsonb_build_array(q.rank, q.entries, q.units) ORDER BY q.rank)
                 FROM (SELECT rank, row_number() OVER w - 1 AS entries,
                              sum(quantity) OVER w - quantity AS units
                         FROM queue_places WHERE event_item_id = ${id}
                       WINDOW w AS (ORDER BY rank ROWS UNBOUNDED PRECEDING)) q
                WHERE q.entries % greatest(${STEP_ENTRIES}::int, i.queue_waiting / ${STEPS_MAX}::int) = 0
             ), '[]') AS steps
        FROM event_items i WHERE i.id = ${id}`),
  );
  return rows[0];
}

/** What waits for an item from one rank on and before another, for each in the order given. As queue_ahead_of, by an index. */
async function countBetween(
  db: Db,
  ranges: { item: EventItemId; from: number; before: number }[],
): Promise<(Ahead & { isDrawn: boolean })[]> {
  if (ranges.length === 0) return [];
  const { rows } = await guarded(() =>
    db.execute<{ entries: number; units: number; isDrawn: boolean }>(sql`
      SELECT q.entries, q.units, NOT EXISTS (
               SELECT FROM event_items i JOIN draws d ON d.event_id = i.event_id
                WHERE i.id = r.item AND d.drawn_at IS NULL) AS "isDrawn"
        FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(ranges)}::jsonb) AS (
               item text, "from" bigint, before bigint)) WITH ORDINALITY AS r (item, first, before, n)
       CROSS JOIN LATERAL (
               SELECT count(*)::int AS entries, coalesce(sum(p.quantity), 0)::int AS units
                 FROM generate_series(1, ${LIMITS.quantityMax}) AS m (min_quantity)
                 JOIN queue_places p ON p.event_item_id = r.item AND p.min_quantity = m.min_quantity
                                    AND p.rank >= r.first AND p.rank < r.before) q
       ORDER BY r.n`),
  );
  return rows;
}
