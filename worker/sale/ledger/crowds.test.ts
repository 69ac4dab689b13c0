import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { UserId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { recountEvent } from '../../stores/postgres/events.ts';
import { makeCrowd, makeItems, makeSale, outcomes, reserve, settle } from './testing/sales.ts';

describe.each([
  ['the embedded Postgres', { rounds: 100, atOnce: 1 }, openMigratedPglite],
  // Where groups of several sales are settled at once.
  ['a real Postgres', { rounds: 1_000, atOnce: 4 }, openMigratedPostgres],
])('the ledger under a crowd on %s', (_name, { rounds, atOnce }, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  }, 60_000);

  afterAll(() => database?.close());

  it(`sells exactly a hundred to two hundred, ${rounds} times`, async () => {
    const catalogue = await makeItems(db, 1);
    const sellOnce = async (crowd: UserId[]) => {
      const sale = await makeSale(db, [{ stock: 100, limit: 1 }], catalogue);
      // Two objects, each with half of the crowd, in groups of several sizes.
      const groups = [0, 70, 100, 180].map((from, n, starts) =>
        crowd.slice(from, starts[n + 1]).map((customer) => reserve(sale, customer)),
      );
      const settled = await Promise.all(groups.map((group) => settle(sale, group)));
      const granted = settled.flatMap(outcomes).filter((outcome) => outcome === 'pending');
      expect(granted).toHaveLength(100);
      const counted = { remaining: 0, held: 100, recounted: { held: 100 }, ok: true };
      expect((await recountEvent(db, sale.eventId))?.items).toMatchObject([counted]);
    };
    const inTurn = async () => {
      for (let round = 0; round < rounds / atOnce; ) {
        // Who has bought a lot is looked up for longer: the thousandth sale took three times as long.
        const crowd = await makeCrowd(db, 200);
        for (let n = 0; n < 20 && round < rounds / atOnce; n++, round++) await sellOnce(crowd);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, inTurn));
  }, 300_000);
});
