/** Notifications on a real Postgres, sent to a push service on this machine. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { type PushConfig, pushOf } from '../../config/push-variables.ts';
import {
  type EventId,
  makeEventId,
  makeEventItemId,
  makeOrderId,
  type OrderId,
  type UserId,
} from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import { insertEvent } from '../../stores/postgres/event-plans.ts';
import { PUSH_AHEAD_MS, queueOpeningPushes } from '../../stores/postgres/opening-pushes.ts';
import { outbox, reminders } from '../../stores/postgres/outbox-schema.ts';
import { pushSubscriptions } from '../../stores/postgres/push-schema.ts';
import { events, orders, users } from '../../stores/postgres/schema.ts';
import { logins } from '../../stores/postgres/sign-in-schema.ts';
import { signerOf, startPushService, type TestDevice } from '../../testing/push-service.ts';
import { addItem, addUser, fillRandom, planOf } from '../../testing/rows.ts';
import { createPushHandlers } from './handlers.ts';

const NOW_MS = Date.UTC(2030, 0, 1, 12);
const MINUTE_MS = 60_000;
const MINUTES_2 = 2 * MINUTE_MS;
const OPENS_AT_MS = NOW_MS + 60 * MINUTE_MS;
const DUE_MS = OPENS_AT_MS - PUSH_AHEAD_MS;
const GONE = { kind: 'dropped', reason: 'device_gone' };
const NOT_NEEDED = { kind: 'dropped', reason: 'not_needed' };
const DONE = { kind: 'done' };

let database: Database;
let eventId: EventId;
let userId: UserId;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, MINUTES_2);

afterAll(() => database?.close());

beforeEach(async () => {
  const { db } = database;
  userId = await addUser(db, NOW_MS);
  eventId = makeEventId(fillRandom);
  const itemId = await addItem(db, NOW_MS, 'Desk lamp');
  const times = { startsAtMs: OPENS_AT_MS, endsAtMs: OPENS_AT_MS + 60 * MINUTE_MS };
  const items = [{ itemId, priceCents: 12_990, stock: 100, limitPerCustomer: 5 }];
  const plan = { ...planOf(times, items, 'Friday’s lamps'), timeZone: 'Europe/Berlin' };
  await insertEvent(db, eventId, { plan, actor: 'a test' });
});

function configFor(services: string[]): PushConfig {
  const VAPID_PRIVATE_KEY = 'Ckl0cyBhIGtleSBvZiBhIHRlc3QsIG5vdCBhIHNlY3I';
  const config = pushOf({
    VAPID_PRIVATE_KEY,
    PUSH_SERVICES: services,
    PUBLIC_URL: 'https://shop.example',
  });
  if (config === undefined) throw new Error('no configuration');
  return config;
}

/** A device of the user's, with a login of its own. */
async function switchOn({ subscription }: TestDevice, language: Language = 'en'): Promise<number> {
  const loginId = crypto.randomUUID();
  const at = new Date(NOW_MS);
  await database.db
    .insert(logins)
    .values({ id: loginId, userId, secretHash: 'x', createdAt: at, expiresAt: at });
  const { endpoint, keys } = subscription;
  const [row] = await database.db
    .insert(pushSubscriptions)
    .values({ userId, loginId, endpoint, ...keys, language, createdAt: at })
    .returning({ id: pushSubscriptions.id });
  return row?.id ?? 0;
}

async function remindUser(): Promise<void> {
  await database.db.insert(reminders).values({ eventId, userId, createdAt: new Date(NOW_MS) });
}

async function addOffer(expiresAtMs: number): Promise<OrderId> {
  const id = makeOrderId(eventId, NOW_MS, fillRandom);
  await database.db.insert(orders).values({
    id,
    eventId,
    eventItemId: makeEventItemId(eventId, 1),
    customerId: userId,
    status: 'pending',
    quantity: 1,
    unitPriceCents: 12_990,
    unitPriceMinor: 12_990,
    currency: 'EUR',
    reservedAt: new Date(NOW_MS),
    expiresAt: new Date(expiresAtMs),
  });
  return id;
}

function handlersFor(url: string, nowMs: number, config = configFor([url])) {
  return createPushHandlers({
    db: database.db,
    config,
    fetch: (to, init) => fetch(to, init),
    nowMs: () => nowMs,
  });
}

const devicesLeft = () =>
  database.db.select().from(pushSubscriptions).where(eq(pushSubscriptions.userId, userId));

describe('that a sale opens soon', () => {
  it('is told on the device in its language, signed by the shop, until it opens', async () => {
    const service = await startPushService();
    const device = service.newDevice();
    const subscriptionId = await switchOn(device, 'de');
    await remindUser();
    const payload = { userId, subscriptionId, eventId };
    const handlers = handlersFor(service.url, DUE_MS);
    expect(await handlers['push.opens_soon']({ payload })).toEqual(DONE);
    const [pushed] = service.pushed;
    if (pushed === undefined) throw new Error('nothing was sent');
    expect(device.subscription.endpoint).toBe(service.url + pushed.path);
    expect(device.read(pushed)).toEqual({
      kind: 'opens_soon',
      title: 'Öffnet in 5 Minuten: Friday’s lamps',
      body: 'Der Verkauf öffnet um 14:00 MEZ. Tippe hier, um hinzugehen.',
      url: `/events/${eventId}`,
      tag: `opens/${eventId}`,
    });
    expect(pushed.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      ttl: '300',
      urgency: 'high',
    });
    const signer = await signerOf(pushed, { audience: service.url, nowMs: DUE_MS });
    expect(signer.publicKey).toBe(configFor([service.url]).publicKey);
    expect(signer.subject).toBe('https://shop.example');
    expect(signer.livesMs).toBeLessThanOrEqual(24 * 60 * MINUTE_MS);
    expect(() => service.newDevice().read(pushed)).toThrow(/authenticate/);
  });

  it('is dropped once the sale is open, put off or hidden, or the reminder was turned off', async () => {
    const service = await startPushService();
    const subscriptionId = await switchOn(service.newDevice());
    const row = { payload: { userId, subscriptionId, eventId } };
    const at = (nowMs: number) => handlersFor(service.url, nowMs)['push.opens_soon'](row);
    expect(await at(DUE_MS)).toEqual(NOT_NEEDED);
    await remindUser();
    expect(await at(OPENS_AT_MS)).toEqual(NOT_NEEDED);
    expect(await at(DUE_MS - MINUTES_2)).toEqual(NOT_NEEDED);
    const { db } = database;
    await db.update(events).set({ published: false }).where(eq(events.id, eventId));
    expect(await at(DUE_MS)).toEqual(NOT_NEEDED);
    expect(service.pushed).toEqual([]);
  });

  it('is written once for each device, due five minutes before and of no use after', async () => {
    const service = await startPushService();
    const ids = [await switchOn(service.newDevice()), await switchOn(service.newDevice())];
    await remindUser();
    const write = (nowMs: number) => queueOpeningPushes(database.db, { nowMs, limit: 100 });
    await write(DUE_MS - 3 * MINUTE_MS);
    const rowsOf = () =>
      database.db.select().from(outbox).where(eq(outbox.userId, userId)).orderBy(outbox.id);
    expect(await rowsOf()).toEqual([]);
    for (const nowMs of [DUE_MS - MINUTE_MS, DUE_MS - MINUTE_MS, DUE_MS]) await write(nowMs);
    const rows = await rowsOf();
    expect(rows.map(({ payload }) => payload)).toEqual(
      expect.arrayContaining(ids.map((subscriptionId) => ({ userId, subscriptionId, eventId }))),
    );
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toMatchObject({ kind: 'push.opens_soon', priority: 0 });
      expect([row.dueAt.getTime(), row.dropAfter?.getTime()]).toEqual([DUE_MS, OPENS_AT_MS]);
    }
    const startsAt = new Date(OPENS_AT_MS + MINUTE_MS);
    await database.db.update(events).set({ startsAt }).where(eq(events.id, eventId));
    await write(DUE_MS);
    expect(await rowsOf()).toHaveLength(4);
  });
});

describe('whose turn it is', () => {
  it('is told on the device, until the offer ends', async () => {
    const service = await startPushService();
    const device = service.newDevice();
    const subscriptionId = await switchOn(device);
    const orderId = await addOffer(NOW_MS + 10 * MINUTE_MS);
    const payload = { userId, subscriptionId, orderId };
    const handlers = handlersFor(service.url, NOW_MS);
    expect(await handlers['push.your_turn']({ payload })).toEqual(DONE);
    const [pushed] = service.pushed;
    if (pushed === undefined) throw new Error('nothing was sent');
    expect(device.read(pushed)).toEqual({
      kind: 'your_turn',
      title: 'It is your turn: Desk lamp',
      body: 'Reserved for you until 13:10 CET. Tap to buy it.',
      url: `/events/${eventId}`,
      tag: `turn/${orderId}`,
    });
    expect(pushed.headers['ttl']).toBe('600');
  });

  it('is dropped once the offer has ended, and where its owner may not enter any more', async () => {
    const service = await startPushService();
    const subscriptionId = await switchOn(service.newDevice());
    const orderId = await addOffer(NOW_MS + MINUTE_MS);
    const row = { payload: { userId, subscriptionId, orderId } };
    const late = handlersFor(service.url, NOW_MS + MINUTE_MS);
    expect(await late['push.your_turn'](row)).toEqual(NOT_NEEDED);
    await database.db.update(users).set({ active: false }).where(eq(users.id, userId));
    expect(await handlersFor(service.url, NOW_MS)['push.your_turn'](row)).toEqual(GONE);
    expect(service.pushed).toEqual([]);
  });
});

/** What becomes of a row where the push service answers so. */
async function answered(status: number, headers: Record<string, string> = {}) {
  const service = await startPushService(() => [status, headers]);
  const subscriptionId = await switchOn(service.newDevice());
  const orderId = await addOffer(NOW_MS + 10 * MINUTE_MS);
  const row = { payload: { userId, subscriptionId, orderId } };
  return handlersFor(service.url, NOW_MS)['push.your_turn'](row);
}

describe('a push service', () => {
  it.each([404, 410])(
    'that answers %i knows the device no more, which is told no more',
    async (status) => {
      expect(await answered(status)).toEqual(GONE);
      expect(await devicesLeft()).toEqual([]);
    },
  );

  it('that fails or asks for patience is asked again, and one that refuses is not', async () => {
    expect(await answered(503)).toEqual({ kind: 'failed', reason: 'status_503' });
    expect(await answered(429, { 'Retry-After': '7' })).toEqual({
      kind: 'throttled',
      reason: 'status_429',
      retryAfterMs: 7_000,
    });
    expect(await answered(403)).toEqual({ kind: 'refused', reason: 'status_403' });
    const elsewhere = { Location: 'http://127.0.0.1:9/' };
    expect(await answered(307, elsewhere)).toEqual({ kind: 'refused', reason: 'status_307' });
    expect(await devicesLeft()).toHaveLength(4);
  });

  it('is not called where it is none of the shop’s any more, nor by a shop without a key', async () => {
    const service = await startPushService();
    const subscriptionId = await switchOn(service.newDevice());
    const orderId = await addOffer(NOW_MS + 10 * MINUTE_MS);
    const row = { payload: { userId, subscriptionId, orderId } };
    const other = handlersFor(service.url, NOW_MS, configFor(['fcm.googleapis.com']));
    expect(await other['push.your_turn'](row)).toEqual({
      kind: 'refused',
      reason: 'unknown_service',
    });
    const ports = { db: database.db, config: undefined, fetch, nowMs: () => NOW_MS };
    expect(await createPushHandlers(ports)['push.your_turn'](row)).toEqual({
      kind: 'dropped',
      reason: 'no_adapter',
    });
    expect(service.pushed).toEqual([]);
  });

  it('that is given a key which no device has is not called, and the device ends', async () => {
    const service = await startPushService();
    const subscriptionId = await switchOn(service.newDevice());
    const p256dh = `B${'A'.repeat(86)}`;
    await database.db.execute(
      sql`UPDATE push_subscriptions SET p256dh = ${p256dh} WHERE id = ${subscriptionId}`,
    );
    const orderId = await addOffer(NOW_MS + 10 * MINUTE_MS);
    const row = { payload: { userId, subscriptionId, orderId } };
    expect(await handlersFor(service.url, NOW_MS)['push.your_turn'](row)).toEqual(GONE);
    expect(await devicesLeft()).toEqual([]);
  });
});
