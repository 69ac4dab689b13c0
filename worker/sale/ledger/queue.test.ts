/** The ledger where people wait: who is served, in which order, and who is kept from passing them. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { eventIdOf, offerOrderId, type UserId } from '../../contract/ids.ts';
import { LIMITS } from '../../contract/values.ts';
import type { Db } from '../../stores/postgres/client.ts';
import type { EnterAttempt, StampedAttempt } from '../rules/attempts.ts';
import {
  cancel,
  confirm,
  enter,
  HOLD_MS,
  leave,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  type Sale,
  settle,
} from './testing/sales.ts';

const OFFER_MS = 600_000;
const AFTER_MS = NOW_MS + HOLD_MS;

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('a queue on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database?.close());

  /** A sale of so many units, all held, and those who wait for them. */
  async function soldOut(stock: number, wishes: Partial<EnterAttempt>[], limit = 9) {
    const sale = await makeSale(db, [{ stock, limit }]);
    const [holder, ...waiting] = await makeCustomers(db, wishes.length + 1);
    if (holder === undefined) throw new Error('nobody holds');
    const hold = reserve(sale, holder, { quantity: stock });
    await settle(sale, [hold]);
    const entries = waiting.map((customer, n) => enter(sale, customer, wishes[n]));
    await settle(sale, entries);
    return { sale, hold, waiting, entries };
  }

  /** What became of each entry, and how many units it was offered. */
  async function standing(sale: Sale): Promise<string[]> {
    const { rows } = await db.execute<{ what: string }>(sql`
      SELECT concat_ws(' ', e.status, e.reason, o.quantity, e.free_found) AS what
        FROM queue_entries e LEFT JOIN orders o ON o.id = e.order_id AND o.entry_id = e.id
       WHERE e.event_id = ${sale.eventId} ORDER BY e.seq`);
    return rows.map(({ what }) => what);
  }

  /** The counters of the first item, beside what its entries say. */
  async function counted(sale: Sale) {
    const { rows } = await db.execute<{ told: number[]; counted: number[] }>(sql`
      SELECT jsonb_build_array(i.queue_waiting, i.queue_waiting_units, i.queue_served_rank,
                               i.queue_offers) AS told,
             (SELECT jsonb_build_array(
                count(*) FILTER (WHERE status = 'waiting'),
                coalesce(sum(quantity) FILTER (WHERE status = 'waiting'), 0),
                coalesce(max(rank) FILTER (WHERE status = 'offered'), 0),
                count(*) FILTER (WHERE status = 'offered'))
                FROM queue_entries e WHERE e.event_item_id = i.id) AS counted
        FROM event_items i WHERE i.id = ${sale.items[0] ?? ''}`);
    expect(rows[0]?.told).toEqual(rows[0]?.counted);
    return rows[0]?.told;
  }

  it('takes nobody while units are free, and everybody once they have gone', async () => {
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const [first, second, third] = await makeCustomers(db, 3);
    if (!first || !second || !third) throw new Error('too few customers');
    expect(outcomes(await settle(sale, [enter(sale, first)]))).toEqual(['stock_available']);
    const settlement = await settle(sale, [
      enter(sale, third),
      reserve(sale, first),
      enter(sale, second),
    ]);
    expect(outcomes(settlement)).toEqual(['waiting', 'pending', 'waiting']);
    expect(settlement.answers[2]).toMatchObject({
      entry: { seq: 2, rank: 2, quantity: 1, minQuantity: 1, status: 'waiting', orderId: null },
      ahead: { entries: 1, units: 1 },
      replayed: false,
    });
    expect(settlement.items[0]?.queue).toEqual({
      waiting: 2,
      waitingUnits: 2,
      servedRank: 0,
      offers: 0,
    });
    await counted(sale);
  });

  it('gives a unit that comes back to who waits first, whoever asks beside them', async () => {
    const { sale, hold, waiting, entries } = await soldOut(1, [{}, {}]);
    const [other] = await makeCustomers(db, 1);
    if (!other) throw new Error('nobody');
    const settlement = await settle(sale, [reserve(sale, other), cancel(hold)]);
    expect(outcomes(settlement)).toEqual(['sold_out', 'cancelled']);
    const [first] = entries;
    if (first?.kind !== 'enter') throw new Error('no entry');
    expect(settlement.unaskedOrders).toEqual([
      {
        customerId: waiting[0],
        order: {
          id: offerOrderId(first.entryId, NOW_MS),
          eventId: sale.eventId,
          eventItemId: sale.items[0],
          status: 'pending',
          quantity: 1,
          unitPriceCents: 100,
          variantLabel: null,
          currency: 'EUR',
          reservedAtMs: NOW_MS,
          expiresAtMs: NOW_MS + OFFER_MS,
          entryId: first.entryId,
          payOnline: false,
          payment: null,
          unitsReturned: 0,
        },
      },
    ]);
    expect(await standing(sale)).toEqual(['offered 1 1', 'waiting']);
    expect(await counted(sale)).toEqual([1, 1, 1, 1]);
    const { rows } = await db.execute(sql`
      SELECT id, customer_id AS customer, quantity, made_in IS NOT NULL AS numbered
        FROM orders WHERE entry_id = ${first.entryId}`);
    expect(rows).toEqual([
      {
        id: offerOrderId(first.entryId, NOW_MS),
        customer: waiting[0],
        quantity: 1,
        numbered: true,
      },
    ]);
  });

  it('makes no second offer where a group is sent again', async () => {
    const { sale, hold } = await soldOut(2, [{}, {}, {}]);
    const group = [cancel(hold)];
    await settle(sale, group);
    const again = await settle(sale, group);
    expect(again.unaskedOrders).toEqual([]);
    expect(await standing(sale)).toEqual(['offered 1 2', 'offered 1 1', 'waiting']);
  });

  it('offers less than was wished for, never less than the minimum', async () => {
    const wishes = [{ quantity: 5, minQuantity: 4 }, { quantity: 5, minQuantity: 2 }, {}];
    const { sale, hold } = await soldOut(3, wishes);
    await settle(sale, [cancel(hold)]);
    expect(await standing(sale)).toEqual(['waiting', 'offered 3 3', 'waiting']);
    expect(await counted(sale)).toEqual([2, 6, 2, 1]);
  });

  it('lets a smaller wish pass where the minimum of the first is not free', async () => {
    const { sale, hold } = await soldOut(2, [{ quantity: 3, minQuantity: 3 }, {}, {}]);
    await settle(sale, [cancel(hold)]);
    expect(await standing(sale)).toEqual(['waiting', 'offered 1 2', 'offered 1 1']);
  });

  it('sells what nobody who waits can be served with', async () => {
    const { sale, hold } = await soldOut(2, [{ quantity: 3, minQuantity: 3 }]);
    const [other] = await makeCustomers(db, 1);
    if (!other) throw new Error('nobody');
    expect(outcomes(await settle(sale, [cancel(hold), reserve(sale, other)]))).toEqual([
      'cancelled',
      'pending',
    ]);
  });

  it('serves before a confirmation that comes too late for its hold', async () => {
    const { sale, hold } = await soldOut(1, [{}]);
    const late = await settle(sale, [confirm(hold, AFTER_MS)], AFTER_MS);
    expect(outcomes(late)).toEqual(['hold_expired']);
    expect(await standing(sale)).toEqual(['offered 1 1']);
  });

  it('keeps a hold whose confirmation came in time', async () => {
    const { sale, hold } = await soldOut(1, [{}]);
    const inTime = await settle(sale, [confirm(hold, AFTER_MS - 1)], AFTER_MS + 5_000);
    expect(outcomes(inTime)).toEqual(['confirmed']);
    expect(await standing(sale)).toEqual(['waiting']);
  });

  it('gives the same entry again while it waits or its offer is pending', async () => {
    const { sale, hold, waiting, entries } = await soldOut(1, [{}]);
    const [customer] = waiting;
    if (!customer) throw new Error('nobody');
    const again = enter(sale, customer, { quantity: 3 });
    const [first] = (await settle(sale, [again])).answers;
    expect(first).toMatchObject({ entry: { quantity: 1, seq: 1 }, replayed: true });
    await settle(sale, [cancel(hold)]);
    const [offered] = (await settle(sale, [enter(sale, customer)])).answers;
    expect(offered).toMatchObject({ entry: { status: 'offered', seq: 1 }, replayed: true });
    const [resent] = (await settle(sale, entries)).answers;
    expect(resent).toMatchObject({ entry: { status: 'offered' }, replayed: false });
  });

  it('lets an entry leave, and gives an offer back that its customer leaves', async () => {
    const { sale, hold, entries } = await soldOut(1, [{}, {}, {}]);
    const [first, second] = entries;
    if (!first || !second) throw new Error('too few entries');
    expect(outcomes(await settle(sale, [leave(first), leave(first), cancel(hold)]))).toEqual([
      'left',
      'left',
      'cancelled',
    ]);
    expect(await standing(sale)).toEqual(['left', 'offered 1 1', 'waiting']);
    expect(outcomes(await settle(sale, [leave(second)]))).toEqual(['offered']);
    expect(await standing(sale)).toEqual(['left', 'offered 1 1', 'offered 1 1']);
    expect(await counted(sale)).toEqual([0, 0, 3, 2]);
  });

  it('skips whom it cannot serve, with the reason', async () => {
    const { sale, hold, waiting } = await soldOut(2, [{ quantity: 2, minQuantity: 2 }, {}, {}], 2);
    const [inactive] = waiting;
    await db.execute(sql`UPDATE users SET active = false WHERE id = ${inactive ?? ''}`);
    await settle(sale, [cancel(hold)]);
    expect(await standing(sale)).toEqual(['skipped deactivated', 'offered 1 2', 'offered 1 1']);
  });

  it('leaves whom the free units do not reach as they are, whatever there is against them', async () => {
    const wishes = [{ quantity: 2 }, { quantity: 2, minQuantity: 2 }];
    const { sale, hold, waiting } = await soldOut(3, wishes);
    await db.execute(sql`UPDATE users SET active = false WHERE id = ${waiting[1] ?? ''}`);
    await settle(sale, [cancel(hold)]);
    expect(await standing(sale)).toEqual(['offered 2 3', 'waiting']);
  });

  it.each([
    [true, false],
    [false, true],
  ])('counts limits of mailboxes and of customers after one another: %s, %s', async (...all) => {
    for (const oneLimitPerMailbox of all) {
      const sale = await makeSale(db, [{ stock: 1, limit: 1 }], { oneLimitPerMailbox });
      const [holder, customer] = await makeCustomers(db, 2);
      if (!holder || !customer) throw new Error('too few customers');
      await settle(sale, [reserve(sale, holder)]);
      const entered = await settle(sale, [enter(sale, holder), enter(sale, customer)]);
      expect(outcomes(entered)).toEqual(['limit_reached', 'waiting']);
    }
  });

  it('counts the limit when it serves, over all that the customer has by then', async () => {
    const sale = await makeSale(db, [{ stock: 1, limit: 2, sizes: 2 }]);
    const [holder, customer] = await makeCustomers(db, 2);
    if (!holder || !customer) throw new Error('too few customers');
    const [small, large] = sale.items;
    if (!small || !large) throw new Error('there are no sizes');
    const holds = [small, large].map((eventItemId) => reserve(sale, holder, { eventItemId }));
    await settle(sale, holds);
    const wishes = { quantity: 2, minQuantity: 1 };
    const both = [small, large].map((eventItemId) =>
      enter(sale, customer, { ...wishes, eventItemId }),
    );
    expect(outcomes(await settle(sale, both))).toEqual(['waiting', 'waiting']);
    await settle(
      sale,
      holds.map((hold) => cancel(hold)),
    );
    expect(await standing(sale)).toEqual(['offered 1 1', 'offered 1 1']);
  });

  it('refuses whoever could not be served, whoever is too late, and whoever comes too often', async () => {
    const { sale, hold, waiting } = await soldOut(2, [{}], 2);
    const [customer] = waiting;
    if (!customer) throw new Error('nobody');
    const greedy = enter(sale, hold.customerId);
    expect((await settle(sale, [greedy])).answers[0]).toEqual({
      refusal: 'limit_reached',
      limit: 2,
      held: 2,
      bought: 0,
    });
    const late = enter(sale, hold.customerId, { atMs: NOW_MS + 3_600_000 });
    expect(outcomes(await settle(sale, [late]))).toEqual(['closed']);
    for (let times = 1; times < LIMITS.queueEntriesPerDayMax; times++) {
      const [, entry] = await leaveAndEnter(sale, customer);
      expect(entry).toBe('waiting');
    }
    const { answers } = await settle(sale, await leaveAndEnterAttempts(sale, customer));
    expect(answers[1]).toMatchObject({ refusal: 'rate_limited', retryAfterMs: 86_400_000 });
  });

  it('takes as many entries as an event may have, and no more', async () => {
    const { sale, waiting } = await soldOut(1, [{}]);
    const others = await makeCustomers(db, 2);
    await db.execute(sql`UPDATE event_queues SET last_seq = ${LIMITS.queueEntriesPerEventMax - 1}::int
                          WHERE event_id = ${sale.eventId}`);
    const last = await settle(
      sale,
      others.map((customer) => enter(sale, customer)),
    );
    expect(outcomes(last)).toEqual(['waiting', 'queue_full']);
    const again = waiting.map((customer) => enter(sale, customer));
    expect(outcomes(await settle(sale, again))).toEqual(['waiting']);
  });

  async function leaveAndEnterAttempts(sale: Sale, customer: UserId) {
    const { rows } = await db.execute<{ id: string }>(sql`
      SELECT id FROM queue_entries WHERE customer_id = ${customer} AND status = 'waiting'`);
    const entry = enter(sale, customer);
    return [leave({ ...entry, entryId: rows[0]?.id as typeof entry.entryId }), entry];
  }

  async function leaveAndEnter(sale: Sale, customer: UserId) {
    return outcomes(await settle(sale, await leaveAndEnterAttempts(sale, customer)));
  }

  it('offers nothing once the sale is over, and goes on where it is opened again', async () => {
    const { sale, hold } = await soldOut(1, [{}]);
    await db.execute(sql`UPDATE events SET closed_at = ${new Date(NOW_MS).toISOString()}::timestamptz
                          WHERE id = ${sale.eventId}`);
    await settle(sale, [cancel(hold)]);
    expect(await standing(sale)).toEqual(['waiting']);
    await db.execute(sql`UPDATE events SET closed_at = NULL WHERE id = ${sale.eventId}`);
    await settle(sale, []);
    expect(await standing(sale)).toEqual(['offered 1 1']);
  });

  it('ends an offer in the end of the sale at the latest a hold later', async () => {
    const endsMs = NOW_MS + 3_600_000;
    const { sale, hold } = await soldOut(1, [{}]);
    await settle(sale, [cancel(hold, endsMs - 1_000)], endsMs - 1_000);
    const { rows } = await db.execute<{ ends: string }>(sql`
      SELECT epoch_ms(expires_at)::text AS ends FROM orders
       WHERE event_id = ${sale.eventId} AND entry_id IS NOT NULL`);
    expect(rows).toEqual([{ ends: String(endsMs + HOLD_MS) }]);
  });

  it('never lets its clock go back', async () => {
    const { sale, hold } = await soldOut(1, [{}]);
    await settle(sale, [], NOW_MS + 5_000);
    const settlement = await settle(sale, [cancel(hold)]);
    expect(settlement.unaskedOrders[0]?.order.reservedAtMs).toBe(NOW_MS + 5_000);
  });

  it('goes by the clock of the sale also where the database, in which stock is added, is ahead', async () => {
    const startMs = Date.UTC(2020, 0, 1);
    const times = {
      startsAt: new Date(startMs).toISOString(),
      endsAt: new Date(startMs + 3_600_000).toISOString(),
    };
    const sale = await makeSale(db, [{ stock: 0, limit: 1 }], times);
    const [customer] = await makeCustomers(db, 1);
    if (!customer) throw new Error('nobody');
    await settle(sale, [enter(sale, customer, { atMs: startMs })], startMs);
    await db.execute(sql`UPDATE event_items SET stock_total = 1, stock_remaining = 1
                          WHERE event_id = ${sale.eventId}`);
    const { unaskedOrders } = await settle(sale, [], startMs + 1);
    expect(unaskedOrders).toMatchObject([{ order: { reservedAtMs: startMs + 1 } }]);
  });

  it('does not fail a group for a wish that an object of the version before did not give an id', async () => {
    const { sale, hold } = await soldOut(1, []);
    const [customer] = await makeCustomers(db, 1);
    if (!customer) throw new Error('nobody');
    const { entryId: _, ...unstamped } = enter(sale, customer);
    const group = [unstamped as StampedAttempt, confirm(hold)];
    expect(outcomes(await settle(sale, group))).toEqual(['not_found', 'confirmed']);
  });

  it('tells when a hold ends that was granted beside the first who waits, by a clock that is behind', async () => {
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const [first, second] = await makeCustomers(db, 2);
    if (!first || !second) throw new Error('too few customers');
    await settle(sale, [enter(sale, first)], NOW_MS + 5_000);
    const hold = reserve(sale, first);
    const told = await settle(sale, [hold, enter(sale, second)]);
    expect(outcomes(told)).toEqual(['pending', 'waiting']);
    expect(told.answers[0]).toEqual((await settle(sale, [hold])).answers[0]);
  });

  it('tells viewers of a queue only where there is one', async () => {
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const settlement = await settle(sale, []);
    expect(settlement).not.toHaveProperty('queue');
    expect(settlement.items[0]).not.toHaveProperty('queue');
    expect(settlement.waitlist).toBe(true);
  });

  it('names the event in the ids of entries and offers', async () => {
    const { sale, entries } = await soldOut(1, [{}]);
    expect(entries.map(({ entryId }) => eventIdOf(entryId))).toEqual([sale.eventId]);
  });
});
