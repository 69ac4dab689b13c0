/** Revenue over time, added up from quarters of an hour and from what went back. See contract/revenue.ts. */
import { type SQL, sql } from 'drizzle-orm';
import { type EventId, paymentIdRange } from '../../contract/ids.ts';
import type {
  Revenue,
  RevenueBucket,
  RevenueFigures,
  RevenueQuery,
} from '../../contract/revenue.ts';
import type { CachedRead } from '../cache/cached-read.ts';
import type { ReadCache } from '../cache/read-cache.ts';
import { type Db, guarded } from './client.ts';

/** A screen that many look at asks for the same again and again. */
const FRESH_MS = 10_000;
const AGE_MS_MAX = 60_000;

/** At most a minute old; one read serves all who ask for the same meanwhile. */
export async function cachedRevenue(
  { db, readCache }: { db: Db; readCache: ReadCache },
  query: RevenueQuery,
  keepAlive: CachedRead<unknown>['keepAlive'],
): Promise<Revenue> {
  const { from, to, by, timeZone, eventId = '' } = query;
  const found = await readCache.get({
    key: `revenue ${from} ${to} ${by} ${timeZone} ${eventId}`,
    keepAlive,
    freshMs: FRESH_MS,
    ageMsMax: AGE_MS_MAX,
    async read(nowMs) {
      const buckets = await readRevenue(db, query);
      const totals = totalsOf(buckets);
      const serverNow = new Date(nowMs).toISOString();
      const value: Revenue = { by, timeZone, buckets, totals, serverNow };
      return { value, changesAtMs: Number.POSITIVE_INFINITY };
    },
  });
  if (found === undefined) throw new Error('a read of revenue found nothing');
  return found;
}

/** Without gaps, the earliest first. */
export async function readRevenue(db: Db, query: RevenueQuery): Promise<RevenueBucket[]> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof RevenueBucket]: RevenueBucket[name] }>(revenueQuery(query)),
  );
  return rows;
}

/** By currency, in the order of their codes. */
export function totalsOf(buckets: readonly RevenueBucket[]): RevenueFigures[] {
  const totals = new Map<string, RevenueFigures>();
  for (const figures of buckets.flatMap((bucket) => bucket.figures)) {
    const before = totals.get(figures.currency);
    totals.set(figures.currency, before ? sumOf(before, figures) : figures);
  }
  return [...totals.values()].toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

function sumOf(one: RevenueFigures, other: RevenueFigures): RevenueFigures {
  return {
    currency: one.currency,
    orders: one.orders + other.orders,
    units: one.units + other.units,
    grossCents: one.grossCents + other.grossCents,
    refundedCents: one.refundedCents + other.refundedCents,
    netCents: one.netCents + other.netCents,
  };
}

/** A range of each index for each bucket: faster than telling each row its bucket. Exported for its plan. */
export function revenueQuery({ from, to, by, timeZone, eventId }: RevenueQuery): SQL {
  const instantOf = (day: SQL) => sql`(${day})::timestamp AT TIME ZONE ${timeZone}`;
  return sql`
    WITH buckets AS MATERIALIZED (
      SELECT greatest(day, ${from}::date)::date AS first,
             least(day + ${`1 ${by}`}::interval - interval '1 day', ${to}::date)::date AS last
        FROM generate_series(date_trunc(${by}, ${from}::date::timestamp), ${to}::date::timestamp,
                             ${`1 ${by}`}::interval) AS day
    ), bounds AS MATERIALIZED (
      SELECT first, last, ${instantOf(sql`first`)} AS begins, ${instantOf(sql`last + 1`)} AS ends
        FROM buckets
    )
    SELECT first::text AS "from", last::text AS "to", (
      SELECT coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'orders', orders, 'units', units,
               'grossCents', gross, 'refundedCents', refunded, 'netCents', gross - refunded)
               ORDER BY currency), '[]')
        FROM (SELECT currency, sum(orders) AS orders, sum(units) AS units, sum(gross) AS gross,
                     sum(refunded) AS refunded
                FROM (${sold(eventId)} UNION ALL ${givenBack(eventId)}) AS parts (currency, orders, units, gross, refunded)
               GROUP BY currency) AS sums) AS figures
      FROM bounds ORDER BY first`;
}

const isInBucket = (column: SQL) => sql`${column} >= begins AND ${column} < ends`;

function sold(eventId: EventId | undefined): SQL {
  const ofEvent = eventId === undefined ? sql`true` : sql`event_id = ${eventId}`;
  return sql`
    SELECT currency, sum(orders), sum(units), sum(gross_minor), 0 FROM revenue_quarters
     WHERE ${isInBucket(sql`begins_at`)} AND ${ofEvent} GROUP BY currency`;
}

/**
 * Of payments on which an order rests. Whoever decides a refund by hand, or cancels an event, has seen that; of the
 * few that nobody of the shop decided, the order is looked up.
 */
function givenBack(eventId: EventId | undefined): SQL {
  const [first, last] = eventId === undefined ? [] : paymentIdRange(eventId);
  const ofEvent = (id: SQL) =>
    first === undefined ? sql`true` : sql`${id} BETWEEN ${first} AND ${last}`;
  const refunded = sql`payment_refunds r WHERE r.state = 'done' AND ${isInBucket(sql`r.ended_at`)}
       AND ${ofEvent(sql`r.payment_id`)}`;
  const amounts = [
    sql`SELECT r.currency, sum(r.amount_minor) FROM ${refunded}
         AND r.decided_by IS NOT NULL GROUP BY r.currency`,
    sql`SELECT r.currency, sum(r.amount_minor) FROM ${refunded}
         AND r.decided_by IS NULL AND ${rests(sql`r.payment_id`, sql`r.order_id`)} GROUP BY r.currency`,
    sql`SELECT d.currency, sum(d.amount_minor) FROM payment_disputes d
         WHERE d.state = 'lost' AND ${isInBucket(sql`d.ended_at`)} AND ${ofEvent(sql`d.payment_id`)}
           AND ${rests(sql`d.payment_id`, sql`d.order_id`)} GROUP BY d.currency`,
    // What was decided to be given back of it counts as a refund, once it is done.
    sql`SELECT p.currency, sum(p.amount_minor - (
               SELECT coalesce(sum(r.amount_minor), 0) FROM payment_refunds r
                WHERE r.payment_id = p.id AND r.state <> 'failed'))
          FROM payments p
         WHERE p.state = 'failed' AND ${isInBucket(sql`p.ended_at`)} AND ${ofEvent(sql`p.id`)}
           AND ${rests(sql`p.id`, sql`p.order_id`)} GROUP BY p.currency`,
    unpaidAndCancelled(eventId),
  ];
  return sql`SELECT back.currency, 0, 0, 0, back.minor
    FROM (${sql.join(amounts, sql` UNION ALL `)}) AS back (currency, minor)`;
}

/** As the SQL function order_total adds it up: written out, since the index holds the columns and no whole row. */
const TOTAL = sql`(o.quantity * coalesce(o.unit_price_minor, o.unit_price_cents) + coalesce(o.shipping_minor, 0)
  + CASE WHEN o.tax_included THEN 0 ELSE coalesce(o.tax_minor, 0) END)`;

const rests = (payment: SQL, order: SQL) => sql`EXISTS (
  SELECT FROM orders o WHERE o.id = ${order} AND o.payment_id = ${payment} AND o.status = 'confirmed')`;

/** Orders without a payment have units given back only where their event was cancelled. */
function unpaidAndCancelled(eventId: EventId | undefined): SQL {
  const ofEvent = eventId === undefined ? sql`true` : sql`e.id = ${eventId}`;
  return sql`SELECT o.currency, sum(${TOTAL})
      FROM events e JOIN orders o ON o.event_id = e.id
     WHERE ${isInBucket(sql`e.cancelled_at`)} AND o.payment_id IS NULL AND o.units_returned > 0 AND ${ofEvent}
     GROUP BY o.currency`;
}
