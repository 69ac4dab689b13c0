// Owns the promise that drizzle's neon-http driver, which the Worker uses, works on the endpoint.

import { neon, neonConfig } from '@neondatabase/serverless';
import { DrizzleQueryError, eq, sql } from 'drizzle-orm';
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http';
import { bigint, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOTH_BACKENDS, type TestBackend } from './both-backends.ts';
import { type NeonEndpoint, startNeonEndpoint } from './endpoint.ts';

const drops = pgTable('drops', {
  id: integer().primaryKey(),
  tags: text().array().notNull(),
  extra: jsonb(),
  serial: bigint({ mode: 'bigint' }).notNull(),
  opensAt: timestamp('opens_at', { withTimezone: true, precision: 3 }).notNull(),
});

const DROP = {
  id: 1,
  tags: ['a', 'b,"c'],
  extra: { colours: ['red'] },
  serial: 9_007_199_254_740_993n,
  opensAt: new Date('2026-11-22T10:00:00.123Z'),
};

describe.each(BOTH_BACKENDS)('drizzle over $name', ({ start }) => {
  let database: TestBackend;
  let endpoint: NeonEndpoint;
  let db: NeonHttpDatabase;

  beforeAll(async () => {
    database = await start();
    endpoint = await startNeonEndpoint({ backend: database.backend, password: 'secret' });
    neonConfig.fetchEndpoint = endpoint.url;
    db = drizzle({ client: neon(endpoint.connectionString) });
    await db.execute(sql`CREATE TABLE drops (id int PRIMARY KEY, tags text[] NOT NULL,
      extra jsonb, serial bigint NOT NULL, opens_at timestamptz(3) NOT NULL)`);
  });

  afterAll(async () => {
    await endpoint?.close();
    await database?.stop();
  });

  beforeEach(async () => {
    await db.delete(drops);
  });

  it('writes and reads a row of many types', async () => {
    expect(await db.insert(drops).values(DROP).returning()).toEqual([DROP]);
    expect(await db.select().from(drops).where(eq(drops.id, 1))).toEqual([DROP]);
  });

  it('counts the rows an update touched', async () => {
    await db.insert(drops).values(DROP);
    const hit = await db.update(drops).set({ extra: null }).where(eq(drops.id, 1));
    const miss = await db.update(drops).set({ extra: null }).where(eq(drops.id, 2));
    expect([hit.rowCount, miss.rowCount]).toEqual([1, 0]);
  });

  it('commits a batch as one', async () => {
    const [, rows] = await db.batch([db.insert(drops).values(DROP), db.select().from(drops)]);
    expect(rows).toEqual([DROP]);
  });

  it('rolls a failing batch back as one', async () => {
    const twice = db.batch([db.insert(drops).values(DROP), db.insert(drops).values(DROP)]);
    await expect(twice).rejects.toMatchObject({ code: '23505', constraint: 'drops_pkey' });
    expect(await db.select().from(drops)).toEqual([]);
  });

  it('wraps the error of a single query', async () => {
    await db.insert(drops).values(DROP);
    const error = await db
      .insert(drops)
      .values(DROP)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DrizzleQueryError);
    expect(error).toMatchObject({ cause: { code: '23505', constraint: 'drops_pkey' } });
  });
});
