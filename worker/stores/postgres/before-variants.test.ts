/** What a Worker from before variants writes, beside a deploy or after a rollback. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { type ItemId, makeEventId, makeEventItemId, makeVariantId } from '../../contract/ids.ts';
import { addItem, fillRandom } from '../../testing/rows.ts';
import { updateItem } from './catalogue.ts';

const NOW_MS = Date.UTC(2030, 0, 1);

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
});

afterAll(() => database?.close());

async function giveVariants(id: ItemId) {
  const texts = { name: 'Shoe', description: '', category: 'shoes', imageUrl: null };
  const variants = ['41', '42'].map((label) => ({
    id: makeVariantId(NOW_MS, fillRandom),
    label,
    isNew: true,
  }));
  expect(await updateItem(database.db, { id, ...texts, variants }, 'a test')).toEqual({
    outcome: 'written',
  });
}

/** As the version before does: it names no variant. */
async function planBefore(itemId: ItemId): Promise<void> {
  const eventId = makeEventId(fillRandom);
  await database.db.batch([
    database.db.execute(sql`INSERT INTO events (id, title, currency, starts_at, ends_at, hold_seconds)
      VALUES (${eventId}, 'Sale', 'EUR', now() + interval '1 hour', now() + interval '1 day', 300)`),
    database.db.execute(sql`INSERT INTO event_items (id, event_id, item_id, position, price_cents,
        price_minor, stock_total, stock_remaining)
      VALUES (${makeEventItemId(eventId, 1)}, ${eventId}, ${itemId}, 1, 1999, 1999, 10, 10)`),
  ]);
}

async function planned(itemId: ItemId): Promise<number> {
  const { rows } = await database.db.execute<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM event_items WHERE item_id = ${itemId}`,
  );
  return rows[0]?.n ?? 0;
}

it('cannot plan an item that has variants, of which nobody would know which is sold', async () => {
  const itemId = await addItem(database.db, NOW_MS);
  await giveVariants(itemId);
  await expect(planBefore(itemId)).rejects.toThrow('is sold by its variants');
  expect(await planned(itemId)).toBe(0);
});

it('plans an item without variants, which is sold as it was planned when it gets some', async () => {
  const itemId = await addItem(database.db, NOW_MS);
  await planBefore(itemId);
  await giveVariants(itemId);
  expect(await planned(itemId)).toBe(1);
});

it('deletes an item with its variants', async () => {
  const itemId = await addItem(database.db, NOW_MS);
  await giveVariants(itemId);
  await database.db.execute(sql`DELETE FROM item_catalog WHERE id = ${itemId}`);
  const { rows } = await database.db.execute(
    sql`SELECT FROM item_variants WHERE item_id = ${itemId}`,
  );
  expect(rows).toEqual([]);
});
