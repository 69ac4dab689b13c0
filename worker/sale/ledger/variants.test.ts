/** The ledger where an item is sold in sizes: units by size, and one limit over all of them. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { EventItemId, UserId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { deactivateCustomer } from '../../stores/postgres/customers.ts';
import { recountEvent } from '../../stores/postgres/events.ts';
import type { ReserveAttempt, StampedAttempt } from '../rules/attempts.ts';
import {
  cancel,
  confirm,
  HOLD_MS,
  makeAccounts,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  type Sale,
  settle,
} from './testing/sales.ts';

type Hold = ReserveAttempt & StampedAttempt;
type More = Partial<ReserveAttempt & { atMs: number }>;

const PENDING = 'pending';
const AFTER_MS = NOW_MS + HOLD_MS;
/** As many as an event may have: one without variants, and two in sizes. */
const EVENT_ITEMS_MAX = [
  { stock: 9, limit: 2 },
  { stock: 9, limit: 2, sizes: 49 },
  { stock: 9, limit: 1, sizes: 49 },
];
const TABLES = ['event_items', 'item_catalog', 'item_variants', 'orders', 'users'];

/** How often tables were read whole. */
async function countWholeReads(db: Db) {
  await db.execute(sql`SELECT pg_stat_force_next_flush()`);
  const { rows } = await db.execute<{ relname: string; seq: number }>(
    sql`SELECT relname, seq_scan::int AS seq FROM pg_stat_user_tables
         WHERE relname IN (SELECT jsonb_array_elements_text(${JSON.stringify(TABLES)}::jsonb))
         ORDER BY relname`,
  );
  expect(rows.map(({ relname }) => relname)).toEqual(TABLES);
  return rows;
}

function itemOf(sale: Sale, n: number): EventItemId {
  const id = sale.items[n];
  if (id === undefined) throw new Error(`the sale has no item ${n}`);
  return id;
}

/** @param n counts the sale's event items from 0. */
function reserveSize(sale: Sale, [customer, n]: [UserId, number], more: More = {}): Hold {
  const attempt = reserve(sale, customer, { eventItemId: itemOf(sale, n), ...more });
  if (attempt.kind !== 'reserve') throw new Error('a reservation was asked for');
  return attempt;
}

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('an item in sizes on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;
  let boxes = 0;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  }, 60_000);

  afterAll(() => database?.close());

  async function twoCustomers(): Promise<[UserId, UserId]> {
    const [one, two] = await makeCustomers(db, 2);
    if (!one || !two) throw new Error('two customers were asked for');
    return [one, two];
  }

  async function twoOfOneMailbox(): Promise<[UserId, UserId]> {
    const box = `sizes${++boxes}`;
    const [one, two] = await makeAccounts(db, [`${box}@gmail.com`, `${box}+b@gmail.com`]);
    if (!one || !two) throw new Error('two accounts were asked for');
    return [one, two];
  }

  async function expectUnits(sale: Sale, expected: { held: number; sold: number }[]) {
    const recounted = await recountEvent(db, sale.eventId);
    expect(recounted).toMatchObject({ ok: true, items: expected });
  }

  // The first test, since it needs tables that are empty.
  it('looks everything up by an index, also where the tables were empty when it began', async () => {
    await db.execute(sql`ANALYZE orders`);
    const sale = await makeSale(db, EVENT_ITEMS_MAX, { oneLimitPerMailbox: true });
    const customers = await makeCustomers(db, 5);
    const [one, two] = await twoOfOneMailbox();
    const before = await countWholeReads(db);
    for (const customer of customers) await settle(sale, [reserveSize(sale, [customer, 5])]);
    const late = reserveSize(sale, [one, 6]);
    expect(outcomes(await settle(sale, [late]))).toEqual([PENDING]);
    const other = reserveSize(sale, [two, 7], { quantity: 2, atMs: AFTER_MS });
    expect(outcomes(await settle(sale, [other], AFTER_MS))).toEqual([PENDING]);
    const again = confirm(late, AFTER_MS);
    expect(outcomes(await settle(sale, [again], AFTER_MS))).toEqual(['hold_expired']);
    expect(await countWholeReads(db)).toEqual(before);
  });

  it('counts all sizes that come in one group, in order of arrival', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 2, sizes: 3 }]);
    const [one, two] = await twoCustomers();
    const group = [
      reserveSize(sale, [one, 2]),
      reserveSize(sale, [two, 0]),
      reserveSize(sale, [one, 0]),
      reserveSize(sale, [one, 1]),
    ];
    const { answers } = await settle(sale, group);
    expect(answers.slice(0, 3)).toMatchObject([
      { order: { status: PENDING, variantLabel: 'S3' } },
      { order: { status: PENDING, variantLabel: 'S1' } },
      { order: { status: PENDING, variantLabel: 'S1' } },
    ]);
    expect(answers[3]).toEqual({ refusal: 'limit_reached', limit: 2, held: 2, bought: 0 });
    await expectUnits(sale, [
      { held: 2, sold: 0 },
      { held: 0, sold: 0 },
      { held: 1, sold: 0 },
    ]);
  });

  it('counts what an earlier group gave of other sizes, held and bought', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 3, sizes: 3 }]);
    const [one] = await twoCustomers();
    const first = reserveSize(sale, [one, 0]);
    await settle(sale, [first]);
    await settle(sale, [confirm(first)]);
    expect(outcomes(await settle(sale, [reserveSize(sale, [one, 1])]))).toEqual([PENDING]);
    const { answers } = await settle(sale, [reserveSize(sale, [one, 2], { quantity: 2 })]);
    expect(answers).toEqual([{ refusal: 'limit_reached', limit: 3, held: 1, bought: 1 }]);
    expect(outcomes(await settle(sale, [reserveSize(sale, [one, 2])]))).toEqual([PENDING]);
  });

  it('counts the units of several, not the orders', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 4, sizes: 2 }]);
    const [one, two] = await twoCustomers();
    const group = [
      reserveSize(sale, [one, 0], { quantity: 3 }),
      reserveSize(sale, [one, 1], { quantity: 2 }),
      reserveSize(sale, [one, 1], { quantity: 1 }),
      reserveSize(sale, [two, 1], { quantity: 5 }),
    ];
    expect(outcomes(await settle(sale, group))).toEqual([
      PENDING,
      'limit_reached',
      PENDING,
      'limit_reached',
    ]);
    await expectUnits(sale, [
      { held: 3, sold: 0 },
      { held: 1, sold: 0 },
    ]);
  });

  it('does not confirm late for whoever has bought another size meanwhile', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 1, sizes: 2 }]);
    const [one, two] = await twoCustomers();
    const late = reserveSize(sale, [one, 0]);
    const freely = reserveSize(sale, [two, 0]);
    await settle(sale, [late, freely]);
    const other = reserveSize(sale, [one, 1], { atMs: AFTER_MS });
    await settle(sale, [other], AFTER_MS);
    await settle(sale, [confirm(other, AFTER_MS)], AFTER_MS);
    const group = [late, freely].map((hold) => confirm(hold, AFTER_MS + 1));
    expect(outcomes(await settle(sale, group, AFTER_MS + 1))).toEqual([
      'hold_expired',
      'confirmed',
    ]);
    // Nor where it came in time and was long on its way.
    const inTime = confirm(late, NOW_MS + 1);
    expect(outcomes(await settle(sale, [inTime], AFTER_MS + 2))).toEqual(['hold_expired']);
  });

  it('gives another size once the first is cancelled, also in the same group', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 1, sizes: 2 }]);
    const [one] = await twoCustomers();
    const first = reserveSize(sale, [one, 0], { key: 'a' });
    await settle(sale, [first]);
    const refused = reserveSize(sale, [one, 1], { key: 'b' });
    expect(outcomes(await settle(sale, [refused]))).toEqual(['limit_reached']);
    const second = reserveSize(sale, [one, 1], { key: 'c' });
    expect(outcomes(await settle(sale, [second, cancel(first)]))).toEqual([PENDING, 'cancelled']);
    await expectUnits(sale, [
      { held: 0, sold: 0 },
      { held: 1, sold: 0 },
    ]);
  });

  it('has one limit for each mailbox over all sizes, in one group, over groups and late', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 2, sizes: 3 }], {
      oneLimitPerMailbox: true,
    });
    const [one, two] = await twoOfOneMailbox();
    const first = reserveSize(sale, [one, 0]);
    const group = [
      first,
      reserveSize(sale, [two, 1], { quantity: 2 }),
      reserveSize(sale, [two, 1]),
    ];
    expect(outcomes(await settle(sale, group))).toEqual([PENDING, 'limit_reached', PENDING]);
    const { answers } = await settle(sale, [reserveSize(sale, [two, 2])]);
    expect(answers).toEqual([{ refusal: 'limit_reached', limit: 2, held: 2, bought: 0 }]);
    const others = reserveSize(sale, [two, 2], { quantity: 2, atMs: AFTER_MS });
    expect(outcomes(await settle(sale, [others], AFTER_MS))).toEqual([PENDING]);
    const late = confirm(first, AFTER_MS);
    expect(outcomes(await settle(sale, [late], AFTER_MS))).toEqual(['hold_expired']);
  });

  it('gives a second press without a key the hold of that very size, or a new one', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 3, sizes: 3 }]);
    const [one] = await twoCustomers();
    const holds = [2, 0].map((n) => reserveSize(sale, [one, n]));
    await settle(sale, holds);
    const group = [0, 1, 2].map((n) => reserveSize(sale, [one, n]));
    const { answers } = await settle(sale, group);
    expect(answers).toMatchObject([
      { order: { id: holds[1]?.orderId, variantLabel: 'S1' }, replayed: true },
      { order: { id: group[1]?.orderId, variantLabel: 'S2' }, replayed: false },
      { order: { id: holds[0]?.orderId, variantLabel: 'S3' }, replayed: true },
    ]);
  });

  it('refuses a key that was used for another size', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 3, sizes: 2 }]);
    const [one] = await twoCustomers();
    const hold = reserveSize(sale, [one, 0], { key: 'a' });
    const group = [
      hold,
      reserveSize(sale, [one, 1], { key: 'a' }),
      reserveSize(sale, [one, 0], { key: 'a' }),
    ];
    const reused = 'idempotency_key_reused';
    expect(outcomes(await settle(sale, group))).toEqual([PENDING, reused, PENDING]);
    await settle(sale, [{ ...hold, kind: 'confirm', key: 'b' }]);
    const again = [reserveSize(sale, [one, 1], { key: 'a' })];
    expect(outcomes(await settle(sale, again))).toEqual([reused]);
    const confirmed = [reserveSize(sale, [one, 1], { key: 'b' })];
    expect(outcomes(await settle(sale, confirmed))).toEqual([reused]);
  });

  it('gives every size back that a deactivated customer held, each its own units', async () => {
    const sale = await makeSale(db, [{ stock: 9, limit: 9, sizes: 3 }]);
    const [one, two] = await twoCustomers();
    await settle(sale, [
      reserveSize(sale, [one, 0], { quantity: 2 }),
      reserveSize(sale, [one, 2], { quantity: 3 }),
      reserveSize(sale, [two, 2]),
    ]);
    await deactivateCustomer(db, one, { actor: 'a test', nowMs: NOW_MS + 1 });
    await expectUnits(sale, [
      { held: 0, sold: 0 },
      { held: 0, sold: 0 },
      { held: 1, sold: 0 },
    ]);
    const group = [reserveSize(sale, [one, 1]), reserveSize(sale, [two, 0])];
    expect(outcomes(await settle(sale, group))).toEqual(['unauthenticated', PENDING]);
  });

  it('sells one size out and others on', async () => {
    const sale = await makeSale(db, [{ stock: 2, limit: 2, sizes: 2 }]);
    const [one, two] = await twoCustomers();
    const group = [
      reserveSize(sale, [one, 0], { quantity: 2 }),
      reserveSize(sale, [two, 0]),
      reserveSize(sale, [two, 1]),
    ];
    const { answers, items } = await settle(sale, group);
    expect(answers).toMatchObject([
      { order: { variantLabel: 'S1' } },
      { refusal: 'sold_out' },
      { order: { variantLabel: 'S2' } },
    ]);
    expect(items.map(({ remaining }) => remaining)).toEqual([0, 1]);
  });

  it('counts each item of an event alone, with sizes or without', async () => {
    const sale = await makeSale(db, [
      { stock: 9, limit: 1 },
      { stock: 9, limit: 1, sizes: 2 },
      { stock: 9, limit: 2, sizes: 2 },
    ]);
    const [one] = await twoCustomers();
    const group = [0, 1, 3, 4].map((n) => reserveSize(sale, [one, n]));
    const { answers } = await settle(sale, group);
    const labels = answers.map((answer) => 'order' in answer && answer.order.variantLabel);
    expect(labels).toEqual([null, 'S1', 'S1', 'S2']);
    const more = [0, 2, 3].map((n) => reserveSize(sale, [one, n], { key: `${n}` }));
    expect(outcomes(await settle(sale, more))).toEqual(Array(3).fill('limit_reached'));
  });

  it('keeps its limits in an event with as many items as one may have', async () => {
    const sale = await makeSale(db, EVENT_ITEMS_MAX);
    expect(sale.items).toHaveLength(99);
    const customers = await makeCustomers(db, 20);
    const everyFourth = Array.from({ length: 25 }, (_, n) => n * 4);
    const group = everyFourth.flatMap((n) => customers.map((one) => reserveSize(sale, [one, n])));
    const settled = outcomes(await settle(sale, group));
    // Item 0 has 9 units; 4 to 48 are sizes of one item, 52 to 96 of the other.
    const held = settled.filter((outcome) => outcome === PENDING);
    expect(held).toHaveLength(9 + customers.length * (2 + 1));
    const { rows } = await db.execute(sql`
      SELECT o.customer_id FROM orders o JOIN event_items i ON i.id = o.event_item_id
       WHERE o.event_id = ${sale.eventId}
       GROUP BY o.customer_id, i.item_id HAVING sum(o.quantity) > min(i.limit_per_customer)`);
    expect(rows).toEqual([]);
    expect((await recountEvent(db, sale.eventId))?.ok).toBe(true);
  });
});
