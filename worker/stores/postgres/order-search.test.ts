/** The list of all orders: what a search finds, page by page, and by which plans. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { EventId, UserId } from '../../contract/ids.ts';
import { NO_TAX, type TaxPlan } from '../../contract/totals.ts';
import { makeItems, makeSale, NOW_MS, type Sale } from '../../sale/ledger/testing/sales.ts';
import { instant } from './client.ts';
import type { Place } from './cursors.ts';
import { listAdminOrders } from './order-lists.ts';
import {
  CUSTOMERS_SOUGHT_MAX,
  findOrders,
  type OrderSearch,
  type Sought,
  soughtQuery,
} from './order-search.ts';

/** Each has one order of the big sale. More are called Maja than are looked up one by one. */
const CUSTOMERS = 6_000;
const MAJAS = CUSTOMERS_SOUGHT_MAX + 500;
const LIMIT = 20;
/** Some thousand rows on a machine that does other things too. */
const SET_UP_MS_MAX = 60_000;

let database: Database;
/** Has the orders of all customers; of every ten, one is expired, one cancelled, one sent. */
let big: Sale;
/** Has one order of each of a few whom a search tells apart. */
let small: Sale;

beforeAll(async () => {
  database = await openMigratedPostgres();
  const { db } = database;
  const catalogue = await makeItems(db, 3);
  const names = ['Shoe', 'Hat', 'Ночная лампа'];
  for (const [n, id] of catalogue.entries()) {
    await db.execute(sql`UPDATE item_catalog SET name = ${names[n]} WHERE id = ${id}`);
  }
  const line = { stock: 0, limit: 9 };
  big = await makeSale(db, [line, line], { catalogue: catalogue.slice(0, 2) });
  small = await makeSale(db, [line], { catalogue: catalogue.slice(2) });
  await insertCustomers();
  await insertOrders();
  await db.execute(sql`ANALYZE`);
}, SET_UP_MS_MAX);
afterAll(() => database?.close());

const KNOWN: [email: string, name: string][] = [
  ['jörg.muller@example.com', 'Jörg Müller-Lüdenscheidt'],
  ['anna@mail.example', 'Анна Каренина'],
  ['w@mail.example', '王芳'],
  ['li@mail.example', 'Li Øst'],
];

async function insertCustomers(): Promise<void> {
  await database.db.execute(sql`
    INSERT INTO users (id, email, display_name, password_hash)
    SELECT ${userIdSql(sql`n`)}, 'c' || n || '@example.com',
           CASE WHEN n <= ${MAJAS} THEN 'Maja ' ELSE 'Bo ' END || n, 'none'
      FROM generate_series(1, ${CUSTOMERS}::int) n
     UNION ALL
    SELECT ${userIdSql(sql`${CUSTOMERS}::int + n`)}, lower(one ->> 0), one ->> 1, 'none'
      FROM jsonb_array_elements(${JSON.stringify(KNOWN)}::jsonb) WITH ORDINALITY AS k (one, n)`);
}

/** Numbered as they came, a second apart: first those of the big sale, the Majas’ before all others. */
async function insertOrders(): Promise<void> {
  const count = CUSTOMERS + KNOWN.length;
  const ofBig = sql`n <= ${CUSTOMERS}::int`;
  await database.db.execute(sql`
    INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity, unit_price_cents,
                        currency, reserved_at, expires_at, ended_at, sent_at)
    SELECT replace(event_id, 'evt_', 'ord_') || '_' || lpad(n::text, 18, '0'), event_id,
           CASE WHEN ${ofBig} AND n % 100 = 0 THEN ${big.items[1]} WHEN ${ofBig} THEN ${big.items[0]}
                ELSE ${small.items[0]} END,
           ${userIdSql(sql`n`)}, status, 1, 100, 'EUR', at,
           CASE WHEN n = ${CUSTOMERS}::int THEN ${instant(NOW_MS)} ELSE ${instant(NOW_MS + 60_000)} END,
           CASE WHEN status <> 'pending' THEN at END, CASE WHEN ${ofBig} AND n % 10 = 2 THEN at END
      FROM (SELECT n, ${instant(NOW_MS)} + (n - ${count}::int) * interval '1 s' AS at,
                   CASE WHEN ${ofBig} THEN ${big.eventId} ELSE ${small.eventId} END AS event_id,
                   CASE WHEN NOT ${ofBig} THEN 'confirmed' WHEN n > ${CUSTOMERS - 2}::int THEN 'pending'
                        WHEN n % 10 = 0 THEN 'expired' WHEN n % 10 = 1 THEN 'cancelled'
                        ELSE 'confirmed' END AS status
              FROM generate_series(1, ${count}::int) n) o`);
  await database.db.execute(sql`
    INSERT INTO payments (id, order_id, event_id, customer_id, state, amount_minor, currency,
                          captured_minor, refunded_minor, begun_at, ended_at)
    SELECT replace(id, 'ord_', 'pay_'), id, event_id, customer_id, 'captured', 100, 'EUR', 100,
           CASE WHEN id LIKE '%77' THEN 100 WHEN id LIKE '%78' THEN 1 ELSE 0 END, reserved_at, reserved_at
      FROM orders WHERE status = 'confirmed' AND sent_at IS NULL`);
  await database.db.execute(sql`
    UPDATE orders SET paying = true, payment_id = replace(id, 'ord_', 'pay_') WHERE sent_at IS NULL AND status = 'confirmed'`);
}

function userIdSql(n: ReturnType<typeof sql>) {
  return sql`'usr_' || lpad((${n})::text, 18, '0')`;
}

const userIdOf = (n: number) => `usr_${String(n).padStart(18, '0')}` as UserId;

function searchOf(asked: Partial<OrderSearch>): OrderSearch & { tax: TaxPlan } {
  return { after: undefined, limit: LIMIT, nowMs: NOW_MS, tax: NO_TAX, ...asked };
}

/** The numbers of the orders on a page, and of how many pages it is made; the first of them by default. */
async function read(asked: Partial<OrderSearch>, pagesMax = 1, limit = LIMIT) {
  const numbers: number[] = [];
  const sizes: number[] = [];
  let after: Place | undefined;
  do {
    const { orders, walkedTo } = await listAdminOrders(
      database.db,
      searchOf({ ...asked, limit, after }),
    );
    const page = orders.slice(0, limit);
    sizes.push(page.length);
    numbers.push(...page.map(({ id }) => Number(id.slice(-18))));
    const last = page.at(-1);
    const isFull = orders.length > limit && last !== undefined;
    after = isFull ? { atMs: Date.parse(last.reservedAt), id: last.id } : walkedTo;
  } while (after !== undefined && sizes.length < pagesMax);
  return { numbers, sizes, isDone: after === undefined };
}

const knownNumber = (n: number) => CUSTOMERS + 1 + n;

describe('a search', () => {
  it.each([
    ['half a name', { q: 'ludensch' }, [knownNumber(0)]],
    ['a name with its accents', { q: 'MÜLLER jörg' }, [knownNumber(0)]],
    ['a name in another alphabet', { q: 'карен' }, [knownNumber(1)]],
    ['a name of two letters', { q: '王芳' }, [knownNumber(2)]],
    ['the beginning of a short word', { q: 'li os' }, [knownNumber(3)]],
    [
      'part of an address',
      { q: '@mail.example' },
      [knownNumber(3), knownNumber(2), knownNumber(1)],
    ],
    ['a name and an address', { q: 'анна mail' }, [knownNumber(1)]],
    ['part of an item’s name', { q: 'лампа' }, [3, 2, 1, 0].map(knownNumber)],
    ['an item in another event', { q: 'лампа', eventId: 0 }, []],
    ['a number', { q: '0000-0000-1234' }, [1234]],
    [
      'the beginning of a number',
      { q: '0000 0000 123' },
      [1239, 1238, 1237, 1236, 1235, 1234, 1233, 1232, 1231, 1230],
    ],
    ['a whole number', { number: '000000004321' }, [4321]],
    ['words that nobody has both', { q: 'анна ost' }, []],
    ['signs', { q: '-%_' }, []],
    ['a customer', { customerId: userIdOf(17) }, [17]],
    ['a customer with another name', { customerId: userIdOf(17), q: 'bo' }, []],
    ['a state that cannot be sent', { status: 'cancelled', delivery: 'sent' }, []],
    ['holds', { status: 'pending' }, [CUSTOMERS - 1]],
    [
      'a payment in part given back',
      { payment: 'partly_refunded', q: '0000-0000-4' },
      [4978, 4878, 4778, 4678, 4578, 4478, 4378, 4278, 4178, 4078],
    ],
    ['a payment that nothing has', { payment: 'failed' }, []],
  ] as const)('finds %s', async (_what, asked, numbers) => {
    const { eventId, ...others } = asked as Omit<OrderSearch, 'eventId'> & { eventId?: 0 };
    const found = await read({ ...others, ...(eventId === 0 && { eventId: big.eventId }) }, 9);
    expect(found.numbers).toEqual(numbers);
  });

  it('counts a hold that has ended as expired, before it is written off', async () => {
    const { numbers } = await read({ status: 'expired' });
    expect(numbers.slice(0, 2)).toEqual([CUSTOMERS, CUSTOMERS - 10]);
  });

  it('has of each order who bought it', async () => {
    const { orders } = await listAdminOrders(database.db, searchOf({ q: '王芳' }));
    expect(orders).toMatchObject([{ customerName: '王芳', customerEmail: 'w@mail.example' }]);
  });
});

describe('the pages', () => {
  it.each([
    ['of all orders', {}, (n: number) => n > 0],
    [
      'of what is to be sent',
      { delivery: 'to_send' },
      (n: number) => n > CUSTOMERS || (n % 10 > 2 && n < CUSTOMERS - 1),
    ],
    ['of an event', { eventId: 0 }, (n: number) => n <= CUSTOMERS],
    ['of an item', { q: 'hat' }, (n: number) => n <= CUSTOMERS && n % 100 === 0],
    ['of a name that many have', { q: 'maja' }, (n: number) => n <= MAJAS],
    [
      'of a payment that many have',
      { payment: 'captured', eventId: 0 },
      (n: number) => n % 10 > 2 && n < CUSTOMERS - 1 && ![77, 78].includes(n % 100),
    ],
  ] as const)('%s have each order once, newest first', async (_what, { ...asked }, isIn) => {
    const { eventId, ...others } = asked as { eventId?: 0 };
    const all = Array.from({ length: CUSTOMERS + KNOWN.length }, (_, n) => n + 1).toReversed();
    const found = await read(
      { ...others, ...(eventId === 0 && { eventId: big.eventId }) },
      1_000,
      700,
    );
    expect(found.numbers).toEqual(all.filter(isIn));
    expect(found.isDone).toBe(true);
  });

  it('go on behind orders of which none was found', async () => {
    // The Majas’ orders are the oldest, behind more of others than a page is sought in.
    const { numbers, sizes } = await read({ q: 'maja 12' }, 9);
    expect(sizes.length).toBeGreaterThan(1);
    expect(numbers.length).toBeGreaterThan(0);
  });
});

describe('the plan', () => {
  it.each<[string, Partial<OrderSearch>]>([
    ['of all orders', {}],
    ['of a state', { status: 'expired' }],
    ['of what is to be sent', { delivery: 'to_send' }],
    ['of a name', { q: 'ludenscheidt' }],
    ['of a name that many have', { q: 'maja' }],
    ['of an item', { q: 'hat' }],
    ['of a number', { q: '0000-0000-1234' }],
    ['of a payment', { payment: 'refunded' }],
    ['of a payment that many have', { payment: 'captured' }],
    ['of a customer', { customerId: userIdOf(17), q: 'hat' }],
    ['behind a page', { after: { atMs: NOW_MS - 3_600_000, id: 'ord_x' } }],
  ])('%s never reads all orders', async (_what, asked) => {
    for (const eventId of [undefined, big.eventId] as (EventId | undefined)[]) {
      for (const plan of await plansOf(searchOf({ ...asked, eventId }))) {
        expect(plan).not.toMatch(/Seq Scan on orders/);
        expect(plan).not.toMatch(/Seq Scan on users/);
      }
    }
  });
});

async function plansOf(search: OrderSearch): Promise<string[]> {
  const { db } = database;
  const seek = soughtQuery(search);
  const { rows } = await db.execute<{ [name in keyof Sought]: Sought[name] }>(seek);
  const found = findOrders(search, rows[0]);
  if (found === undefined) throw new Error('nothing can be found');
  const plans: string[] = [];
  for (const query of [seek, found.ids, ...(found.walkedTo ? [found.walkedTo] : [])]) {
    // Here are few orders, which are read whole or sorted unless that is the dearest way.
    const [, , , explained] = await db.batch([
      db.execute(sql`SET LOCAL enable_seqscan = off`),
      db.execute(sql`SET LOCAL enable_bitmapscan = off`),
      db.execute(sql`SET LOCAL enable_sort = off`),
      db.execute<Record<'QUERY PLAN', string>>(sql`EXPLAIN (COSTS OFF) ${query}`),
    ]);
    plans.push(explained.rows.map((row) => row['QUERY PLAN']).join('\n'));
  }
  return plans;
}
