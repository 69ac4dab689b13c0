/**
 * `npm run console:plan [-- ORDERS [PART]]`: fills a throw-away real Postgres, which waits for its disk, with 10,000
 * events, 100,000 customers and a million orders, and shows how long all that admins list and search takes, what
 * shoppers list too, and the plans of what is slow. PART is a part of the names of what is to be measured.
 */
import pg from 'pg';
import { openDatabase } from './database.ts';
import { fillLargeShop } from './large-shop/fill.ts';
import { READS } from './large-shop/lists.ts';
import { measureReads } from './measured-reads.ts';
import { migrate } from './migrate.ts';
import { startRealPostgres } from './neon/real-postgres.ts';
import { UserError } from './user-error.ts';

const ORDERS_DEFAULT = 1_000_000;
const SHOP = { customers: 100_000, events: 10_000, itemsPerEvent: 5, catalogueItems: 20_000 };
/** What an admin is to wait for at most. */
const SLOW_MS = 300;

export async function main([count = String(ORDERS_DEFAULT), part = '']: string[]): Promise<void> {
  const orders = Number(count);
  if (!Number.isInteger(orders) || orders < 1) {
    throw new UserError('Usage: npm run console:plan [-- ORDERS [PART]]');
  }
  const { connectionString, stop } = await startRealPostgres({ durable: true });
  const database = await openDatabase({ databaseUrl: connectionString });
  const client = new pg.Client({ connectionString });
  try {
    await migrate(database.db);
    await client.connect();
    await fillLargeShop(client, { ...SHOP, orders });
    const reads = READS.filter(([what]) => what.includes(part));
    await measureReads({ connectionString, reads, plansFromMs: SLOW_MS });
  } finally {
    await client.end();
    await database.close();
    await stop();
  }
}
