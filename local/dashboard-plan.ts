/**
 * `npm run dashboard:plan [-- ORDERS]`: fills a throw-away real Postgres with one event of a million
 * orders and 100,000 queue entries beside others, and shows how long its figures, its report and
 * revenue over time take and by which plan.
 */
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import pg from 'pg';
import {
  type EventId,
  makeEventItemId,
  orderIdRange,
  queueEntryIdRange,
} from '../worker/contract/ids.ts';
import { REVENUE_BUCKETS_MAX } from '../worker/contract/revenue.ts';
import { eventDashboardQuery, eventFiguresQuery } from '../worker/stores/postgres/dashboard.ts';
import { reportQuery } from '../worker/stores/postgres/report-query.ts';
import { revenueQuery } from '../worker/stores/postgres/revenue.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { startRealPostgres } from './neon/real-postgres.ts';
import { UserError } from './user-error.ts';

const ORDERS_DEFAULT = 1_000_000;
const OTHER_EVENTS = 20;
const ORDERS_OF_OTHERS = 10_000;
const CUSTOMERS = 200_000;
const ITEMS = 20;
const ENTRIES = 100_000;
const EVENTS_OF_YEAR = 10_000;
const RUNS = 5;
const DIGITS = 12;

export async function main([count = String(ORDERS_DEFAULT)]: string[]): Promise<void> {
  const orders = Number(count);
  if (!Number.isInteger(orders) || orders < 1 || orders >= 10 ** DIGITS) {
    throw new UserError('Usage: npm run dashboard:plan [-- ORDERS]');
  }
  const postgres = await startRealPostgres();
  const database = await openDatabase({ databaseUrl: postgres.connectionString });
  const client = new pg.Client({ connectionString: postgres.connectionString });
  try {
    await migrate(database.db);
    await client.connect();
    await fill(client, orders);
    await show(client, 'one event', eventDashboardQuery(eventIdOf(0), Date.now()));
    const page = { after: undefined, limit: OTHER_EVENTS, nowMs: Date.now() };
    await show(client, 'a report', reportQuery(eventIdOf(0), Date.now()));
    for (const [what, eventId] of [
      ['all events', undefined],
      ['one of many', eventIdOf(1)],
    ] as const) {
      await show(client, `revenue of ${what}`, revenueQuery({ ...yearTo(Date.now()), eventId }));
    }
    await show(client, `a page of ${OTHER_EVENTS} events`, eventFiguresQuery(page));
  } finally {
    await client.end();
    await database.close();
    await postgres.stop();
  }
}

/** As many days as one answer has. */
function yearTo(nowMs: number) {
  const from = dayOf(nowMs - (REVENUE_BUCKETS_MAX - 1) * 24 * 60 * 60_000);
  return { from, to: dayOf(nowMs), by: 'day', timeZone: 'Europe/Berlin' } as const;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

async function show(client: pg.Client, what: string, query: SQL): Promise<void> {
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  const times: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startedAtMs = performance.now();
    await client.query(text, params);
    times.push(`${(performance.now() - startedAtMs).toFixed(0)} ms`);
  }
  // Without the clock, which is read for every row and would be most of what it shows.
  const explain = `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${text}`;
  const { rows } = await client.query<Record<'QUERY PLAN', string>>(explain, params);
  console.log(`\n# Figures of ${what}: ${times.join(', ')}\n`);
  console.log(rows.map((row) => row['QUERY PLAN']).join('\n'));
}

/** Of a hundred orders 70 are confirmed, 15 expired, 14 cancelled and one is held. */
async function fill(client: pg.Client, orders: number): Promise<void> {
  await client.query(
    `INSERT INTO users (id, email, display_name, password_hash)
     SELECT 'usr_' || n, n || '@example.com', 'C', 'none' FROM generate_series(0, $1 - 1) n`,
    [CUSTOMERS],
  );
  await client.query(
    `INSERT INTO item_catalog (id, name, category)
     SELECT 'itm_' || n, 'Item ' || n, 'x' FROM generate_series(1, $1::int) n`,
    [ITEMS],
  );
  for (let n = 0; n <= OTHER_EVENTS; n++) {
    await fillEvent(client, eventIdOf(n), n === 0 ? orders : ORDERS_OF_OTHERS);
  }
  await client.query(`
    UPDATE event_items i SET stock_held = held, stock_sold = sold, stock_remaining = 0,
           stock_total = held + sold
      FROM (SELECT event_item_id, coalesce(sum(quantity) FILTER (WHERE status = 'pending'), 0) held,
                   coalesce(sum(quantity) FILTER (WHERE status = 'confirmed'), 0) sold
              FROM orders GROUP BY 1) o WHERE event_item_id = i.id`);
  await fillQuarters(client);
  await fillEntries(client, eventIdOf(0), Math.min(orders, ENTRIES));
  await client.query('VACUUM ANALYZE');
}

async function fillEvent(client: pg.Client, id: EventId, orders: number): Promise<void> {
  await client.query(
    `INSERT INTO events (id, title, currency, starts_at, ends_at, hold_seconds)
     VALUES ($1, 'A sale', 'EUR', now() - interval '2 hours', now() + interval '1 day', 300)`,
    [id],
  );
  const itemIds = Array.from({ length: ITEMS }, (_, n) => makeEventItemId(id, n + 1));
  await client.query(
    `INSERT INTO event_items (id, event_id, item_id, position, price_cents, stock_total, stock_remaining)
     SELECT i.id, $2, 'itm_' || n, n, 1000 + n, 0, 0 FROM unnest($1::text[]) WITH ORDINALITY i (id, n)`,
    [itemIds, id],
  );
  const [first] = orderIdRange(id);
  await client.query(
    `INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                         unit_price_cents, currency, reserved_at, expires_at, ended_at)
     SELECT $1 || lpad(n::text, ${DIGITS}, '0'), $2, ($3::text[])[1 + n * 7919 % ${ITEMS}],
            'usr_' || n * 104729 % ${CUSTOMERS}, status, 1 + n % 2, 1000 + n * 7919 % ${ITEMS}, 'EUR',
            at, CASE WHEN status = 'pending' THEN now() ELSE at END + interval '5 min',
            CASE WHEN status <> 'pending' THEN at + interval '1 min' END
       FROM (SELECT n, now() - interval '2 hours' + n * interval '7000 s' / $4 AS at,
                    CASE WHEN n % 100 < 70 THEN 'confirmed' WHEN n % 100 < 85 THEN 'expired'
                         WHEN n % 100 < 99 THEN 'cancelled' ELSE 'pending' END AS status
               FROM generate_series(1::bigint, $4) n) o`,
    [first.slice(0, -DIGITS), id, itemIds, orders],
  );
}

/** What 10,000 more events sold in a year, each on one day of five hours. */
async function fillQuarters(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO revenue_quarters (begins_at, event_id, currency, orders, units, gross_minor)
     SELECT date_bin('15 min', now() - e * interval '52 min' - q * interval '15 min', '2000-01-01'),
            'evt_of_' || e, CASE WHEN e % 9 = 0 THEN 'JPY' ELSE 'EUR' END, 5, 8, 15000
       FROM generate_series(1, $1::int) e, generate_series(1, 20) q`,
    [EVENTS_OF_YEAR],
  );
}

/** Of a hundred entries ten were made an offer, which no order here has, and five left. */
async function fillEntries(client: pg.Client, id: EventId, entries: number): Promise<void> {
  const [first] = queueEntryIdRange(id);
  await client.query(
    `INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity, status,
                                entered_at, ended_at, seq, rank, order_id, entered_in, ended_in)
     SELECT $1 || lpad(n::text, ${DIGITS}, '0'), $2, $3, 'usr_' || n, 1, 1, status, at,
            CASE WHEN status <> 'waiting' THEN at + n * interval '10 ms' END, n, n,
            CASE WHEN status = 'offered' THEN 'ord_of_' || n END, 1, 2
       FROM (SELECT n, now() - interval '1 hour' AS at,
                    CASE WHEN n % 100 < 10 THEN 'offered' WHEN n % 100 < 15 THEN 'left'
                         ELSE 'waiting' END AS status
               FROM generate_series(1::bigint, $4) n) q`,
    [first.slice(0, -DIGITS), id, makeEventItemId(id, 1), entries],
  );
}

function eventIdOf(n: number): EventId {
  return `evt_${String(n).padStart(DIGITS, '0')}` as EventId;
}
