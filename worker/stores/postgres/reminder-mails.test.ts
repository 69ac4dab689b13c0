/** Reminders that become mails, on a real Postgres: at which time, once, and for thousands at once. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { type EventId, makeEventId, type UserId } from '../../contract/ids.ts';
import { REMIND_AHEAD_MS } from '../../contract/reminder-times.ts';
import { REMINDERS_WAITING_MAX } from '../../contract/reminders.ts';
import { REMINDERS_PER_STATEMENT_MAX, remind } from '../../sweep/remind.ts';
import { addItem, addUser, fillRandom, planOf } from '../../testing/rows.ts';
import { insertEvent } from './event-plans.ts';
import { outbox, reminders } from './outbox-schema.ts';
import { deleteOverRemindersStatement } from './reminder-mails.ts';
import { addReminder, listReminders, removeReminder } from './reminders.ts';
import { events, users } from './schema.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TEST_MS_MAX = 60_000;
const OPENS_AT_MS = NOW_MS + DAY_MS;

let database: MigratedPostgres;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, TEST_MS_MAX);

afterAll(() => database?.close(), TEST_MS_MAX);

async function makeEvent(startsAtMs = OPENS_AT_MS): Promise<EventId> {
  const id = makeEventId(fillRandom);
  const itemId = await addItem(database.db, NOW_MS);
  const times = { startsAtMs, endsAtMs: startsAtMs + DAY_MS };
  const plan = planOf(times, [{ itemId, priceCents: 100, stock: 100, limitPerCustomer: 2 }]);
  await insertEvent(database.db, id, { plan, actor: 'a test' });
  return id;
}

async function makeVerified(): Promise<UserId> {
  const id = await addUser(database.db, NOW_MS);
  const emailVerifiedAt = new Date(NOW_MS);
  await database.db.update(users).set({ emailVerifiedAt }).where(eq(users.id, id));
  return id;
}

async function makeReminder(eventId: EventId): Promise<UserId> {
  const userId = await makeVerified();
  expect(await addReminder(database.db, { eventId, userId, nowMs: NOW_MS })).toBe('added');
  return userId;
}

async function sweepAt(nowMs: number, sendsMail = true): Promise<number> {
  let woken = 0;
  const wake = () => {
    woken++;
  };
  const { db } = database;
  const push = { publicKey: undefined };
  const platform = { nowMs: () => nowMs };
  await remind({ outbox: { sendsMail, wake }, push, stores: { db }, platform });
  return woken;
}

/** The mails about an event, by their keys. */
async function mailsOf(eventId: EventId) {
  const rows = await database.db
    .select()
    .from(outbox)
    .where(sql`${outbox.key} LIKE ${`reminder/${eventId}/%`}`)
    .orderBy(outbox.id);
  return rows.map(({ key, outcome, lastError, dropAfter, priority, payload }) => ({
    key,
    outcome,
    lastError,
    dropAfterMs: dropAfter?.getTime(),
    priority,
    payload,
  }));
}

const change = (id: EventId, set: Partial<typeof events.$inferInsert>) =>
  database.db.update(events).set(set).where(eq(events.id, id));

describe('a reminder becomes a mail', () => {
  it('a quarter of an hour before the opening, once, and of no use after it', async () => {
    const eventId = await makeEvent();
    const userId = await makeReminder(eventId);
    expect(await sweepAt(OPENS_AT_MS - REMIND_AHEAD_MS - 1)).toBe(0);
    expect(await mailsOf(eventId)).toEqual([]);
    expect(await sweepAt(OPENS_AT_MS - REMIND_AHEAD_MS)).toBe(1);
    expect(await sweepAt(OPENS_AT_MS - REMIND_AHEAD_MS + MINUTE_MS)).toBe(0);
    expect(await mailsOf(eventId)).toMatchObject([
      {
        key: `reminder/${eventId}/${userId}/${OPENS_AT_MS / 1_000}`,
        outcome: null,
        dropAfterMs: OPENS_AT_MS,
        priority: 2,
        payload: { userId, eventId },
      },
    ]);
  });

  it.each([
    ['is called off', { closedAt: new Date(NOW_MS) }],
    ['is not published', { published: false }],
    ['was opened by hand', { openedAt: new Date(NOW_MS) }],
  ])('not where the sale %s', async (_what, set) => {
    const eventId = await makeEvent();
    await makeReminder(eventId);
    await change(eventId, set);
    await sweepAt(OPENS_AT_MS - MINUTE_MS);
    expect(await mailsOf(eventId)).toEqual([]);
  });

  it('not for an account that is shut, nor by a shop that sends none', async () => {
    const eventId = await makeEvent();
    const userId = await makeReminder(eventId);
    await sweepAt(OPENS_AT_MS - MINUTE_MS, false);
    await database.db.update(users).set({ active: false }).where(eq(users.id, userId));
    await sweepAt(OPENS_AT_MS - MINUTE_MS);
    expect(await mailsOf(eventId)).toEqual([]);
  });

  it('for an address that is not confirmed only once it is', async () => {
    const eventId = await makeEvent();
    const userId = await addUser(database.db, NOW_MS);
    expect(await addReminder(database.db, { eventId, userId, nowMs: NOW_MS })).toBe('added');
    await sweepAt(OPENS_AT_MS - REMIND_AHEAD_MS);
    expect(await mailsOf(eventId)).toEqual([]);
    const emailVerifiedAt = new Date(OPENS_AT_MS - MINUTE_MS);
    await database.db.update(users).set({ emailVerifiedAt }).where(eq(users.id, userId));
    await sweepAt(OPENS_AT_MS - MINUTE_MS);
    expect(await mailsOf(eventId)).toMatchObject([{ payload: { userId, eventId } }]);
  });

  it('at the new time where the sale was put off before', async () => {
    const eventId = await makeEvent();
    await makeReminder(eventId);
    await change(eventId, { startsAt: new Date(OPENS_AT_MS + DAY_MS / 2) });
    await sweepAt(OPENS_AT_MS - MINUTE_MS);
    expect(await mailsOf(eventId)).toEqual([]);
    await sweepAt(OPENS_AT_MS + DAY_MS / 2 - MINUTE_MS);
    expect(await mailsOf(eventId)).toHaveLength(1);
  });

  it('anew where the sale was put off after it, and the first one is dropped', async () => {
    const eventId = await makeEvent();
    const userId = await makeReminder(eventId);
    await sweepAt(OPENS_AT_MS - MINUTE_MS);
    const laterMs = OPENS_AT_MS + DAY_MS / 2;
    await change(eventId, { startsAt: new Date(laterMs) });
    await sweepAt(OPENS_AT_MS);
    await sweepAt(laterMs - MINUTE_MS);
    expect(await mailsOf(eventId)).toMatchObject([
      { outcome: 'dropped', lastError: 'event_moved', payload: null },
      { key: `reminder/${eventId}/${userId}/${laterMs / 1_000}`, outcome: null },
    ]);
  });

  it('not twice where the sale was put off by moments', async () => {
    const eventId = await makeEvent();
    await makeReminder(eventId);
    await sweepAt(OPENS_AT_MS - REMIND_AHEAD_MS);
    await change(eventId, { startsAt: new Date(OPENS_AT_MS + 2 * MINUTE_MS) });
    await sweepAt(OPENS_AT_MS - MINUTE_MS);
    expect(await mailsOf(eventId)).toHaveLength(1);
  });

  it(
    'for ten thousand people in one sweep, which two sweeps share',
    async () => {
      const eventId = await makeEvent();
      const count = 10_000;
      await database.db.execute(sql`
        WITH people AS (
          INSERT INTO users (id, email, display_name, password_hash, email_verified_at)
          SELECT 'usr_many' || n, 'many' || n || '@example.com', 'Many', 'none', now()
            FROM generate_series(1, ${count}::int) n RETURNING id)
        INSERT INTO reminders (event_id, user_id, created_at)
        SELECT ${eventId}, id, now() FROM people`);
      const atMs = OPENS_AT_MS - MINUTE_MS;
      const [one, two] = await Promise.all([sweepAt(atMs), sweepAt(atMs)]);
      expect(one + two).toBeGreaterThanOrEqual(count / REMINDERS_PER_STATEMENT_MAX);
      // What one had locked, the other left to it.
      await sweepAt(atMs);
      expect(await mailsOf(eventId)).toHaveLength(count);

      // Without statistics, as here, Postgres would join mails and reminders row by row.
      await change(eventId, { startsAt: new Date(OPENS_AT_MS + DAY_MS / 2) });
      await sweepAt(atMs);
      const mails = await mailsOf(eventId);
      expect(mails.filter(({ lastError }) => lastError === 'event_moved')).toHaveLength(count);
    },
    TEST_MS_MAX,
  );
});

describe('a reminder', () => {
  it('is asked for before the sale opens', async () => {
    const eventId = await makeEvent();
    const ask = (userId: UserId, nowMs = NOW_MS, of = eventId) =>
      addReminder(database.db, { eventId: of, userId, nowMs });
    const userId = await makeVerified();
    expect(await ask(userId)).toBe('added');
    expect(await ask(userId)).toBe('kept');
    expect(await listReminders(database.db, userId)).toEqual([eventId]);
    expect(await ask(userId, OPENS_AT_MS)).toBe('already_open');
    expect(await ask(userId, OPENS_AT_MS + DAY_MS)).toBe('closed');
    await change(eventId, { closedAt: new Date(NOW_MS) });
    expect(await ask(userId)).toBe('closed');
    await change(eventId, { published: false });
    expect(await ask(userId)).toBe('not_found');
    expect(await ask(userId, NOW_MS, makeEventId(fillRandom))).toBe('not_found');
  });

  it(
    'is one of a hundred that wait, however many are asked for at once',
    async () => {
      const userId = await makeVerified();
      const eventId = await makeEvent();
      await database.db.execute(sql`
        WITH more AS (
          INSERT INTO events (id, title, currency, starts_at, ends_at, hold_seconds)
          SELECT 'evt_more' || n, 'One more', 'EUR', starts_at, ends_at, 300
            FROM events, generate_series(2, ${REMINDERS_WAITING_MAX}::int) n
           WHERE events.id = ${eventId} RETURNING id)
        INSERT INTO reminders (event_id, user_id, created_at) SELECT id, ${userId}, now() FROM more`);
      const asked = [eventId, await makeEvent(), await makeEvent()].map((id) =>
        addReminder(database.db, { eventId: id, userId, nowMs: NOW_MS }),
      );
      expect((await Promise.all(asked)).toSorted()).toEqual([
        'added',
        'too_many_reminders',
        'too_many_reminders',
      ]);
    },
    TEST_MS_MAX,
  );

  it('that is turned off takes its mail with it, and nobody else’s', async () => {
    const eventId = await makeEvent();
    const [userId, other] = [await makeReminder(eventId), await makeReminder(eventId)];
    await sweepAt(OPENS_AT_MS - MINUTE_MS);
    await removeReminder(database.db, { eventId, userId, nowMs: NOW_MS });
    await removeReminder(database.db, { eventId, userId, nowMs: NOW_MS });
    expect(await listReminders(database.db, userId)).toEqual([]);
    expect(await listReminders(database.db, other)).toEqual([eventId]);
    const outcomes = (await mailsOf(eventId)).map(({ outcome }) => String(outcome));
    expect(new Set(outcomes)).toEqual(new Set(['dropped', 'null']));
  });

  it('that is turned off and asked for again has its mail again', async () => {
    const eventId = await makeEvent();
    const userId = await makeReminder(eventId);
    await sweepAt(OPENS_AT_MS - REMIND_AHEAD_MS);
    const nowMs = OPENS_AT_MS - REMIND_AHEAD_MS + MINUTE_MS;
    await removeReminder(database.db, { eventId, userId, nowMs });
    expect(await addReminder(database.db, { eventId, userId, nowMs })).toBe('added');
    await sweepAt(nowMs + MINUTE_MS);
    expect(await mailsOf(eventId)).toMatchObject([
      { outcome: null, lastError: null, dropAfterMs: OPENS_AT_MS, payload: { userId, eventId } },
    ]);
  });

  it('whose mail was sent has no second one where it is asked for again', async () => {
    const eventId = await makeEvent();
    const userId = await makeReminder(eventId);
    await sweepAt(OPENS_AT_MS - REMIND_AHEAD_MS);
    await database.db.execute(sql`UPDATE outbox SET outcome = 'done', ended_at = now(), payload = NULL
      WHERE user_id = ${userId}`);
    const nowMs = OPENS_AT_MS - REMIND_AHEAD_MS + MINUTE_MS;
    await removeReminder(database.db, { eventId, userId, nowMs });
    await addReminder(database.db, { eventId, userId, nowMs });
    await sweepAt(nowMs + MINUTE_MS);
    expect(await mailsOf(eventId)).toMatchObject([{ outcome: 'done', payload: null }]);
  });

  it('is forgotten when its sale is over', async () => {
    const eventId = await makeEvent();
    const userId = await makeReminder(eventId);
    const overAt = async (nowMs: number) => {
      await deleteOverRemindersStatement(database.db, { nowMs, limit: 100_000 });
      const rows = await database.db.select().from(reminders).where(eq(reminders.userId, userId));
      return rows.length;
    };
    expect(await overAt(OPENS_AT_MS + DAY_MS - 1)).toBe(1);
    expect(await overAt(OPENS_AT_MS + DAY_MS)).toBe(0);
  });
});
