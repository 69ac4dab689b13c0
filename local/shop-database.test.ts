import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { verifyPassword } from '../worker/auth/passwords.ts';
import { paged } from '../worker/stores/postgres/cursors.ts';
import { listEvents } from '../worker/stores/postgres/event-lists.ts';
import { findEvent } from '../worker/stores/postgres/events.ts';
import { readReadiness } from '../worker/stores/postgres/readiness.ts';
import { credentialsOf } from '../worker/stores/postgres/users.ts';
import { assertReady, type Database } from './database.ts';
import { migrate } from './migrate.ts';
import { addSampleData, SAMPLE_ADMIN } from './sample-data.ts';
import { openEmptyPostgres, openMigratedPostgres } from './testing/migrated-database.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const sample = {
  nowMs: NOW_MS,
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
  scryptCost: { n: 16, r: 1, p: 1 },
};

let database: Database | undefined;

async function openEmpty(): Promise<Database> {
  database = await openEmptyPostgres();
  return database;
}

async function openMigrated(): Promise<Database> {
  database = await openMigratedPostgres();
  return database;
}

afterEach(() => database?.close());

describe('the migrations', () => {
  it('make an empty database ready, and are applied once', async () => {
    const { db } = await openEmpty();
    expect(await readReadiness(db)).toEqual({ ready: false, reason: 'no migration is applied' });
    await expect(assertReady(db)).rejects.toThrow(
      'no migration is applied. Try npm run db:migrate.',
    );
    expect(await migrate(db)).toBeGreaterThan(0);
    expect(await readReadiness(db)).toEqual({ ready: true });
    expect(await migrate(db)).toBe(0);
  });

  it('that are partly applied leave the shop not ready, and are completed', async () => {
    const { db } = await openMigrated();
    await db.execute(sql`DELETE FROM drizzle.__drizzle_migrations WHERE id = (
      SELECT max(id) FROM drizzle.__drizzle_migrations)`);
    expect(await readReadiness(db)).toEqual({
      ready: false,
      reason: '1 migration(s) are not applied',
    });
  });

  it('make the law of stock something that cannot be broken by hand', async () => {
    const { db } = await openMigrated();
    await addSampleData(db, sample);
    for (const change of [
      sql`UPDATE event_items SET stock_remaining = stock_remaining - 1`,
      sql`UPDATE event_items SET stock_remaining = -1, stock_sold = stock_total + 1`,
      sql`UPDATE event_items SET stock_held = -1, stock_remaining = stock_remaining + 1`,
    ]) {
      await expect(db.execute(change)).rejects.toMatchObject({ cause: { code: '23514' } });
    }
  });

  it('that fail half-way leave nothing behind', async () => {
    const { db } = await openEmpty();
    await db.execute(sql`CREATE TABLE users (id text)`);
    await expect(migrate(db)).rejects.toThrow('already exists');
    const { rows } = await db.execute(sql`SELECT to_regclass('public.orders') AS orders`);
    expect(rows).toEqual([{ orders: null }]);
  });
});

describe('the sample data', () => {
  it('is a live sale, one that opens in two minutes, one on another day, and an admin', async () => {
    const { db } = await openMigrated();
    expect(await addSampleData(db, sample)).toBe(true);
    const rows = await listEvents(db, { after: undefined, limit: 10, nowMs: NOW_MS });
    const { page } = paged(rows, 10, () => ({ atMs: 0, id: '' }));
    expect(page.map(({ event }) => event.status)).toEqual(['locked', 'locked', 'live']);
    const startsAt = new Date(NOW_MS + 120_000).toISOString();
    expect(page[1]?.event.startsAt).toBe(startsAt);
    const itemIds = new Set<string>();
    for (const { event } of page) {
      const detail = await findEvent(db, event.id, NOW_MS);
      for (const { itemId } of detail?.items ?? []) itemIds.add(itemId);
    }
    expect(itemIds.size).toBe(7);
    const [admin] = await credentialsOf(db, { email: SAMPLE_ADMIN.email });
    expect(admin?.user.role).toBe('admin');
    const { password } = SAMPLE_ADMIN;
    expect(await verifyPassword(password, admin?.passwordHash, sample.scryptCost)).toBe(true);
  });

  it('is added once, and never into a shop that is in use', async () => {
    const { db } = await openMigrated();
    await addSampleData(db, sample);
    expect(await addSampleData(db, sample)).toBe(false);
  });
});
