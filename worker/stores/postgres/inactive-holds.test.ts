/** Deactivations in the middle of purchases, on a Postgres where both really run at once. */
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { type EventId, makeEventId, type UserId } from '../../contract/ids.ts';
import { settleGroup } from '../../sale/ledger/ledger.ts';
import type { StampedAttempt, StampedReserve } from '../../sale/rules/attempts.ts';
import { addItem, addUser, fillRandom, planOf, reservationOf } from '../../testing/rows.ts';
import { activateCustomer, deactivateCustomer } from './customers.ts';
import { insertEvent } from './event-plans.ts';
import { endHoldsOfInactive, findInactiveHolders, findSettlingEvents } from './inactive-holds.ts';
import { findDifferences } from './reconciliation.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOLD_MS = 300_000;
const HOUR_MS = 3_600_000;
const EVENTS = 3;
const CUSTOMERS = 20;
const TEST_MS_MAX = 60_000;
const ACT = { actor: 'a test', nowMs: NOW_MS };

let database: MigratedPostgres;
/** A connection of its own, for a transaction that is held open. */
let held: pg.Client;

beforeAll(async () => {
  database = await openMigratedPostgres();
  held = await database.connect();
}, TEST_MS_MAX);

afterAll(() => database?.close(), TEST_MS_MAX);

const makeCustomer = () => addUser(database.db, NOW_MS);

async function makeEvent(): Promise<EventId> {
  const id = makeEventId(fillRandom);
  const itemId = await addItem(database.db, NOW_MS);
  const times = { startsAtMs: NOW_MS - HOUR_MS, endsAtMs: NOW_MS + HOUR_MS };
  const plan = planOf(times, [{ itemId, priceCents: 100, stock: 100, limitPerCustomer: 2 }]);
  await insertEvent(database.db, id, { plan, actor: 'a test' });
  return id;
}

function reservation(eventId: EventId, customerId: UserId): StampedReserve {
  return reservationOf(eventId, customerId, { atMs: NOW_MS, quantity: 2 });
}

function settle(eventId: EventId, attempts: StampedAttempt[], nowMs = NOW_MS) {
  return settleGroup(database.db, eventId, { attempts, nowMs });
}

async function statesOf(customerId: UserId): Promise<string[]> {
  const { rows } = await database.db.execute<{ status: string }>(
    sql`SELECT status FROM orders WHERE customer_id = ${customerId} ORDER BY expires_at, id`,
  );
  return rows.map(({ status }) => status);
}

async function expectLaw(): Promise<void> {
  expect(await findDifferences(database.db)).toEqual([]);
}

describe('a deactivation', () => {
  it('ends what is held in every event: what was due as expired, all else as cancelled', async () => {
    const customer = await makeCustomer();
    const [due, bought, open] = [await makeEvent(), await makeEvent(), await makeEvent()];
    await settle(due, [reservation(due, customer)], NOW_MS - HOLD_MS);
    const order = reservation(bought, customer);
    await settle(bought, [order]);
    await settle(bought, [{ ...order, kind: 'confirm' }]);
    await settle(open, [reservation(open, customer)], NOW_MS + 1);
    const done = await deactivateCustomer(database.db, customer, ACT);
    expect(done).toEqual({ outcome: 'done', eventIds: [due, open].toSorted() });
    expect(await statesOf(customer)).toEqual(['expired', 'confirmed', 'cancelled']);
    await expectLaw();
    const again = await deactivateCustomer(database.db, customer, ACT);
    expect(again).toEqual({ outcome: 'done', eventIds: [] });
  });

  it('stays the end of a hold, also for a customer who is let in again', async () => {
    const customer = await makeCustomer();
    const event = await makeEvent();
    const order = reservation(event, customer);
    await settle(event, [order]);
    await deactivateCustomer(database.db, customer, ACT);
    await activateCustomer(database.db, customer, ACT);
    const asked = { ...order, sessionEpoch: 1 };
    const settled = await settle(event, [
      { ...asked, kind: 'confirm' },
      { ...asked, kind: 'cancel' },
    ]);
    const refusal = { refusal: 'order_cancelled' };
    expect(settled?.answers).toEqual([refusal, refusal]);
    await expectLaw();
  });

  it('does not see a purchase that is on its way, which is found once that is done', async () => {
    const customer = await makeCustomer();
    const event = await makeEvent();
    const group = JSON.stringify([reservation(event, customer)]);
    await held.query('BEGIN');
    await held.query('SELECT settle_group($1, $2, $3)', [event, NOW_MS, group]);
    const done = await deactivateCustomer(database.db, customer, ACT);
    expect(done).toEqual({ outcome: 'done', eventIds: [] });
    const onSale = { sinceMs: NOW_MS, nowMs: NOW_MS, limit: 10 };
    expect(await findSettlingEvents(database.db, onSale)).toEqual([event]);
    const over = { ...onSale, sinceMs: NOW_MS + HOUR_MS };
    expect(await findSettlingEvents(database.db, over)).toEqual([]);
    // Waits for the event's lock, as the empty group of the event's object does.
    const behind = settle(event, []);
    await held.query('COMMIT');
    await behind;
    expect(await findSettlingEvents(database.db, onSale)).toEqual([]);
    expect(await findInactiveHolders(database.db, 10)).toEqual([customer]);
    expect(await endHoldsOfInactive(database.db, customer, NOW_MS)).toEqual([event]);
    expect(await findInactiveHolders(database.db, 10)).toEqual([]);
    await expectLaw();
  });

  it(
    'beside purchases, confirmations and others of its kind ends in no deadlock',
    async () => {
      const customers = await Promise.all(Array.from({ length: CUSTOMERS }, makeCustomer));
      const events = await Promise.all(Array.from({ length: EVENTS }, () => makeEvent()));
      const buying = events.flatMap((event) =>
        customers.map(async (customer, n) => {
          const order = reservation(event, customer);
          const [answer] = (await settle(event, [order]))?.answers ?? [];
          if (n % 3 > 0 || !answer || !('order' in answer)) return;
          await settle(event, [{ ...order, kind: n % 2 ? 'cancel' : 'confirm' }]);
        }),
      );
      const deactivating = customers.map((id) => deactivateCustomer(database.db, id, ACT));
      const [outcomes] = await Promise.all([Promise.all(deactivating), Promise.all(buying)]);
      expect(outcomes.every(({ outcome }) => outcome === 'done')).toBe(true);
      for (const id of await findInactiveHolders(database.db, CUSTOMERS)) {
        await endHoldsOfInactive(database.db, id, NOW_MS);
      }
      const states = (await Promise.all(customers.map(statesOf))).flat();
      expect(states).not.toContain('pending');
      await expectLaw();
    },
    TEST_MS_MAX,
  );
});

it('holds of an active customer are not ended', async () => {
  const customer = await makeCustomer();
  const event = await makeEvent();
  await settle(event, [reservation(event, customer)]);
  expect(await endHoldsOfInactive(database.db, customer, NOW_MS)).toEqual([]);
  expect(await statesOf(customer)).toEqual(['pending']);
});
