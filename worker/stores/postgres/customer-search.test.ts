/** The list of accounts: what a search finds among many, page by page. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { Place } from './cursors.ts';
import { CUSTOMERS_WALKED_MAX } from './customer-search.ts';
import { listCustomers } from './customers.ts';

/** More than are looked at one by one, and than a page is walked. */
const CUSTOMERS = CUSTOMERS_WALKED_MAX + 500;
const PAGES_MAX = 9;
const SET_UP_MS_MAX = 60_000;

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
  // The first is the newest; only the last hundred are called Zoë.
  await database.db.execute(sql`
    INSERT INTO users (id, email, display_name, password_hash, created_at)
    SELECT 'usr_' || lpad(n::text, 18, '0'), 'c' || n || '@example.com',
           CASE WHEN n > ${CUSTOMERS - 100}::int THEN 'Zoë ' ELSE 'Bo ' END || n, 'none',
           now() - n * interval '1 s'
      FROM generate_series(1, ${CUSTOMERS}::int) n`);
  await database.db.execute(sql`ANALYZE`);
}, SET_UP_MS_MAX);
afterAll(() => database?.close());

async function read(q: string, limit = 100) {
  const numbers: number[] = [];
  let after: Place | undefined;
  let pages = 0;
  do {
    const { customers, walkedTo } = await listCustomers(database.db, { q, after, limit });
    const page = customers.slice(0, limit);
    numbers.push(...page.map(({ id }) => Number(id.slice(-18))));
    const last = page.at(-1);
    const isFull = customers.length > limit && last !== undefined;
    after = isFull ? { atMs: Date.parse(last.createdAt), id: last.id } : walkedTo;
    pages += 1;
  } while (after !== undefined && pages < PAGES_MAX);
  return { numbers, pages };
}

const lastOnes = Array.from({ length: 100 }, (_, n) => CUSTOMERS - 99 + n);

describe('a search of accounts', () => {
  it('finds part of a name that few have on one page, newest first', async () => {
    expect(await read('zoe')).toEqual({ numbers: lastOnes, pages: 1 });
  });

  it('goes on behind many of which none was found', async () => {
    // All have the letters of the domain, and of a single letter there is no index.
    expect((await read('examplecom')).numbers).toEqual([]);
    const { numbers, pages } = await read('z');
    expect(numbers).toEqual(lastOnes);
    expect(pages).toBe(2);
  });

  it('shows a part that all have page by page, each account once', async () => {
    const { numbers } = await read('example.com', 1_000);
    expect(numbers).toEqual(Array.from({ length: CUSTOMERS }, (_, n) => n + 1));
  });
});
