/** What an order or a queue entry names cannot be deleted, nor be given another id. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { enter, makeCustomers, makeSale, reserve, settle } from './testing/sales.ts';

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
});

afterAll(() => database?.close());

async function outcomeOf(statement: ReturnType<typeof sql>): Promise<string> {
  try {
    await database.db.execute(statement);
    return 'done';
  } catch (error) {
    return /is named by/.test(String((error as Error).cause ?? error)) ? 'refused' : String(error);
  }
}

it('holds for customers, whether they hold, wait or have left', async () => {
  const sale = await makeSale(database.db, [{ stock: 1, limit: 1 }]);
  const [holder, waiting, left, nobody] = await makeCustomers(database.db, 4);
  if (!holder || !waiting || !left) throw new Error('somebody is missing');
  await settle(sale, [reserve(sale, holder)]);
  await settle(sale, [enter(sale, waiting), enter(sale, left)]);
  await database.db.execute(sql`UPDATE queue_entries SET status = 'left', ended_at = now()
    WHERE customer_id = ${left}`);
  const deleted = [holder, waiting, left, nobody].map(
    (id) => sql`DELETE FROM users WHERE id = ${id}`,
  );
  const renamed = sql`UPDATE users SET id = 'usr_other' WHERE id = ${holder}`;
  const outcomes: string[] = [];
  for (const statement of [...deleted, renamed]) outcomes.push(await outcomeOf(statement));
  expect(outcomes).toEqual(['refused', 'refused', 'refused', 'done', 'refused']);
  expect(await outcomeOf(sql`UPDATE users SET active = active WHERE id = ${holder}`)).toBe('done');
});

it('holds for event items', async () => {
  const sale = await makeSale(database.db, [
    { stock: 1, limit: 1 },
    { stock: 1, limit: 1 },
  ]);
  const [holder] = await makeCustomers(database.db, 1);
  if (holder === undefined) throw new Error('there is nobody');
  await settle(sale, [reserve(sale, holder)]);
  const { rows } = await database.db.execute<{ id: string }>(
    sql`SELECT id FROM event_items WHERE event_id = ${sale.eventId} ORDER BY position`,
  );
  const outcomes: string[] = [];
  for (const { id } of rows)
    outcomes.push(await outcomeOf(sql`DELETE FROM event_items WHERE id = ${id}`));
  expect(outcomes).toEqual(['refused', 'done']);
});
