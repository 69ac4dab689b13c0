/** A group that begins before a migration and goes on behind it, on a real Postgres, where it can wait. */
import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { makeCustomers, makeSale, outcomes, reserve, settle } from './testing/sales.ts';

const WAITS_LOOKED_FOR_MAX = 2_000;
const PART = new URL('sql/expire_holds.sql', import.meta.url);

let database: MigratedPostgres;
/** A connection of its own, for a transaction that is held open. */
let held: pg.Client;

beforeAll(async () => {
  database = await openMigratedPostgres();
  held = await database.connect();
}, 120_000);

afterAll(() => database?.close());

/** What a next version brings: the sale as it is settled has one more value, which a part writes. */
async function migrateOn(): Promise<void> {
  const part = await readFile(PART, 'utf8');
  const next = part.replace(/^BEGIN$/m, "BEGIN\n  s.note := 'next';");
  expect(next).not.toBe(part);
  await database.db.execute(sql.raw('ALTER TYPE settling ADD ATTRIBUTE note text'));
  await database.db.execute(sql.raw(next));
}

async function untilWaiting(): Promise<void> {
  const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
  for (let n = 0; n < WAITS_LOOKED_FOR_MAX; n++) {
    if (((await held.query(waiting)).rowCount ?? 0) > 0) return;
  }
  throw new Error('it does not wait');
}

it('a group that waits while the functions it began with are replaced is settled', async () => {
  const sale = await makeSale(database.db, [{ stock: 2, limit: 1 }]);
  const [first, second] = await makeCustomers(database.db, 2);
  if (first === undefined || second === undefined) throw new Error('there is nobody');
  await held.query('BEGIN');
  await held.query('SELECT FROM events WHERE id = $1 FOR NO KEY UPDATE', [sale.eventId]);
  const settling = settle(sale, [reserve(sale, first)]);
  await untilWaiting();
  await migrateOn();
  await held.query('COMMIT');
  expect(outcomes(await settling)).toEqual(['pending']);
  expect(outcomes(await settle(sale, [reserve(sale, second)]))).toEqual(['pending']);
});
