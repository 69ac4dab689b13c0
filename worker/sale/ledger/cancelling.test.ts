/** What follows from the cancelling of an event, in batches that are smaller than the event. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { EventId, UserId } from '../../contract/ids.ts';
import type { OutboxPayload } from '../../contract/outbox.ts';
import { nameOfCancelling, readCancelFacts } from '../../stores/postgres/cancel-mail-facts.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { recountEvent } from '../../stores/postgres/events.ts';
import { beginToPay, confirmPaid, makePaidSale } from './testing/payments.ts';
import { enter, makeCustomers, NOW_MS, reserve, type Sale, settle } from './testing/sales.ts';

type Batch = OutboxPayload<'event.cancel'>;

const ORDERS = 5;
const LIMIT = 2;
const BATCHES_MAX = 30;
const AT_MS = NOW_MS + 1_000;

let database: Database;
let db: Db;

beforeAll(async () => {
  database = await openMigratedPostgres();
  db = database.db;
}, 60_000);

afterAll(() => database?.close());

/** Four orders that are paid for, one hold, and two who wait. */
async function makeCancelledSale() {
  const sale = await makePaidSale(db, [{ stock: ORDERS, limit: 1 }]);
  const customers = await makeCustomers(db, ORDERS + 2);
  const holds = customers.slice(0, ORDERS).map((customer) => reserve(sale, customer));
  await settle(sale, holds);
  for (const hold of holds.slice(1)) {
    await settle(sale, [confirmPaid(hold, await beginToPay(db, hold))]);
  }
  await db.execute(sql`
    UPDATE payments SET state = 'captured', captured_minor = amount_minor, ended_at = now()
     WHERE event_id = ${sale.eventId}`);
  await settle(
    sale,
    customers.slice(ORDERS).map((customer) => enter(sale, customer)),
  );
  await cancel(sale, customers[0]);
  return sale;
}

async function cancel({ eventId }: Sale, admin: UserId | undefined): Promise<void> {
  await db.execute(sql`
    UPDATE events SET cancelled_at = to_timestamp(${AT_MS} / 1000.0), cancel_reason = 'Flooded', cancelled_by = ${admin},
           closed_at = to_timestamp(${AT_MS} / 1000.0)
     WHERE id = ${eventId}`);
}

async function work(batch: Batch): Promise<void> {
  await db.execute(sql`
    SELECT cancel_event_batch(${batch.eventId}, ${JSON.stringify(batch)}::jsonb, ${LIMIT}::int, ${AT_MS}::bigint)`);
}

async function batchOf(eventId: EventId, number: number): Promise<Batch | undefined> {
  const { rows } = await db.execute<{ payload: Batch }>(
    sql`SELECT payload FROM outbox WHERE key = ${`cancel/${eventId}/${number}`}`,
  );
  return rows[0]?.payload;
}

/** Whatever a batch may change, so that a second run can be seen to change nothing. */
async function stateOf({ eventId }: Sale): Promise<unknown> {
  const { rows } = await db.execute(sql`
    SELECT (SELECT jsonb_agg(to_jsonb(o) ORDER BY id) FROM orders o WHERE event_id = ${eventId}) AS orders,
           (SELECT jsonb_agg(to_jsonb(i) ORDER BY id) FROM event_items i WHERE event_id = ${eventId}) AS items,
           (SELECT jsonb_agg(to_jsonb(q) ORDER BY id) FROM queue_entries q
             WHERE event_item_id IN (SELECT id FROM event_items WHERE event_id = ${eventId})) AS entries,
           (SELECT to_jsonb(s) FROM event_queues s WHERE event_id = ${eventId}) AS queue,
           (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM payment_refunds r
              JOIN payments p ON p.id = r.payment_id WHERE p.event_id = ${eventId}) AS refunds,
           (SELECT jsonb_agg(key ORDER BY id) FROM outbox) AS outbox`);
  return rows[0];
}

/** All batches, each as often as `times` says. @returns how many orders were ended or given back after each. */
async function workAll(sale: Sale, times: number): Promise<{ stages: string[]; ended: number[] }> {
  const stages: string[] = [];
  const ended: number[] = [];
  let batch: Batch | undefined = { eventId: sale.eventId, number: 0, stage: 'orders', after: null };
  while (batch !== undefined && stages.length < BATCHES_MAX) {
    await work(batch);
    const once = await stateOf(sale);
    for (let time = 1; time < times; time++) await work(batch);
    expect(await stateOf(sale)).toEqual(once);
    stages.push(batch.stage);
    const { rows } = await db.execute<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM orders WHERE event_id = ${sale.eventId}
         AND (status = 'cancelled' OR status = 'confirmed' AND units_returned = quantity)`);
    ended.push(rows[0]?.count ?? 0);
    batch = await batchOf(sale.eventId, batch.number + 1);
  }
  return { stages, ended };
}

it('goes over all orders in batches, and the same batch again changes nothing', async () => {
  const sale = await makeCancelledSale();
  const { stages, ended } = await workAll(sale, 2);
  expect(ended.slice(0, 4)).toEqual([2, 4, 5, 5]);
  expect(stages.join(' ')).toBe('orders orders orders orders entries entries reminders');
  const { rows } = await db.execute(sql`
    SELECT (SELECT count(*)::int FROM payment_refunds r JOIN payments p ON p.id = r.payment_id
             WHERE p.event_id = ${sale.eventId} AND r.amount_minor = 100) AS refunds,
           (SELECT count(*)::int FROM outbox o JOIN payments p ON p.id = o.payment_id
             WHERE p.event_id = ${sale.eventId} AND kind = 'payment.refund') AS asked,
           (SELECT count(*)::int FROM outbox WHERE kind = 'mail.event_cancelled'
               AND payload ->> 'eventId' = ${sale.eventId}) AS told`);
  expect(rows).toEqual([{ refunds: ORDERS - 1, asked: ORDERS - 1, told: ORDERS + 2 }]);
  const recount = await recountEvent(db, sale.eventId);
  expect(recount?.items).toMatchObject([{ remaining: ORDERS, held: 0, sold: 0, ok: true }]);
  expect(recount?.queue.ok).toBe(true);
});

it('an older batch that runs again behind later ones changes nothing', async () => {
  const sale = await makeCancelledSale();
  await workAll(sale, 1);
  const done = await stateOf(sale);
  await work({ eventId: sale.eventId, number: 0, stage: 'orders', after: null });
  await work((await batchOf(sale.eventId, 2)) as Batch);
  expect(await stateOf(sale)).toEqual(done);
});

it('has the mail say what comes back in each currency, and counts all orders', async () => {
  const sale = await makePaidSale(db, [{ stock: 4, limit: 3 }]);
  const [customer, admin] = await makeCustomers(db, 2);
  if (!customer || !admin) throw new Error('two customers were asked for');
  for (const currency of ['EUR', 'EUR', 'JPY']) {
    const hold = reserve(sale, customer);
    await settle(sale, [hold]);
    const paymentId = await beginToPay(db, hold);
    await settle(sale, [confirmPaid(hold, paymentId)]);
    await db.execute(sql`UPDATE orders SET currency = ${currency} WHERE id = ${hold.orderId}`);
    await db.execute(sql`UPDATE payments SET currency = ${currency} WHERE id = ${paymentId}`);
  }
  await cancel(sale, admin);
  await workAll(sale, 1);
  const of = { userId: customer, eventId: sale.eventId };
  expect((await readCancelFacts(db, [of])).get(nameOfCancelling(of))).toMatchObject({
    orders: 3,
    amounts: [
      { currency: 'EUR', amountMinor: 200 },
      { currency: 'JPY', amountMinor: 100 },
    ],
  });
});
