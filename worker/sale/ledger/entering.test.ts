/** Entering a queue: many in a group are answered and written as if they came one by one. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { type EventItemId, eventIdOf, type UserId } from '../../contract/ids.ts';
import type { StampedEnter } from '../rules/attempts.ts';
import { drawEntries } from './draw.ts';
import {
  drawnBy,
  enter,
  leave,
  makeCustomers,
  makeSale,
  NOW_MS,
  reserve,
  type Sale,
  settle,
} from './testing/sales.ts';

const RUNS = 50;
const CUSTOMERS = 8;
const [DEACTIVATED, HOLDER, LEAVER, UNVERIFIED, LOGGED_OUT] = [3, 4, 5, 6, 7];
/** Sends no wish. */
const OTHER_HOLDER = CUSTOMERS;
/** Beyond the limit of a wish by one. */
const QUANTITY_MAX = 4;
const LIMIT = QUANTITY_MAX - 1;
/** Of each item. */
const STOCK = 2;

const UNKNOWN = 'evi_000000000000_1' as EventItemId;

interface Wish {
  who: number;
  /** The third is another event's. */
  item: 0 | 1 | 2;
  quantity: number;
  minQuantity: number;
  /** The attempt of theirs before is sent again. */
  isAgain: boolean;
  isEarly: boolean;
}

const wishes = fc.array(
  fc
    .record({
      who: fc.nat(CUSTOMERS - 1),
      item: fc.constantFrom(0, 0, 0, 1, 1, 2),
      quantity: fc.integer({ min: 1, max: QUANTITY_MAX }),
      minQuantity: fc.integer({ min: 1, max: QUANTITY_MAX }),
      isAgain: fc.boolean(),
      isEarly: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    .map((wish) => ({ ...wish, minQuantity: Math.min(wish.minQuantity, wish.quantity) })),
  { minLength: 1, maxLength: 9 },
);

const conditions = fc.record({
  requireVerifiedEmail: fc.boolean(),
  waitlist: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  draw: fc.constantFrom('none', 'none', 'open', 'locked', 'drawn'),
  /** The two items are variants of one, which share a limit. */
  isSized: fc.boolean(),
});

type Conditions = typeof conditions extends fc.Arbitrary<infer One> ? One : never;

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
});
afterAll(() => database?.close());

/** The first item sold out, the second free unless it is a size; somebody has a unit, and somebody has left the queue. */
async function openedSale(
  customers: UserId[],
  { draw, isSized, ...more }: Conditions,
): Promise<Sale> {
  const line = { stock: STOCK, limit: LIMIT };
  const lines = isSized ? [{ ...line, sizes: 2 }] : [line, line];
  const startsAt = new Date(draw === 'drawn' ? NOW_MS : NOW_MS + 60_000).toISOString();
  const entriesCloseAt = new Date(NOW_MS + (draw === 'open' ? 1_000 : -1_000)).toISOString();
  const drawn = { admission: 'draw' as const, startsAt, entriesCloseAt };
  const sale = await makeSale(database.db, lines, { ...more, ...(draw !== 'none' && drawn) });
  const [holder, leaver, other] = [customers[HOLDER], customers[LEAVER], customers[OTHER_HOLDER]];
  if (!holder || !leaver || !other) throw new Error('too few customers');
  const [, second] = sale.items;
  const holds = [reserve(sale, holder, { quantity: STOCK })];
  if (isSized && second) {
    holds.push(reserve(sale, other, { quantity: STOCK, eventItemId: second }));
  }
  await settle(sale, holds);
  const left = enter(sale, leaver);
  await settle(sale, [left]);
  await settle(sale, [leave(left)]);
  if (draw === 'drawn') {
    const isDrawn = await drawEntries(database.db, sale.eventId, drawnBy());
    if (!isDrawn) throw new Error('it was not drawn');
    // A draw reserves nothing until then.
    await settle(sale, holds);
  }
  return sale;
}

async function makeVisitors(): Promise<UserId[]> {
  const customers = await makeCustomers(database.db, CUSTOMERS + 1);
  const [deactivated, unverified] = [customers[DEACTIVATED], customers[UNVERIFIED]];
  await database.db.execute(sql`
    UPDATE users SET active = id <> ${deactivated},
                     email_verified_at = CASE WHEN id <> ${unverified} THEN now() END
     WHERE id IN (SELECT jsonb_array_elements_text(${JSON.stringify(customers)}::jsonb))`);
  return customers;
}

function attemptsOf(sale: Sale, customers: UserId[], made: Wish[]): StampedEnter[] {
  const last = new Map<number, StampedEnter>();
  return made.map(({ who, item, isAgain, isEarly, quantity, minQuantity }) => {
    const earlier = last.get(who);
    if (isAgain && earlier) return earlier;
    const customer = customers[who];
    const eventItemId = sale.items[item] ?? UNKNOWN;
    if (customer === undefined) throw new Error(`there is no customer ${who}`);
    const attempt = enter(sale, customer, {
      eventItemId,
      quantity,
      minQuantity,
      sessionEpoch: who === LOGGED_OUT ? 1 : 0,
      atMs: isEarly ? NOW_MS - 1 : NOW_MS,
    });
    last.set(who, attempt);
    return attempt;
  });
}

/** Without what differs from event to event. */
async function standing(sale: Sale, answers: unknown[]) {
  const { rows } = await database.db.execute(sql`
    SELECT e.customer_id, i.position, e.quantity, e.min_quantity, e.status, e.seq, e.rank,
           i.queue_waiting, i.queue_waiting_units
      FROM queue_entries e JOIN event_items i ON i.id = e.event_item_id
     WHERE e.event_id = ${sale.eventId} ORDER BY e.seq`);
  const text = JSON.stringify({ answers, rows });
  return JSON.parse(text.replaceAll(sale.eventId.slice('evt_'.length), 'EVENT'), (key, value) => {
    if (key === 'head') return 'a hash of ids';
    return key === 'id' || (key === 'orderId' && value !== null) ? eventIdOf(value) : value;
  });
}

it('answers each of a group as if it came alone and all were asked about it', async () => {
  const customers = await makeVisitors();
  await fc.assert(
    fc.asyncProperty(wishes, conditions, async (made, terms) => {
      const [together, alone] = [
        await openedSale(customers, terms),
        await openedSale(customers, terms),
      ];
      const { answers } = await settle(together, attemptsOf(together, customers, made));
      const inTurn: unknown[] = [];
      for (const attempt of attemptsOf(alone, customers, made)) {
        // A second attempt of theirs in the group, of which nothing comes, has every question asked.
        const unknown = { ...attempt, eventItemId: UNKNOWN };
        inTurn.push((await settle(alone, [unknown, attempt])).answers[1]);
      }
      expect(await standing(together, answers)).toEqual(await standing(alone, inTurn));
    }),
    { numRuns: RUNS },
  );
});

it('gives a column that a later version adds its default', async () => {
  const { db } = database;
  await db.execute(sql`ALTER TABLE queue_entries ADD COLUMN later int NOT NULL DEFAULT 7`);
  const sale = await makeSale(db, [{ stock: 0, limit: 1 }]);
  const [customer] = await makeCustomers(db, 1);
  if (!customer) throw new Error('nobody');
  await settle(sale, [enter(sale, customer)]);
  const { rows } = await db.execute(
    sql`SELECT later FROM queue_entries WHERE event_id = ${sale.eventId}`,
  );
  expect(rows).toEqual([{ later: 7 }]);
});
