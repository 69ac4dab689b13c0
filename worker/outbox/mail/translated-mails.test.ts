/** Mails name an order's item and its sale in the language of their reader, as far as it is the name that was bought. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type EventId,
  type ItemId,
  makeEventId,
  makeEventItemId,
  makeOrderId,
  type OrderId,
  type UserId,
} from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import { itemCatalog } from '../../stores/postgres/catalogue-schema.ts';
import { insertEvent } from '../../stores/postgres/event-plans.ts';
import { readMailSubjects } from '../../stores/postgres/mail-facts.ts';
import { reminders } from '../../stores/postgres/outbox-schema.ts';
import { events, orders, users } from '../../stores/postgres/schema.ts';
import { mailPorts } from '../../testing/mail-ports.ts';
import { addItem, addUser, fillRandom, planOf } from '../../testing/rows.ts';
import { createMailHandlers } from './handlers.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOUR_MS = 3_600_000;

let database: Database;
let userId: UserId;
let itemId: ItemId;
let eventId: EventId;
let orderId: OrderId;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 120_000);

afterAll(() => database?.close());

beforeEach(async () => {
  const { db } = database;
  userId = await addUser(db, NOW_MS);
  itemId = await addItem(db, NOW_MS, 'Desk lamp');
  await db
    .update(itemCatalog)
    .set({ translations: { de: { name: 'Schreibtischleuchte' } } })
    .where(eq(itemCatalog.id, itemId));
  eventId = makeEventId(fillRandom);
  const times = { startsAtMs: NOW_MS + HOUR_MS, endsAtMs: NOW_MS + 2 * HOUR_MS };
  const items = [{ itemId, priceCents: 12_990, stock: 100, limitPerCustomer: 5 }];
  const translations = { de: { title: 'Leuchten am Freitag' } };
  const plan = { ...planOf(times, items, 'Friday’s lamps'), translations };
  await insertEvent(db, eventId, { plan, actor: 'a test' });
  orderId = await addOrder();
});

async function addOrder(): Promise<OrderId> {
  const id = makeOrderId(eventId, NOW_MS, fillRandom);
  const at = new Date(NOW_MS);
  await database.db.insert(orders).values({
    id,
    eventId,
    eventItemId: makeEventItemId(eventId, 1),
    customerId: userId,
    eventTitle: 'Friday’s lamps',
    itemName: 'Desk lamp',
    status: 'confirmed',
    quantity: 1,
    unitPriceCents: 12_990,
    unitPriceMinor: 12_990,
    currency: 'EUR',
    reservedAt: at,
    expiresAt: at,
    endedAt: at,
  });
  return id;
}

async function speak(language: Language): Promise<void> {
  await database.db.update(users).set({ language }).where(eq(users.id, userId));
}

/** Of what left, the text. */
async function mailed(kind: 'mail.order_confirmed' | 'mail.reminder'): Promise<string> {
  const { ports, mails } = mailPorts(database.db, NOW_MS);
  const handlers = createMailHandlers(ports);
  const reminder = { userId, eventId };
  const keys = [{ rowId: 1, userId, orderId, reminder }];
  const subject = (await readMailSubjects(database.db, keys)).get(1);
  if (subject === undefined) throw new Error('nothing was read of the row');
  await (kind === 'mail.reminder'
    ? handlers[kind]({ kind, key: 'k', payload: reminder }, subject)
    : handlers[kind]({ kind, key: 'k', payload: { userId, orderId } }, subject));
  return mails[0]?.text ?? '';
}

it('a confirmation names both in the language of its reader', async () => {
  await speak('de');
  const german = await mailed('mail.order_confirmed');
  expect(german).toContain('Schreibtischleuchte');
  expect(german).toContain('Leuchten am Freitag');
  await speak('en');
  const english = await mailed('mail.order_confirmed');
  expect(english).toContain('Desk lamp');
  expect(english).toContain('Friday’s lamps');
});

it('an order of what has another name today keeps the name that it was bought under', async () => {
  const name = 'Floor lamp';
  const translations = { de: { name: 'Stehleuchte' } };
  await database.db
    .update(itemCatalog)
    .set({ name, translations })
    .where(eq(itemCatalog.id, itemId));
  await database.db
    .update(events)
    .set({ translations: { de: { title: 'Freitags' } } })
    .where(eq(events.id, eventId));
  await speak('de');
  const text = await mailed('mail.order_confirmed');
  expect(text).toContain('Desk lamp');
  expect(text).not.toContain('Stehleuchte');
  expect(text).toContain('Freitags');
});

it('a reminder names the sale as its reader calls it', async () => {
  const at = { createdAt: new Date(NOW_MS), queuedAt: new Date(NOW_MS + HOUR_MS) };
  await database.db.insert(reminders).values({ eventId, userId, ...at });
  await speak('de');
  expect(await mailed('mail.reminder')).toContain('Leuchten am Freitag');
  await speak('en');
  expect(await mailed('mail.reminder')).toContain('Friday’s lamps');
});
