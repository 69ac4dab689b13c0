/** What orders are of, where the version before wrote them: as a deployment finds them. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { migrate } from '../../../local/migrate.ts';
import { readMigrations } from '../../../local/migrations.ts';
import { openEmptyPostgres } from '../../../local/testing/migrated-database.ts';
import {
  makeEventId,
  makeEventItemId,
  makeItemId,
  makeOrderId,
  makeUserId,
} from '../../contract/ids.ts';
import { NO_TAX } from '../../contract/totals.ts';
import { readEvent } from './events.ts';
import { listAdminOrders } from './order-lists.ts';
import { listOrders } from './orders.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
/** A database is opened and migrated in it, on a busy machine. */
const SETUP_MS_MAX = 60_000;
const LAST_BEFORE = '0006_dashboard';
const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);

const customerId = makeUserId(NOW_MS, fillRandom);
const itemId = makeItemId(NOW_MS, fillRandom);
const eventId = makeEventId(fillRandom);
const eventItemId = makeEventItemId(eventId, 1);

let database: Database;

/** As the version before wrote them. */
async function insertOrder(ms: number) {
  const id = makeOrderId(eventId, ms, fillRandom);
  await database.db.execute(sql`INSERT INTO orders (id, event_id, event_item_id, customer_id, status,
      quantity, unit_price_cents, currency, reserved_at, expires_at, ended_at)
    VALUES (${id}, ${eventId}, ${eventItemId}, ${customerId}, 'confirmed', 1, 1999, 'EUR', now(),
            now(), now())`);
}

async function insertSale() {
  const { db } = database;
  await db.execute(sql`INSERT INTO users (id, email, display_name, password_hash)
    VALUES (${customerId}, 'a@example.com', 'A', 'none')`);
  await db.execute(sql`INSERT INTO item_catalog (id, name, description, category, image_url)
    VALUES (${itemId}, 'Lamp', ${'x'.repeat(300)}, 'other', '/lamp.svg')`);
  await db.execute(sql`INSERT INTO events (id, title, currency, starts_at, ends_at, hold_seconds)
    VALUES (${eventId}, 'Sale', 'EUR', now(), now() + interval '1 day', 300)`);
  await db.execute(sql`INSERT INTO event_items (id, event_id, item_id, position, price_cents,
      stock_total, stock_remaining, stock_sold)
    VALUES (${eventItemId}, ${eventId}, ${itemId}, 1, 1999, 10, 9, 1)`);
}

beforeAll(async () => {
  database = await openEmptyPostgres();
  const migrations = readMigrations();
  const before = migrations.findIndex(({ tag }) => tag === LAST_BEFORE) + 1;
  await migrate(database.db, migrations.slice(0, before));
  await insertSale();
  await insertOrder(NOW_MS);
  await migrate(database.db);
}, SETUP_MS_MAX);

afterAll(() => database?.close());

it('orders from before are called what they were when the change came', async () => {
  const { db } = database;
  await db.execute(sql`UPDATE item_catalog SET name = 'Chair', description = '', image_url = NULL`);
  await db.execute(sql`UPDATE events SET title = 'Renamed'`);
  const page = { after: undefined, limit: 10, nowMs: NOW_MS, tax: NO_TAX };
  const expected = {
    eventTitle: 'Sale',
    itemName: 'Lamp',
    itemDescription: 'x'.repeat(200),
    itemImageUrl: '/lamp.svg',
    unitPriceCents: 1_999,
  };
  expect(await listOrders(db, { ...page, customerId, status: undefined })).toMatchObject([
    expected,
  ]);
  const { orders } = await listAdminOrders(db, { ...page, eventId });
  expect(orders).toMatchObject([expected]);
});

it('a price that the version before writes is the price', async () => {
  const { db } = database;
  const price = async () =>
    (await readEvent(db, eventId, { nowMs: NOW_MS }))?.event.items[0]?.priceCents;
  expect(await price()).toBe(1_999);
  await db.execute(sql`UPDATE event_items SET price_cents = 2499`);
  expect(await price()).toBe(2_499);
  const wide = sql`price_minor = 15000000000, price_cents = 2147483647`;
  await db.execute(sql`UPDATE event_items SET ${wide}`);
  expect(await price()).toBe(15_000_000_000);
  await db.execute(sql`UPDATE event_items SET stock_total = stock_total`);
  expect(await price()).toBe(15_000_000_000);
});
