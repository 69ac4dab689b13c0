/** Admins against shoppers who enter a queue, on a Postgres where both really run at once. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type EventId,
  type ItemId,
  makeEventId,
  makeEventItemId,
  makeQueueEntryId,
  type UserId,
} from '../../contract/ids.ts';
import { settleGroup } from '../../sale/ledger/ledger.ts';
import type { StampedAttempt } from '../../sale/rules/attempts.ts';
import { addItem, addUser, fillRandom, planOf } from '../../testing/rows.ts';
import { setStock } from './event-controls.ts';
import type { EventPlan } from './event-plan-rows.ts';
import { insertEvent, replaceEvent } from './event-plans.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOUR_MS = 3_600_000;
const ROUNDS = 40;

let database: Database;
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

async function enter(id: EventId): Promise<void> {
  const attempt: StampedAttempt = {
    kind: 'enter',
    eventItemId: makeEventItemId(id, 1),
    quantity: 1,
    minQuantity: 1,
    customerId,
    sessionEpoch: 0,
    key: null,
    entryId: makeQueueEntryId(id, NOW_MS, fillRandom),
    atMs: NOW_MS,
  };
  const settled = await settleGroup(database.db, id, { nowMs: NOW_MS, attempts: [attempt] });
  expect(settled?.answers).toMatchObject([{ entry: { status: 'waiting' } }]);
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
  await entering;
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
