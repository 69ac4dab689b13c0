/** Admins against admins and against shoppers, on a Postgres where both really run at once. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import type { Role } from '../../contract/accounts.ts';
import type { Stock } from '../../contract/events.ts';
import {
  type EventId,
  type EventItemId,
  type ItemId,
  makeEventId,
  makeEventItemId,
  type UserId,
} from '../../contract/ids.ts';
import { settleGroup } from '../../sale/ledger/ledger.ts';
import type { StampedAttempt, StampedReserve } from '../../sale/rules/attempts.ts';
import { addItem, addUser, fillRandom, planOf, reservationOf } from '../../testing/rows.ts';
import { deleteAccount } from './account-deletion.ts';
import { deleteItem } from './catalogue.ts';
import { deactivateCustomer } from './customers.ts';
import { closeEvent, openEvent, setStock } from './event-controls.ts';
import { type EventPlan } from './event-plan-rows.ts';
import { insertEvent, replaceEvent } from './event-plans.ts';
import { findDifferences } from './reconciliation.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOUR_MS = 3_600_000;
const OPENS_AT_MS = NOW_MS + HOUR_MS;
const ROUNDS = 20;
const SHOPPERS = 50;
const TEST_MS_MAX = 60_000;

let database: Database;
let itemIds: ItemId[];
let shoppers: UserId[];

beforeAll(async () => {
  database = await openMigratedPostgres();
  itemIds = await Promise.all([1, 2, 3].map(makeItem));
  shoppers = await Promise.all(Array.from({ length: SHOPPERS }, () => makeUser('customer')));
}, TEST_MS_MAX);

afterAll(() => database?.close(), TEST_MS_MAX);

const makeUser = (role: Role) => addUser(database.db, NOW_MS, role);
const makeItem = () => addItem(database.db, NOW_MS);

function planWith(ids: ItemId[], priceCents: number): EventPlan {
  const items = ids.map((itemId) => ({ itemId, priceCents, stock: 100, limitPerCustomer: 2 }));
  const times = { startsAtMs: OPENS_AT_MS, endsAtMs: OPENS_AT_MS + HOUR_MS };
  return planOf(times, items, `At ${priceCents}`);
}

async function makeEvent(): Promise<{ id: EventId; eventItemId: EventItemId }> {
  const id = makeEventId(fillRandom);
  await insertEvent(database.db, id, { plan: planWith(itemIds, 100), actor: 'a test' });
  return { id, eventItemId: makeEventItemId(id, 1) };
}

function edit(id: EventId, plan: EventPlan, nowMs = NOW_MS) {
  return replaceEvent(database.db, id, { plan, actor: plan.title, nowMs });
}

function reservation(id: EventId, eventItemId: EventItemId, customerId: UserId): StampedReserve {
  return reservationOf(id, customerId, { eventItemId, atMs: OPENS_AT_MS });
}

async function read<Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) {
  return (await database.db.execute<Row>(query)).rows;
}

interface Change extends Record<string, unknown> {
  action: string;
  before: { title?: string } | null;
  after: { title?: string };
}

function changesOf(id: EventId): Promise<Change[]> {
  return read<Change>(
    sql`SELECT action, before, after FROM audit_log WHERE subject = ${id} ORDER BY id`,
  );
}

describe('two admins who edit one event at once', () => {
  it(
    'leave the whole of one plan, and a log in which each change follows the one before',
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = await makeEvent();
        const plans = [planWith(itemIds.slice(0, 2), 200), planWith(itemIds.toReversed(), 300)];
        const outcomes = await Promise.all(plans.map((plan) => edit(id, plan)));
        expect(outcomes).toEqual([{ outcome: 'written' }, { outcome: 'written' }]);
        const items = await read<{ price: number; itemId: ItemId; title: string }>(
          sql`SELECT price_cents AS price, item_id AS "itemId", title
              FROM events e JOIN event_items i ON i.event_id = e.id
             WHERE e.id = ${id} ORDER BY position`,
        );
        const won = plans.find(({ title }) => title === items[0]?.title);
        expect(items.map(({ price, itemId }) => [price, itemId])).toEqual(
          won?.items.map(({ priceCents, itemId }) => [priceCents, itemId]),
        );
        const changes = await changesOf(id);
        expect(changes).toHaveLength(3);
        const titles = changes.map(({ after }) => after.title);
        expect(changes.map(({ before }) => before?.title)).toEqual([
          undefined,
          ...titles.slice(0, 2),
        ]);
        expect(titles.at(-1)).toBe(won?.title);
      }
    },
    TEST_MS_MAX,
  );
});

describe('two admins who take an item out and put another in at once', () => {
  it(
    'give no id to two items',
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const id = makeEventId(fillRandom);
        const [first, second, third] = itemIds;
        if (!first || !second || !third) throw new Error('items were made');
        await insertEvent(database.db, id, { plan: planWith([first], 100), actor: 'a test' });
        const meanings = new Map<string, ItemId>([[makeEventItemId(id, 1), first]]);
        for (const [one, other] of [
          [[second], [third]],
          [[first, third], [second]],
        ] as const) {
          const plans = [planWith([...one], 200), planWith([...other], 300)];
          await Promise.all(plans.map((plan) => edit(id, plan)));
          const items = await read<{ id: string; itemId: ItemId }>(
            sql`SELECT id, item_id AS "itemId" FROM event_items WHERE event_id = ${id}`,
          );
          for (const { id: eventItemId, itemId } of items) {
            expect(meanings.get(eventItemId) ?? itemId).toBe(itemId);
            meanings.set(eventItemId, itemId);
          }
        }
        const [event] = await read<{ used: number }>(
          sql`SELECT item_numbers_used AS used FROM events WHERE id = ${id}`,
        );
        expect(event?.used).toBeGreaterThanOrEqual(meanings.size);
      }
    },
    TEST_MS_MAX,
  );
});

describe('an edit', () => {
  it(
    'while the event is opened by hand comes before it or changes nothing',
    async () => {
      const seen = new Set<string>();
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = await makeEvent();
        const open = () => openEvent(database.db, id, { actor: 'opener', nowMs: NOW_MS });
        // Every other time the opening has been done before the edit begins.
        const opening = open();
        if (round % 2 === 1) await opening;
        const edited = await edit(id, planWith(itemIds, 200));
        await opening;
        seen.add(edited.outcome);
        const actions = (await changesOf(id)).map(({ action }) => action);
        expect(actions).toEqual(
          edited.outcome === 'written'
            ? ['event.create', 'event.edit', 'event.open']
            : ['event.create', 'event.open'],
        );
        const [event] = await read<{ title: string }>(
          sql`SELECT title FROM events WHERE id = ${id}`,
        );
        expect(event?.title).toBe(edited.outcome === 'written' ? 'At 200' : 'At 100');
      }
      expect(seen).toContain('not_locked');
    },
    TEST_MS_MAX,
  );

  it(
    'at the opening is wholly before the first purchase, or refused: no order has another price',
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const { id, eventItemId } = await makeEvent();
        const attempts = shoppers.slice(0, 5).map((one) => reservation(id, eventItemId, one));
        // The admin's clock is a moment behind, so only the lock and the orders decide.
        const [edited] = await Promise.all([
          edit(id, planWith(itemIds, 200), OPENS_AT_MS - 1),
          settleGroup(database.db, id, { nowMs: OPENS_AT_MS, attempts }),
        ]);
        const rows = await read<{ paid: number; price: number }>(
          sql`SELECT unit_price_cents AS paid, price_cents AS price
              FROM orders o JOIN event_items i ON i.id = o.event_item_id WHERE o.event_id = ${id}`,
        );
        const price = edited.outcome === 'written' ? 200 : 100;
        expect(rows).toEqual(attempts.map(() => ({ paid: price, price })));
      }
      expect(await findDifferences(database.db)).toEqual([]);
    },
    TEST_MS_MAX,
  );

  it('of what was bought from and given back is refused, though nothing is held or sold', async () => {
    const { id, eventItemId } = await makeEvent();
    const [customerId] = shoppers;
    if (!customerId) throw new Error('shoppers were made');
    const attempt = reservation(id, eventItemId, customerId);
    await settleGroup(database.db, id, { nowMs: OPENS_AT_MS, attempts: [attempt] });
    const { orderId } = attempt;
    const who = { customerId, sessionEpoch: 0, key: null };
    const attempts = [{ kind: 'cancel' as const, orderId, ...who, atMs: OPENS_AT_MS }];
    await settleGroup(database.db, id, { nowMs: OPENS_AT_MS, attempts });
    expect(await edit(id, planWith(itemIds, 200))).toEqual({ outcome: 'not_locked' });
  });
});

describe('stock that is changed while shoppers buy', () => {
  it(
    'is never less than what is held and sold, and the law holds all the time',
    async () => {
      const { id, eventItemId } = await makeEvent();
      const lawful = async () => {
        const [stock] = await read<{ [name in keyof Stock]: number }>(
          sql`SELECT stock_total AS total, stock_remaining AS remaining, stock_held AS held,
                   stock_sold AS sold FROM event_items WHERE id = ${eventItemId}`,
        );
        if (!stock) throw new Error('the item is there');
        expect(Math.min(stock.remaining, stock.held, stock.sold)).toBeGreaterThanOrEqual(0);
        expect(stock.remaining + stock.held + stock.sold).toBe(stock.total);
        return stock;
      };
      const buying = shoppers.map((one, n) => async () => {
        const attempt = reservation(id, eventItemId, one);
        const settle = (attempts: StampedAttempt[]) =>
          settleGroup(database.db, id, { nowMs: OPENS_AT_MS + n, attempts });
        const settled = await settle([attempt]);
        const answer = settled?.answers[0];
        if (answer === undefined || !('order' in answer)) return false;
        const { orderId, customerId } = attempt;
        const who = { customerId, sessionEpoch: 0, key: null };
        await settle([{ kind: 'confirm', orderId, ...who, atMs: OPENS_AT_MS + n }]);
        return true;
      });
      const totals = [60, 40, 20, 5, 0, 30, 10, 45, 25, 1];
      const setting = totals.map((total) => async () => {
        const item = { eventId: id, eventItemId, total };
        const set = await setStock(database.db, item, { actor: 'a test', nowMs: NOW_MS });
        const needed = set.outcome === 'in_use' ? set.stock.held + set.stock.sold : total + 1;
        expect(needed).toBeGreaterThan(total);
        await lawful();
        return set.outcome;
      });
      const [bought, outcomes] = await Promise.all([
        Promise.all(buying.map((buy) => buy())),
        Promise.all(setting.map((set) => set())),
      ]);
      expect(outcomes).toContain('set');
      const stock = await lawful();
      expect(stock.sold).toBeGreaterThan(0);
      expect(stock.sold).toBe(bought.filter(Boolean).length);
      expect(await findDifferences(database.db)).toEqual([]);
      const refused = { eventId: id, eventItemId, total: stock.sold - 1 };
      const last = await setStock(database.db, refused, { actor: 'a test', nowMs: NOW_MS });
      expect(last).toEqual({ outcome: 'in_use', stock });
    },
    TEST_MS_MAX,
  );
});

describe('an item of the catalogue', () => {
  it(
    'that is removed while an event takes it in is either in the event or gone',
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const [itemId, eventId] = [await makeItem(), makeEventId(fillRandom)];
        const plan = planWith([itemId], 100);
        const [deleted, written] = await Promise.all([
          deleteItem(database.db, itemId, { actor: 'a test' }),
          insertEvent(database.db, eventId, { plan, actor: 'a test' }),
        ]);
        expect([deleted, written.outcome]).toEqual(
          deleted === 'deleted' ? ['deleted', 'unknown_items'] : ['in_use', 'written'],
        );
        const [count] = await read<{ events: number }>(
          sql`SELECT count(*)::int AS events FROM events WHERE id = ${eventId}`,
        );
        expect(count?.events).toBe(deleted === 'deleted' ? 0 : 1);
      }
    },
    TEST_MS_MAX,
  );
});

describe('two admins who shut out each other at once', () => {
  it(
    'leave one of them, and the other is refused',
    async () => {
      const { db } = database;
      for (let round = 0; round < ROUNDS; round++) {
        await db.execute(sql`UPDATE users SET active = false WHERE role = 'admin'`);
        const [one, two] = await Promise.all([makeUser('admin'), makeUser('admin')]);
        const done = await Promise.all([
          deactivateCustomer(db, one, { actor: two, nowMs: NOW_MS }),
          deactivateCustomer(db, two, { actor: one, nowMs: NOW_MS }),
        ]);
        const outcomes = done.map(({ outcome }) => outcome);
        expect(outcomes.toSorted()).toEqual(['done', 'last_admin']);
        const left = await read(sql`SELECT id FROM users WHERE role = 'admin' AND active`);
        expect(left).toEqual([{ id: outcomes[0] === 'done' ? two : one }]);
      }
    },
    TEST_MS_MAX,
  );
});

it(
  'of two admins who delete their own accounts at once one stays',
  async () => {
    const { db } = database;
    for (let round = 0; round < ROUNDS; round++) {
      await db.execute(sql`UPDATE users SET active = false WHERE role = 'admin'`);
      const both = await Promise.all([makeUser('admin'), makeUser('admin')]);
      const done = await Promise.all(
        both.map((userId) => {
          const keys = attemptKeys({ email: userId, network: '', changedBy: userId });
          const counted = { keys, byDevice: false };
          return deleteAccount(db, {
            userId,
            sessionEpoch: 0,
            counted,
            mail: undefined,
            nowMs: NOW_MS,
          });
        }),
      );
      expect(done.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'last_admin']);
      const left = await read(sql`SELECT id FROM users WHERE role = 'admin' AND active`);
      expect(left).toHaveLength(1);
    }
  },
  TEST_MS_MAX,
);

describe('closing', () => {
  it('at once by two admins keeps one time and leaves one entry', async () => {
    const { id } = await makeEvent();
    const close = (nowMs: number) => closeEvent(database.db, id, { actor: 'a test', nowMs });
    expect(await Promise.all([1, 2, 3].map((ms) => close(NOW_MS + ms)))).toEqual([
      true,
      true,
      true,
    ]);
    const actions = (await changesOf(id)).map(({ action }) => action);
    expect(actions).toEqual(['event.create', 'event.close']);
  });
});
