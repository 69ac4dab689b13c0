/** Entering a queue: many in a group are answered and written as if they came one by one. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { eventIdOf, type UserId } from '../../contract/ids.ts';
import type { StampedEnter } from '../rules/attempts.ts';
import {
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
/** Beyond the limit of a wish by one. */
const QUANTITY_MAX = 4;
const LIMIT = QUANTITY_MAX - 1;

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
      item: fc.constantFrom(0, 0, 0, 1, 2),
      quantity: fc.integer({ min: 1, max: QUANTITY_MAX }),
      minQuantity: fc.integer({ min: 1, max: QUANTITY_MAX }),
      isAgain: fc.boolean(),
      isEarly: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    })
    .map((wish) => ({ ...wish, minQuantity: Math.min(wish.minQuantity, wish.quantity) }) as Wish),
  { minLength: 1, maxLength: 9 },
);

const conditions = fc.record({
  requireVerifiedEmail: fc.boolean(),
  waitlist: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
  draw: fc.constantFrom('none', 'none', 'open', 'locked'),
});

type Conditions = typeof conditions extends fc.Arbitrary<infer One> ? One : never;

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
});
afterAll(() => database?.close());

/** The first item sold out, the second free; somebody has a unit, and somebody has left the queue. */
async function openedSale(customers: UserId[], { draw, ...more }: Conditions): Promise<Sale> {
  const lines = [1, 1].map((stock) => ({ stock, limit: LIMIT }));
  const startsAt = new Date(NOW_MS + 60_000).toISOString();
  const entriesCloseAt = new Date(NOW_MS + (draw === 'open' ? 1_000 : -1_000)).toISOString();
  const drawn = { admission: 'draw' as const, startsAt, entriesCloseAt };
  const sale = await makeSale(database.db, lines, { ...more, ...(draw !== 'none' && drawn) });
  const [holder, leaver] = [customers[HOLDER], customers[LEAVER]];
  if (!holder || !leaver) throw new Error('too few customers');
  await settle(sale, [reserve(sale, holder)]);
  const left = enter(sale, leaver);
  await settle(sale, [left, leave(left)]);
  return sale;
}

async function makeVisitors(): Promise<UserId[]> {
  const customers = await makeCustomers(database.db, CUSTOMERS);
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
    const eventItemId = sale.items[item] ?? ('evi_000000000000_1' as never);
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
  return JSON.parse(text.replaceAll(sale.eventId.slice('evt_'.length), 'EVENT'), (key, value) =>
    key === 'id' ? eventIdOf(value) : value,
  );
}

it('answers each of a group as if it came alone', async () => {
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
        inTurn.push(...(await settle(alone, [attempt])).answers);
      }
      expect(await standing(together, answers)).toEqual(await standing(alone, inTurn));
    }),
    { numRuns: RUNS },
  );
});
