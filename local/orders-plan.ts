/**
 * `npm run orders:plan [-- ORDERS]`: fills a throw-away real Postgres, which waits for its disk, with a million
 * orders of 40 events, and shows how long pages of the list of all orders take and by which plans.
 */
import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { type EventId, makeEventItemId, type UserId } from '../worker/contract/ids.ts';
import {
  findOrders,
  type OrderSearch,
  type Sought,
  soughtQuery,
} from '../worker/stores/postgres/order-search.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { startRealPostgres } from './neon/real-postgres.ts';
import { UserError } from './user-error.ts';

const ORDERS_DEFAULT = 1_000_000;
const CUSTOMERS = 300_000;
const EVENTS = 40;
const ITEMS_OF_EVENT = 20;
const RUNS = 5;
const DIGITS = 12;
const NOW_MS = Date.UTC(2030, 0, 1);
const DAY_MS = 24 * 60 * 60_000;

type Asked = Omit<OrderSearch, 'after' | 'limit' | 'nowMs'>;

const LISTS: [string, Asked][] = [
  ['all', {}],
  ['holds', { status: 'pending' }],
  ['expired', { status: 'expired' }],
  ['to send', { delivery: 'to_send' }],
  ['sent', { delivery: 'sent' }],
  ['of the greatest event', { eventId: eventIdOf(0) }],
  ['cancelled in the greatest event', { eventId: eventIdOf(0), status: 'cancelled' }],
  ['captured', { payment: 'captured' }],
  [
    'captured, to send, in an event',
    { payment: 'captured', delivery: 'to_send', eventId: eventIdOf(3) },
  ],
  ['refunded', { payment: 'refunded' }],
  ['failed: none', { payment: 'failed' }],
  ['of a customer', { customerId: 'usr_000000000000000007' as UserId }],
  ['half a name', { q: 'quist' }],
  ['a name that 2,000 have', { q: 'maja' }],
  ['a name that nobody has', { q: 'zebedee' }],
  ['a name in an event', { q: 'quist 99', eventId: eventIdOf(0) }],
  ['part of an address', { q: 'c77777@' }],
  ['a domain that all have', { q: 'example.com' }],
  ['letters that all have, but no word of theirs', { q: 'examplecom' }],
  ['two letters', { q: 'ma' }],
  ['one letter that nobody has', { q: 'ж' }],
  ['an item of one event', { q: 'lamp 17' }],
  ['an item of all events', { q: 'item' }],
  ['an item and a payment', { q: 'lamp', payment: 'captured' }],
  ['a number', { q: '0000-0001-2345' }],
  ['the beginning of a number', { q: '00000001' }],
];

export async function main([count = String(ORDERS_DEFAULT)]: string[]): Promise<void> {
  const orders = Number(count);
  if (!Number.isInteger(orders) || orders < 1 || orders >= 10 ** DIGITS) {
    throw new UserError('Usage: npm run orders:plan [-- ORDERS]');
  }
  const postgres = await startRealPostgres({ durable: true });
  const database = await openDatabase({ databaseUrl: postgres.connectionString });
  const client = new pg.Client({ connectionString: postgres.connectionString });
  try {
    await migrate(database.db);
    await client.connect();
    await fill(client, orders);
    for (const [what, asked] of LISTS) await show(client, what, asked);
  } finally {
    await client.end();
    await database.close();
    await postgres.stop();
  }
}

/** The first page, and where it was walked for, the last one that is walked to from it within ten. */
async function show(client: pg.Client, what: string, asked: Asked): Promise<void> {
  const search: OrderSearch = { ...asked, after: undefined, limit: 20, nowMs: NOW_MS };
  const times: number[] = [];
  let read = { rows: 0, queries: [] as SQL[] };
  for (let run = 0; run < RUNS; run++) {
    const startedAtMs = performance.now();
    read = await readPage(client, search);
    times.push(Math.round(performance.now() - startedAtMs));
  }
  console.log(`\n# ${what}: ${read.rows} rows, ${times.join(', ')} ms`);
  for (const query of read.queries) {
    const { sql: text, params } = new PgDialect().sqlToQuery(query);
    // Without the clock, which is read for every row and would be most of what it shows.
    const explain = `EXPLAIN (ANALYZE, BUFFERS OFF, TIMING OFF) ${text}`;
    const { rows } = await client.query<Record<'QUERY PLAN', string>>(explain, params);
    console.log(`\n${rows.map((row) => row['QUERY PLAN']).join('\n')}`);
  }
}

async function readPage(client: pg.Client, search: OrderSearch) {
  const run = (query: SQL) => {
    const { sql: text, params } = new PgDialect().sqlToQuery(query);
    return client.query(text, params);
  };
  const queries: SQL[] = [];
  let sought: Sought | undefined;
  if (search.q !== undefined || search.payment !== undefined) {
    queries.push(soughtQuery(search));
    sought = (await run(soughtQuery(search))).rows[0];
  }
  const found = findOrders(search, sought);
  if (found === undefined) return { rows: 0, queries };
  queries.push(found.ids, ...(found.walkedTo ? [found.walkedTo] : []));
  const page = await run(found.ids);
  if (found.walkedTo) await run(found.walkedTo);
  return { rows: page.rows.length, queries };
}

/** Of a hundred orders 70 are confirmed, 15 expired, 14 cancelled and one is held; half of an event's are paid. */
async function fill(client: pg.Client, orders: number): Promise<void> {
  await client.query(
    `INSERT INTO users (id, email, display_name, password_hash)
     SELECT 'usr_' || lpad(n::text, 18, '0'), 'c' || n || '@example.com',
            CASE WHEN n % 150 = 0 THEN 'Maja' ELSE (ARRAY['Ana', 'Bo', 'Çelik', 'Dara', 'Эмма'])[1 + n % 5] END
            || CASE WHEN n % 3000 = 0 THEN ' Lindquist ' ELSE ' Berg' END || n / 100, 'none'
       FROM generate_series(0, $1 - 1) n`,
    [CUSTOMERS],
  );
  await client.query(
    `INSERT INTO item_catalog (id, name, category)
     SELECT 'itm_' || n, CASE WHEN n % 20 = 0 THEN 'Lamp ' ELSE 'Item ' END || n, 'x' FROM generate_series(1, $1::int) n`,
    [EVENTS * ITEMS_OF_EVENT],
  );
  for (let n = 0; n < EVENTS; n++) {
    const others = Math.floor(orders / 2 / (EVENTS - 1));
    await fillEvent(client, n, n === 0 ? orders - others * (EVENTS - 1) : others);
  }
  await client.query(`
    INSERT INTO payments (id, order_id, event_id, customer_id, state, amount_minor, currency, captured_minor,
                          refunded_minor, begun_at, authorised_at, ended_at)
    SELECT replace(id, 'ord_', 'pay_'), id, event_id, customer_id, 'captured', 1000, 'EUR', 1000,
           CASE WHEN right(id, 4) = '0000' THEN 1000 ELSE 0 END, reserved_at, reserved_at, ended_at
      FROM orders WHERE status = 'confirmed' AND right(id, 1) IN ('0', '2', '4', '6', '8')`);
  await client.query(`
    UPDATE orders SET payment_id = p.id, paying = true
      FROM payments p WHERE p.order_id = orders.id`);
  await client.query('VACUUM ANALYZE');
}

async function fillEvent(client: pg.Client, n: number, orders: number): Promise<void> {
  const id = eventIdOf(n);
  await client.query(
    `INSERT INTO events (id, title, currency, starts_at, ends_at, hold_seconds)
     VALUES ($1, 'A sale', 'EUR', $2::timestamptz, $2::timestamptz + interval '1 day', 300)`,
    [id, new Date(NOW_MS - n * DAY_MS)],
  );
  const itemIds = Array.from({ length: ITEMS_OF_EVENT }, (_, item) =>
    makeEventItemId(id, item + 1),
  );
  await client.query(
    `INSERT INTO event_items (id, event_id, item_id, position, price_cents, stock_total, stock_remaining)
     SELECT i.id, $2, 'itm_' || n + $3::int, n, 1000 + n, 0, 0 FROM unnest($1::text[]) WITH ORDINALITY i (id, n)`,
    [itemIds, id, n * ITEMS_OF_EVENT],
  );
  await client.query(
    `INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity, unit_price_cents, currency,
                         reserved_at, expires_at, ended_at, sent_at)
     SELECT $1 || lpad(($5::bigint * 1000000 + n)::text, 18, '0'), $2, ($3::text[])[1 + n * 7919 % ${ITEMS_OF_EVENT}],
            'usr_' || lpad((n * 104729 % ${CUSTOMERS})::text, 18, '0'), status, 1 + n % 2, 1000, 'EUR',
            at, at + interval '5 min', CASE WHEN status <> 'pending' THEN at + interval '1 min' END,
            CASE WHEN status = 'confirmed' AND n % 10 > 0 THEN at + interval '1 hour' END
       FROM (SELECT n, $6::timestamptz - interval '1 hour' + n * interval '3600 s' / $4 AS at,
                    CASE WHEN n % 100 < 70 THEN 'confirmed' WHEN n % 100 < 85 THEN 'expired'
                         WHEN n % 100 < 99 THEN 'cancelled' ELSE 'pending' END AS status
               FROM generate_series(1::bigint, $4) n) o`,
    [`ord_${id.slice(4)}_`, id, itemIds, orders, n, new Date(NOW_MS - n * DAY_MS)],
  );
}

function eventIdOf(n: number): EventId {
  return `evt_${String(n).padStart(DIGITS, '0')}` as EventId;
}
