/** How many entered and left a draw over time, counted from the records of its chain. Reads only. */
import { sql } from 'drizzle-orm';
import { DRAW_COUNTS_VERSION, type DrawCounts } from '../../contract/draw.ts';
import { countSteps } from '../../contract/draw-counts.ts';
import type { EventId } from '../../contract/ids.ts';
import type { ReadCache } from '../cache/read-cache.ts';
import { type Db, guarded, instant } from './client.ts';
import type { Requester } from './public-events.ts';

/** While people enter: counting reads all records, 100,000 of them in some 40 ms. */
const COUNTS_FRESH_MS = 10_000;
const COUNTS_AGE_MS_MAX = 20_000;

export interface CountedChain {
  eventId: EventId;
  /** Of the first record, ms since the epoch. */
  firstMs: number;
  /** When entries close, ms since the epoch. */
  closeMs: number;
  /** Those up to this one are counted. */
  records: number;
  /** Whether records may still be added. */
  isOpen: boolean;
}

/** Once the draw is locked, of all its records; before, some seconds behind. Throws a Fault. */
export async function cachedCounts(
  { db, readCache }: { db: Db; readCache: ReadCache },
  chain: CountedChain,
  { keepAlive }: Requester,
): Promise<DrawCounts | null> {
  const { eventId, records, isOpen } = chain;
  const counts = await readCache.get<DrawCounts>({
    key: `draw counts ${eventId} ${isOpen ? 'so far' : records}`,
    keepAlive,
    ...(isOpen
      ? { freshMs: COUNTS_FRESH_MS, ageMsMax: COUNTS_AGE_MS_MAX }
      : { freshMs: Number.POSITIVE_INFINITY }),
    read: async () => ({
      value: await readCounts(db, chain),
      changesAtMs: Number.POSITIVE_INFINITY,
    }),
  });
  // Another read of the draw may have seen more of it than the one that these are for.
  return counts !== undefined && counts.records <= records ? counts : null;
}

interface Row extends Record<string, unknown> {
  beginsMs: string;
  entered: number;
  left: number;
}

async function readCounts(db: Db, chain: CountedChain): Promise<DrawCounts> {
  const { eventId, firstMs, closeMs, records } = chain;
  const { fromMs, stepSeconds, count } = countSteps(firstMs, closeMs);
  const { rows } = await guarded(() =>
    db.execute<Row>(sql`
      SELECT epoch_ms(s.begins)::text AS "beginsMs", s.entered, s.left
        FROM (SELECT date_bin(${stepSeconds} * interval '1 second', r.at, ${instant(fromMs)}) AS begins,
                     (count(*) FILTER (WHERE r.kind = 'enter'))::int AS entered,
                     (count(*) FILTER (WHERE r.kind = 'leave'))::int AS left
                FROM draw_records r
               WHERE r.event_id = ${eventId} AND r.seq BETWEEN 1 AND ${records}
               GROUP BY 1) s`),
  );
  const entered = Array.from({ length: count }, () => 0);
  const left = Array.from({ length: count }, () => 0);
  for (const row of rows) {
    const step = (Number(row.beginsMs) - fromMs) / (stepSeconds * 1_000);
    // Of a chain that is as it must be, none is.
    if (step < 0 || step >= count) continue;
    entered[step] = row.entered;
    left[step] = row.left;
  }
  const from = new Date(fromMs).toISOString();
  return { version: DRAW_COUNTS_VERSION, records, from, stepSeconds, entered, left };
}
