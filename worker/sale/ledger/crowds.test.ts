import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { UserId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { recountEvent } from '../../stores/postgres/events.ts';
import type { StampedAttempt } from '../rules/attempts.ts';
import {
  makeCancelledOrders,
  makeCrowd,
  makeItems,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  type Sale,
  settle,
} from './testing/sales.ts';
import { readSettlement, type WireSettlement } from './wire.ts';

/** Settles a group of one. @returns what it cost in reads of the orders, too. */
async function settleCounted({ db, eventId }: Sale, attempt: StampedAttempt) {
  const group = { eventId, attempts: [attempt], nowMs: NOW_MS };
  // Counts of a connection, which a batch does not leave.
  const reads = sql`SELECT seq_scan::int AS whole, idx_tup_fetch::int AS rows
                      FROM pg_stat_xact_user_tables WHERE relname = 'orders'`;
  const [before, settled, after] = await db.batch([
    db.execute<{ whole: number; rows: number }>(reads),
    db.execute<{ settlement: WireSettlement }>(
      sql`SELECT settle_group(${eventId}, ${NOW_MS}::bigint, ${JSON.stringify(group.attempts)}::jsonb)
            AS settlement`,
    ),
    db.execute<{ whole: number; rows: number }>(reads),
  ]);
  const [first] = before.rows;
  const [last] = after.rows;
  const [row] = settled.rows;
  if (!first || !last || !row) throw new Error('a row of each was asked for');
  return {
    outcome: outcomes(readSettlement(row.settlement, group))[0],
    wholeReads: last.whole - first.whole,
    rowsRead: last.rows - first.rows,
  };
}

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
      const sale = await makeSale(db, [{ stock: 100, limit: 1 }], { catalogue });
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

  it("reads nobody else's orders for a customer who has a thousand", async () => {
    const [customer, other] = await makeCrowd(db, 2);
    if (!customer || !other) throw new Error('two customers were asked for');
    const earlier = await makeSale(db, [{ stock: 1, limit: 1 }]);
    await makeCancelledOrders(earlier, customer, 1_000);
    await makeCancelledOrders(earlier, other, 3_000);
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const hold = reserve(sale, customer, { key: 'a key' });
    const groups: [StampedAttempt, string][] = [
      [hold, 'pending'],
      [hold, 'pending'],
      [{ ...hold, kind: 'confirm', key: 'another' }, 'confirmed'],
      [reserve(sale, customer, { key: 'a third' }), 'limit_reached'],
    ];
    for (const [attempt, outcome] of groups) {
      const { rowsRead, ...settled } = await settleCounted(sale, attempt);
      expect(settled).toEqual({ outcome, wholeReads: 0 });
      expect(rowsRead).toBeLessThan(1_020);
    }
  });
});
