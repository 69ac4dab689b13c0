import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDifferences, repairDifferences } from '../worker/stores/postgres/reconciliation.ts';
import type { Database } from './database.ts';
import { addSampleData } from './sample-data.ts';
import { openMigratedPostgres } from './testing/migrated-database.ts';

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
  await addSampleData(database.db, {
    nowMs: Date.UTC(2030, 0, 1),
    fillRandom: (bytes) => crypto.getRandomValues(bytes),
    scryptCost: { n: 16, r: 1, p: 1 },
  });
});

afterAll(() => database?.close());

describe('the reconciliation', () => {
  it('finds nothing in a shop whose counters and orders agree', async () => {
    expect(await findDifferences(database.db)).toEqual([]);
  });

  it('finds a drifted counter, believes the orders, and writes down what it did', async () => {
    const { db } = database;
    await db.execute(sql`UPDATE event_items SET stock_remaining = stock_remaining - 3,
      stock_sold = stock_sold + 3 WHERE stock_total = 40`);
    const [difference, ...others] = await findDifferences(db);
    expect(others).toEqual([]);
    expect(difference).toMatchObject({
      counted: { total: 40, remaining: 37, held: 0, sold: 3 },
      recounted: { total: 40, remaining: 40, held: 0, sold: 0 },
    });

    await repairDifferences(db, 'a test');
    expect(await findDifferences(db)).toEqual([]);
    const { rows } = await db.execute(
      sql`SELECT actor, action, subject, before, after FROM audit_log`,
    );
    expect(rows).toEqual([
      {
        actor: 'a test',
        action: 'stock.repair',
        subject: difference?.eventItemId,
        before: difference?.counted,
        after: difference?.recounted,
      },
    ]);
  });

  it('raises the total where more was promised than there was, since promises are kept', async () => {
    const { db } = database;
    await db.execute(sql`INSERT INTO orders (id, event_id, event_item_id, customer_id, status,
        quantity, unit_price_cents, currency, reserved_at, expires_at, ended_at)
      SELECT 'ord_' || n, i.event_id, i.id, u.id, 'confirmed', 7, 1, 'EUR', now(), now(), now()
        FROM event_items i, users u, generate_series(1, 6) n WHERE i.stock_total = 40`);
    expect(await findDifferences(db)).toMatchObject([
      { recounted: { total: 42, remaining: 0, held: 0, sold: 42 } },
    ]);
    await repairDifferences(db, 'a test');
    expect(await findDifferences(db)).toEqual([]);
  });
});
