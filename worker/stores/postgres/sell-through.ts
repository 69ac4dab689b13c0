/** Sales over time for a chart: buckets of sales become points without gaps. Pure. */
import type { EventDashboard } from '../../contract/administration.ts';

/** What was sold in the n-th bucket from the opening on; buckets without sales are left out. */
export interface SoldBucket {
  n: number;
  units: number;
  revenueCents: number;
}

/** @param span `lastBucket` is the number of the last point, 0 for a series of one. */
export function sellThroughOf(
  buckets: SoldBucket[],
  span: { opensAtMs: number; bucketSeconds: number; lastBucket: number },
): EventDashboard['sellThrough'] {
  const { opensAtMs, bucketSeconds, lastBucket } = span;
  const sold = new Map(buckets.map((bucket) => [bucket.n, bucket]));
  let unitsCumulative = 0;
  let revenueCentsCumulative = 0;
  const points = Array.from({ length: lastBucket + 1 }, (_, n) => {
    const { units, revenueCents } = sold.get(n) ?? { units: 0, revenueCents: 0 };
    unitsCumulative += units;
    revenueCentsCumulative += revenueCents;
    const at = new Date(opensAtMs + n * bucketSeconds * 1_000).toISOString();
    return { at, units, revenueCents, unitsCumulative, revenueCentsCumulative };
  });
  return { bucketSeconds, points };
}
