/** Proves that the recount of the queue's laws finds what breaks each of them. */
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../local/testing/migrated-database.ts';
import type { EventItemId } from '../../worker/contract/ids.ts';
import {
  enter,
  makeCustomers,
  makeSale,
  NOW_MS,
  reserve,
  settle,
} from '../../worker/sale/ledger/testing/sales.ts';
import { brokenLaws, wronglyRanked } from './queue-laws.ts';

let database: MigratedPostgres;
let client: pg.Client;
let id: EventItemId;

beforeAll(async () => {
  database = await openMigratedPostgres();
  client = await database.connect();
});
afterAll(() => database?.close());

/** Two units that came back were offered to the first two of three who wait. */
beforeEach(async () => {
  const sale = await makeSale(database.db, [{ stock: 2, limit: 2 }]);
  const [buyer, ...others] = await makeCustomers(database.db, 4);
  if (buyer === undefined || sale.items[0] === undefined) throw new Error('there is no sale');
  [id] = [sale.items[0]];
  const bought = reserve(sale, buyer, { quantity: 2 });
  await settle(sale, [bought]);
  await settle(
    sale,
    others.map((customer) => enter(sale, customer)),
  );
  const { orderId, customerId } = bought;
  await settle(sale, [
    { kind: 'cancel', orderId, customerId, sessionEpoch: 0, key: null, atMs: NOW_MS + 1 },
  ]);
});

const laws = async () => (await brokenLaws(client, id)).map(({ law }) => law);
const OF_SECOND = 'event_item_id = $1 AND seq = 2';

describe('the recount', () => {
  it('finds nothing where the laws hold', async () => {
    expect(await laws()).toEqual([]);
  });

  it.each([
    [
      'somebody was offered a unit while a lower rank could have been',
      'UPDATE queue_entries SET rank = 9 - rank WHERE event_item_id = $1',
    ],
    [
      'a unit went to somebody who did not wait',
      'UPDATE orders SET entry_id = NULL, made_in = 2 WHERE event_item_id = $1',
    ],
    [
      'an entry and its offer do not agree',
      `UPDATE queue_entries SET min_quantity = 2, quantity = 2 WHERE ${OF_SECOND}`,
    ],
    [
      'an offer was made before the opening or the draw, or after the close',
      `UPDATE orders SET reserved_at = reserved_at - interval '1 day'
        WHERE event_item_id = $1 AND entry_id IS NOT NULL`,
    ],
    [
      'a unit is free while somebody waits who could have it',
      'UPDATE event_items SET stock_total = 3, stock_remaining = 1 WHERE id = $1',
    ],
    [
      'somebody was skipped without a reason, or left by themselves',
      `UPDATE queue_entries SET status = 'left', order_id = NULL WHERE ${OF_SECOND}`,
    ],
    [
      'an offer has no mail, or more than one',
      `DELETE FROM outbox WHERE key IN
         (SELECT 'your_turn/' || id FROM queue_entries WHERE event_item_id = $1)`,
    ],
    ['the counts of the queue are wrong', 'UPDATE event_items SET queue_waiting = 2 WHERE id = $1'],
  ])('finds that %s', async (law, breach) => {
    await client.query(breach, [id]);
    expect(await laws()).toContain(law);
  });

  it('finds an entry that was offered twice', async () => {
    await client.query('BEGIN');
    try {
      await client.query('DROP INDEX orders_entry');
      await client.query(
        `UPDATE orders SET entry_id = (SELECT id FROM queue_entries WHERE ${OF_SECOND})
          WHERE event_item_id = $1 AND entry_id IS NOT NULL`,
        [id],
      );
      expect(await laws()).toContain('an entry was offered twice');
    } finally {
      await client.query('ROLLBACK');
    }
  });

  it('finds ranks that are not those of the scores', async () => {
    await client.query(
      `INSERT INTO draws (event_id, locked_at, locked_in, entry_count, seed, drawn_at)
       SELECT event_id, now(), 1, 3, repeat('00', 32), now() FROM event_items WHERE id = $1`,
      [id],
    );
    await client.query(
      `UPDATE queue_entries q SET rank = s.rank
         FROM (SELECT id, row_number() OVER (ORDER BY id) AS rank FROM queue_entries
                WHERE event_item_id = $1) s WHERE s.id = q.id`,
      [id],
    );
    const byId = (await wronglyRanked(client, id)).length;
    await client.query('UPDATE queue_entries SET rank = 4 - rank WHERE event_item_id = $1', [id]);
    const reversed = (await wronglyRanked(client, id)).length;
    expect(byId + reversed).toBeGreaterThan(0);
  });
});
