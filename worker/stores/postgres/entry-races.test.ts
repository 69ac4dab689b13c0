/** Admins against shoppers who enter a queue, on a Postgres where both really run at once. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import {
  type EventId,
  type ItemId,
  makeEventId,
  makeEventItemId,
  makeOrderId,
  makeQueueEntryId,
  type UserId,
} from '../../contract/ids.ts';
import { settleGroup } from '../../sale/ledger/ledger.ts';
import type { StampedAttempt } from '../../sale/rules/attempts.ts';
import { addItem, addUser, fillRandom, planOf } from '../../testing/rows.ts';
import { setStock } from './event-controls.ts';
import type { EventPlan } from './event-plan-rows.ts';
import { insertEvent, replaceEvent } from './event-plans.ts';
import { endHoldsOfInactive, findSettlingEvents } from './inactive-holds.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOUR_MS = 3_600_000;
const ROUNDS = 40;

let database: MigratedPostgres;
let itemId: ItemId;
let customerId: UserId;

beforeAll(async () => {
  database = await openMigratedPostgres();
  itemId = await addItem(database.db, NOW_MS);
  customerId = await addUser(database.db, NOW_MS);
});
afterAll(() => database?.close());

/** A draw in an hour. */
function drawAt(priceCents: number): EventPlan {
  const startsAtMs = NOW_MS + HOUR_MS;
  const times = { startsAtMs, endsAtMs: startsAtMs + HOUR_MS };
  const items = [{ itemId, priceCents, stock: 100, limitPerCustomer: 2 }];
  const entriesCloseAt = new Date(startsAtMs - 5_000).toISOString();
  return { ...planOf(times, items), admission: 'draw', entriesCloseAt };
}

async function makeDraw(): Promise<EventId> {
  const id = makeEventId(fillRandom);
  await insertEvent(database.db, id, { plan: drawAt(100), actor: 'a test' });
  return id;
}

/** @returns what it is answered: `waiting`, or why not. */
async function enter(id: EventId, customer = customerId): Promise<string> {
  const attempt: StampedAttempt = {
    kind: 'enter',
    eventItemId: makeEventItemId(id, 1),
    quantity: 1,
    minQuantity: 1,
    customerId: customer,
    sessionEpoch: 0,
    key: null,
    entryId: makeQueueEntryId(id, NOW_MS, fillRandom),
    atMs: NOW_MS,
  };
  const settled = await settleGroup(database.db, id, { nowMs: NOW_MS, attempts: [attempt] });
  const answer = settled?.answers[0];
  if (answer === undefined || 'order' in answer) throw new Error('it was not answered');
  return 'refusal' in answer ? answer.refusal : answer.entry.status;
}

/** What the item was at the moment at which somebody entered, and what it is now. */
async function itemNow(id: EventId) {
  const { rows } = await database.db.execute<{ price: number; total: number }>(sql`
    SELECT price_minor::int AS price, stock_total AS total FROM event_items WHERE event_id = ${id}`);
  return rows[0];
}

/** Entering and changing at once, each first in turn by a moment. */
async function race<Outcome>(id: EventId, round: number, change: () => Promise<Outcome>) {
  const entering = enter(id);
  if (round % 4 === 0) await entering;
  const outcome = await change();
  expect(await entering).toBe('waiting');
  return outcome;
}

it('an edit comes before the first entry, or is refused: nobody entered for another price', async () => {
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const id = await makeDraw();
    const edit = { plan: drawAt(200), actor: 'a test', nowMs: NOW_MS };
    const { outcome } = await race(id, round, () => replaceEvent(database.db, id, edit));
    seen.add(outcome);
    expect(await itemNow(id)).toEqual({ price: outcome === 'written' ? 200 : 100, total: 100 });
    // Whoever comes behind it finds the plan fixed.
    expect(await replaceEvent(database.db, id, { ...edit, plan: drawAt(300) })).toEqual({
      outcome: 'has_entries',
    });
  }
  expect(seen).toContain('has_entries');
});

it('stock is lowered before the first entry, or not at all', async () => {
  const seen = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const id = await makeDraw();
    const lower = (total: number) =>
      setStock(
        database.db,
        { eventId: id, eventItemId: makeEventItemId(id, 1), total },
        { actor: 'a test', nowMs: NOW_MS },
      );
    const { outcome } = await race(id, round, () => lower(50));
    seen.add(outcome);
    const total = outcome === 'set' ? 50 : 100;
    expect(await itemNow(id)).toEqual({ price: 100, total });
    expect(await lower(total - 1)).toEqual({ outcome: 'has_entries' });
  }
  expect(seen).toContain('has_entries');
});

it('an edit that gives more loses none of what is held', async () => {
  const id = await makeDraw();
  await enter(id);
  const held = (units: number) =>
    database.db.execute(sql`UPDATE event_items SET stock_held = stock_held + ${units}::int,
      stock_remaining = stock_remaining - ${units}::int WHERE event_id = ${id}`);
  await held(30);
  const [line] = drawAt(100).items;
  if (line === undefined) throw new Error('it sells something');
  const plan = { ...drawAt(100), items: [{ ...line, stock: 120 }] };
  const edited = await replaceEvent(database.db, id, { plan, actor: 'a test', nowMs: NOW_MS });
  expect(edited).toEqual({ outcome: 'written' });
  const { rows } = await database.db.execute(sql`
    SELECT stock_total AS total, stock_remaining AS remaining, stock_held AS held
      FROM event_items WHERE event_id = ${id}`);
  expect(rows).toEqual([{ total: 120, remaining: 90, held: 30 }]);
});

it('an account that ends while it enters a draw is out of it in the end, in a settlement of its own', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const id = await makeDraw();
    const leaver = await addUser(database.db, NOW_MS);
    const entering = enter(id, leaver);
    if (round % 4 === 0) await entering;
    await database.db.execute(sql`UPDATE users SET active = false, deleted_at = now()
      WHERE id = ${leaver}`);
    // Whoever is being settled is waited for, as releaseHolds does.
    await findSettlingEvents(database.db, { sinceMs: NOW_MS, nowMs: NOW_MS, limit: 1_000 });
    await Promise.allSettled([entering]);
    await endHoldsOfInactive(database.db, leaver, NOW_MS);
    const { rows } = await database.db.execute(sql`
      SELECT i.queue_waiting AS waiting, i.queue_waiting_units AS units,
             (SELECT count(*)::int FROM queue_entries e WHERE e.event_id = i.event_id
                 AND (e.status = 'waiting' OR e.ended_in <= e.entered_in)) AS wrong
        FROM event_items i WHERE i.event_id = ${id}`);
    expect(rows).toEqual([{ waiting: 0, units: 0, wrong: 0 }]);
  }
});

it('a draw that is being entered is one of the events in which a group is being settled', async () => {
  const id = await makeDraw();
  const held = await database.connect();
  await held.query('BEGIN');
  await held.query('SELECT FROM events WHERE id = $1 FOR NO KEY UPDATE', [id]);
  const now = { sinceMs: NOW_MS, nowMs: NOW_MS, limit: 1_000 };
  expect(await findSettlingEvents(database.db, now)).toEqual([id]);
  await held.query('ROLLBACK');
  expect(await findSettlingEvents(database.db, now)).toEqual([]);
});

it('a hold that ends with its account has a settlement of its own where the event has a queue', async () => {
  const [queued, plain] = [await makeDraw(), await makeDraw()];
  await enter(queued);
  const holder = await addUser(database.db, NOW_MS);
  for (const id of [queued, plain]) {
    await database.db.execute(sql`
      WITH item AS (UPDATE event_items SET stock_held = 1, stock_remaining = stock_remaining - 1
                     WHERE event_id = ${id} RETURNING id)
      INSERT INTO orders (id, event_id, event_item_id, customer_id, status, quantity,
                          unit_price_cents, currency, reserved_at, expires_at)
      SELECT ${makeOrderId(id, NOW_MS, fillRandom)}, ${id}, id, ${holder}, 'pending', 1, 100, 'EUR',
             now(), '2040-01-01' FROM item`);
  }
  await database.db.execute(sql`UPDATE users SET active = false WHERE id = ${holder}`);
  const changed = await endHoldsOfInactive(database.db, holder, NOW_MS);
  expect(changed).toEqual([queued, plain].toSorted());
  const { rows } = await database.db.execute(sql`
    SELECT o.status, o.ended_in::int AS "endedIn", q.settlement::int AS last
      FROM orders o LEFT JOIN event_queues q ON q.event_id = o.event_id
     WHERE o.customer_id = ${holder} ORDER BY o.event_id <> ${queued}`);
  expect(rows).toEqual([
    { status: 'cancelled', endedIn: 2, last: 2 },
    { status: 'cancelled', endedIn: null, last: null },
  ]);
});
