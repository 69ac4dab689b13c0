/** An event that is taken off the lists while customers hold units of it, as the ledger settles it. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { UserId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { findOverdueEvents } from '../../stores/postgres/due-events.ts';
import { openEvent, unpublishEvent } from '../../stores/postgres/event-controls.ts';
import {
  HOLD_MS,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  type Sale,
  settle,
} from './testing/sales.ts';

let database: Database;
let db: Db;

beforeAll(async () => {
  database = await openMigratedPostgres();
  db = database.db;
}, 60_000);

afterAll(() => database?.close());

function unpublish(sale: Sale, nowMs: number) {
  return unpublishEvent(db, sale.eventId, { actor: 'a test', nowMs });
}

async function twoCustomers(): Promise<[UserId, UserId]> {
  const [one, other] = await makeCustomers(db, 2);
  if (!one || !other) throw new Error('two customers were asked for');
  return [one, other];
}

/** A sale with a hold in it, taken off the lists a millisecond later. */
async function unpublishedSale(more: { key?: string; stock?: number } = {}) {
  const [holder, other] = await twoCustomers();
  const sale = await makeSale(db, [{ stock: more.stock ?? 2, limit: 2 }]);
  const hold = reserve(sale, holder, { key: more.key ?? null });
  expect(outcomes(await settle(sale, [hold]))).toEqual(['pending']);
  await unpublish(sale, NOW_MS + 1);
  return { sale, hold, holder, other };
}

describe('an event that is not published any more', () => {
  it('is not found by whoever reserves, alone or with many, and confirms what is held', async () => {
    const { sale, hold, other } = await unpublishedSale();
    const confirm = { ...hold, kind: 'confirm' as const, atMs: NOW_MS + HOLD_MS - 1 };
    const group = [reserve(sale, other), confirm];
    const settlement = await settle(sale, group, NOW_MS + HOLD_MS - 1);
    expect(outcomes(settlement)).toEqual(['not_found', 'confirmed']);
    expect(settlement).toMatchObject({ published: false, closesAtMs: 0 });
  });

  it('is not found by reservations that came before it was unpublished, nor one by one', async () => {
    const { sale, other } = await unpublishedSale();
    const group = ['a', 'b'].map((key) => reserve(sale, other, { key, atMs: NOW_MS }));
    expect(outcomes(await settle(sale, group, NOW_MS + 2))).toEqual(['not_found', 'not_found']);
  });

  it('cancels what is held', async () => {
    const { sale, hold } = await unpublishedSale();
    const cancel = { ...hold, kind: 'cancel' as const, atMs: NOW_MS + 2 };
    const settlement = await settle(sale, [cancel], NOW_MS + 2);
    expect(outcomes(settlement)).toEqual(['cancelled']);
    expect(settlement.items).toMatchObject([{ remaining: 2, held: 0 }]);
  });

  it('ends due holds, and is overdue no longer', async () => {
    const { sale, hold } = await unpublishedSale();
    const endMs = NOW_MS + HOLD_MS;
    const overdue = () => findOverdueEvents(db, { beforeMs: endMs, limit: 1_000 });
    expect(await overdue()).toContain(sale.eventId);
    const settlement = await settle(sale, [], endMs);
    expect(settlement.items).toMatchObject([{ remaining: 2, held: 0, nextReleaseAtMs: null }]);
    expect(await overdue()).not.toContain(sale.eventId);
    const confirm = { ...hold, kind: 'confirm' as const, atMs: endMs };
    expect(outcomes(await settle(sale, [confirm], endMs + 1))).toEqual(['hold_expired']);
  });

  it('gives an attempt that is sent again its order, and the same key too', async () => {
    const { sale, hold, holder } = await unpublishedSale({ key: 'k' });
    const again = reserve(sale, holder, { key: 'k' });
    const settlement = await settle(sale, [hold, again], NOW_MS + 2);
    expect(settlement.answers).toMatchObject([
      { order: { id: hold.orderId }, replayed: false },
      { order: { id: hold.orderId }, replayed: true },
    ]);
  });

  it('sells again once it is opened', async () => {
    const { sale, other } = await unpublishedSale();
    await openEvent(db, sale.eventId, { actor: 'a test', nowMs: NOW_MS + 5 });
    const settlement = await settle(sale, [reserve(sale, other, { atMs: NOW_MS + 6 })], NOW_MS + 6);
    expect(outcomes(settlement)).toEqual(['pending']);
    expect(settlement.published).toBe(true);
  });
});

it('a draft whose planned start has passed is not found', async () => {
  const sale = await makeSale(db, [{ stock: 2, limit: 2 }]);
  await db.execute(sql`UPDATE events SET published = false WHERE id = ${sale.eventId}`);
  const customers = await makeCustomers(db, 2);
  const group = customers.map((customer) => reserve(sale, customer));
  const settlement = await settle(sale, group);
  expect(outcomes(settlement)).toEqual(['not_found', 'not_found']);
  expect(settlement.items).toMatchObject([{ remaining: 2, held: 0, sold: 0 }]);
});
