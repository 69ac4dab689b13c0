/** What admins send twice or from two places, on a Postgres where all of it really runs at once. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { makeEventId } from '../../contract/ids.ts';
import { addItem, fillRandom, planOf } from '../../testing/rows.ts';
import { findVersionedEvent } from './admin-events.ts';
import { updateItem } from './catalogue.ts';
import { openEvent } from './event-controls.ts';
import { type EventPlan } from './event-plan-rows.ts';
import { insertEvent, replaceEvent } from './event-plans.ts';
import { findKeptCall, keepAnswer } from './idempotency-keys.ts';
import { findVersionedItem, isEventAt, isItemAt } from './versions.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOUR_MS = 3_600_000;
const ROUNDS = 10;
const AT_ONCE = 5;
const TEST_MS_MAX = 60_000;

const turns = Array.from({ length: AT_ONCE }, (_, n) => n);

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, TEST_MS_MAX);

afterAll(() => database?.close(), TEST_MS_MAX);

const makeItem = () => addItem(database.db, NOW_MS);

async function planNamed(title: string): Promise<EventPlan> {
  const items = [{ itemId: await makeItem(), priceCents: 1, stock: 5, limitPerCustomer: 1 }];
  return planOf({ startsAtMs: NOW_MS + HOUR_MS, endsAtMs: NOW_MS + 2 * HOUR_MS }, items, title);
}

function keyed(round: number) {
  const call = { caller: 'usr', operation: 'create', key: `key ${round}`, nowMs: NOW_MS };
  return { ...call, requestHash: 'hash' };
}

it(
  'an event is made once by many at once with one key, and has one answer',
  async () => {
    const { db } = database;
    for (let round = 0; round < ROUNDS; round++) {
      const plan = await planNamed(`Once ${round}`);
      const call = keyed(round);
      const made = await Promise.all(
        turns.map(async () => {
          const id = makeEventId(fillRandom);
          const written = await insertEvent(db, id, { plan, actor: 'a test', call });
          const kept = await findKeptCall(db, call);
          const answer = await keepAnswer(db, call, { by: id });
          return { id, written, kept, answer };
        }),
      );
      const winners = made.filter(
        ({ written }) => written.outcome === 'written' && written.claimed === 'claimed',
      );
      expect(winners).toHaveLength(1);
      expect(made.every(({ kept }) => kept?.subject === winners[0]?.id)).toBe(true);
      expect(new Set(made.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
      const { rows } = await db.execute(sql`SELECT id FROM events WHERE title = ${plan.title}`);
      expect(rows).toEqual([{ id: winners[0]?.id }]);
    }
  },
  TEST_MS_MAX,
);

it(
  'of edits and an opening of one version at once exactly one is done',
  async () => {
    const { db } = database;
    for (let round = 0; round < ROUNDS; round++) {
      const [id, plan] = [makeEventId(fillRandom), await planNamed('Before')];
      await insertEvent(db, id, { plan, actor: 'a test' });
      const seen = await findVersionedEvent(db, id, NOW_MS);
      const condition = isEventAt(id, [seen?.version ?? '']);
      const act = { actor: 'a test', nowMs: NOW_MS, condition };
      const [opened, ...edits] = await Promise.all([
        openEvent(db, id, act),
        ...turns.map((n) =>
          replaceEvent(db, id, { plan: { ...plan, title: `After ${n}` }, ...act }),
        ),
      ]);
      const done = edits.filter(({ outcome }) => outcome === 'written').length;
      expect(done + (opened === 'opened' ? 1 : 0)).toBe(1);
    }
  },
  TEST_MS_MAX,
);

it(
  'of edits of one version of an item at once exactly one is done',
  async () => {
    const { db } = database;
    for (let round = 0; round < ROUNDS; round++) {
      const id = await makeItem();
      const seen = await findVersionedItem(db, id);
      const condition = isItemAt(id, [seen?.version ?? '']);
      const edits = await Promise.all(
        turns.map((n) => {
          const item = { id, name: `Lamp ${n}`, description: '', category: 'x', imageUrl: null };
          return updateItem(db, item, { actor: 'a test', condition });
        }),
      );
      const outcomes = edits.map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
      const name = `Lamp ${outcomes.indexOf('written')}`;
      expect((await findVersionedItem(db, id))?.item.name).toBe(name);
    }
  },
  TEST_MS_MAX,
);
