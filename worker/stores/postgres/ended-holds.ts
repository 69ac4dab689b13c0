/** What became of a sale's holds so far, for the outlook of those who wait. */
import { sql } from 'drizzle-orm';
import { type EventId, orderIdRange } from '../../contract/ids.ts';
import type { CachedRead } from '../cache/cached-read.ts';
import type { ReadCache } from '../cache/read-cache.ts';
import { type Db, guarded, instant } from './client.ts';

/** Of a larger sale, the newest: an index gives them without reading the others. */
const ORDERS_COUNTED_MAX = 10_000;
/** It changes slowly, and each isolate of a crowd counts for itself. */
const FRESH_MS = 10_000;
/** Up to this age it is used while it is counted anew. */
const AGE_MS_MAX = 60_000;

export interface EndedHolds {
  /** Confirmed. */
  kept: number;
  /** Cancelled, or ended without a confirmation. */
  lapsed: number;
}

/** Counted once in ten seconds, however many ask. Throws a Fault. */
export async function cachedHoldCounts(
  { db, readCache }: { db: Db; readCache: ReadCache },
  eventId: EventId,
  { keepAlive }: Pick<CachedRead<unknown>, 'keepAlive'>,
): Promise<EndedHolds> {
  const counts = await readCache.get({
    key: `ended holds ${eventId}`,
    keepAlive,
    freshMs: FRESH_MS,
    ageMsMax: AGE_MS_MAX,
    read: async (nowMs) => ({
      value: await countHolds(db, eventId, nowMs),
      changesAtMs: Number.POSITIVE_INFINITY,
    }),
  });
  return counts ?? { kept: 0, lapsed: 0 };
}

async function countHolds(db: Db, eventId: EventId, nowMs: number): Promise<EndedHolds> {
  const [first, last] = orderIdRange(eventId);
  const { rows } = await guarded(() =>
    db.execute<{ kept: number; lapsed: number }>(sql`
      SELECT count(*) FILTER (WHERE o.status = 'confirmed')::int AS kept,
             count(*) FILTER (WHERE o.status IN ('cancelled', 'expired')
                                 OR (o.status = 'pending' AND o.expires_at <= ${instant(nowMs)})
             )::int AS lapsed
        FROM (SELECT status, expires_at FROM orders
               WHERE id BETWEEN ${first} AND ${last} AND event_id = ${eventId}
               ORDER BY id DESC LIMIT ${ORDERS_COUNTED_MAX}) o`),
  );
  return rows[0] ?? { kept: 0, lapsed: 0 };
}
