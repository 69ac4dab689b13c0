/** Orders that are paid online: what confirms them, and what becomes of each payment. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { beginToPay, confirmPaid, makePaidSale, paymentRows } from './testing/payments.ts';
import {
  cancel,
  confirm,
  enter,
  HOLD_MS,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  type Sale,
  settle,
} from './testing/sales.ts';

/** Long after every hold and its grace. */
const LATE_MS = NOW_MS + 60_000;

/** What a paid confirm of a hold is answered. */
async function outcomeOf(sale: Sale, ...of: Parameters<typeof confirmPaid>) {
  const [, , atMs = NOW_MS] = of;
  const [outcome] = outcomes(await settle(sale, [confirmPaid(...of)], atMs));
  return outcome;
}

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('payments on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  }, 60_000);

  afterAll(() => database?.close());

  /** A sale of so many units with a hold of one unit for each customer. */
  async function held(stock: number, customers = 1) {
    const sale = await makePaidSale(db, [{ stock, limit: 2 }]);
    const ids = await makeCustomers(db, customers);
    const holds = ids.map((id) => reserve(sale, id));
    await settle(sale, holds);
    const [hold] = holds;
    if (hold === undefined) throw new Error('a hold was asked for');
    return { sale, hold, holds };
  }

  it('an order that costs something is paid online where its event is', async () => {
    const { sale, hold } = await held(2);
    const [answer] = (await settle(sale, [hold])).answers;
    const expected = { payOnline: true, payment: null, unitsReturned: 0, status: 'pending' };
    expect(answer).toMatchObject({ order: expected });
    await db.execute(sql`UPDATE event_items SET price_cents = 0, price_minor = 0
                          WHERE event_id = ${sale.eventId}`);
    const free = reserve(sale, hold.customerId, { key: 'free' });
    const [granted] = (await settle(sale, [free])).answers;
    expect(granted).toMatchObject({ order: { payOnline: false } });
    expect(outcomes(await settle(sale, [confirm(free)]))).toEqual(['confirmed']);
  });

  it('what is granted together, in turn and by the queue is paid alike', async () => {
    const sale = await makePaidSale(db, [{ stock: 2, limit: 1 }]);
    const [a, b, c] = await makeCustomers(db, 3);
    if (!a || !b || !c) throw new Error('three customers were asked for');
    const [first, second] = [reserve(sale, a), reserve(sale, b)];
    await settle(sale, [first]);
    await settle(sale, [second, reserve(sale, a, { key: 'more' }), enter(sale, c)]);
    const { unaskedOrders } = await settle(sale, [cancel(first)]);
    expect(unaskedOrders).toMatchObject([{ order: { payOnline: true, payment: null } }]);
    const { rows } = await db.execute(sql`
      SELECT DISTINCT pay_online, paying FROM orders WHERE event_id = ${sale.eventId}`);
    expect(rows).toEqual([{ pay_online: true, paying: false }]);
  });

  it('its customer does not confirm it', async () => {
    const { sale, hold } = await held(1);
    expect(outcomes(await settle(sale, [confirm(hold)]))).toEqual(['payment_required']);
    await beginToPay(db, hold);
    expect(outcomes(await settle(sale, [confirm(hold)]))).toEqual(['payment_required']);
    const lateMs = NOW_MS + HOLD_MS;
    expect(outcomes(await settle(sale, [confirm(hold, lateMs)], lateMs))).toEqual(['hold_expired']);
  });

  it('a payment that is authorised confirms it, once, and is captured', async () => {
    const { sale, hold } = await held(1);
    const paymentId = await beginToPay(db, hold);
    const settlement = await settle(sale, [confirmPaid(hold, paymentId)]);
    const payment = { status: 'authorised', amountCents: 100, refundedCents: 0 };
    const order = { status: 'confirmed', payOnline: true, payment };
    expect(settlement).toMatchObject({
      hasPaymentRows: true,
      answers: [{ order, replayed: false }],
      items: [{ remaining: 0, held: 0, sold: 1 }],
    });
    expect(await paymentRows(db, hold)).toEqual(['capture/1']);
    await db.execute(sql`UPDATE payments SET state = 'captured', captured_minor = 100, ended_at = now()
                          WHERE id = ${paymentId}`);
    const again = await settle(sale, [confirmPaid(hold, paymentId), confirmPaid(hold, paymentId)]);
    const replay = {
      order: { ...order, payment: { ...payment, status: 'captured' } },
      replayed: true,
    };
    expect(again.hasPaymentRows).toBeUndefined();
    expect(again).toMatchObject({ answers: [replay, replay] });
    expect(again.items).toMatchObject([{ sold: 1 }]);
    expect(await paymentRows(db, hold)).toEqual(['capture/1']);
    const { rows } = await db.execute(sql`
      SELECT count(*)::int AS mails FROM outbox WHERE key = ${`order_confirmed/${hold.orderId}`}`);
    expect(rows).toEqual([{ mails: 1 }]);
  });

  it('two payment pages open, both succeed: the first counts, the second is released', async () => {
    const { sale, hold } = await held(1);
    const first = await beginToPay(db, hold);
    const second = await beginToPay(db, hold);
    const third = await beginToPay(db, hold, { state: 'open' });
    await beginToPay(db, hold, { state: 'released' });
    const group = [first, second, third].map((id) => confirmPaid(hold, id));
    const settlement = await settle(sale, group);
    expect(outcomes(settlement)).toEqual(['confirmed', 'order_confirmed', 'order_confirmed']);
    expect(settlement.items).toMatchObject([{ sold: 1 }]);
    const rows = ['capture/1', 'release/2', 'release/3', 'release/2/refused'];
    expect(await paymentRows(db, hold)).toEqual(rows);
  });

  it.each([
    ['open', { state: 'open' as const }, []],
    ['released', { state: 'released' as const }, []],
    ['over less than the total', { amountMinor: 99 }, ['release/1/refused']],
    ['over more than the total', { amountMinor: 200 }, ['release/1/refused']],
    ['in another currency', { currency: 'USD' }, ['release/1/refused']],
    [
      'taken at once, over less',
      { state: 'captured' as const, amountMinor: 99 },
      ['release/1/refused'],
    ],
  ])('a payment that is %s confirms nothing', async (_what, fields, rows) => {
    const { sale, hold } = await held(1);
    const paymentId = await beginToPay(db, hold, fields);
    expect(await outcomeOf(sale, hold, paymentId)).toBe('payment_required');
    expect(await paymentRows(db, hold)).toEqual(rows);
  });

  it('a payment that was taken at once confirms its order, and is not captured again', async () => {
    const { sale, hold } = await held(1);
    const paymentId = await beginToPay(db, hold, { state: 'captured' });
    expect(await outcomeOf(sale, hold, paymentId)).toBe('confirmed');
    expect(await paymentRows(db, hold)).toEqual([]);
  });

  it('a payment of which anything was to go back confirms nothing', async () => {
    const { sale, hold } = await held(1);
    const paymentId = await beginToPay(db, hold, { state: 'captured' });
    await db.execute(sql`
      INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, state, created_at, ended_at)
      VALUES (${`ref_${paymentId}`}, ${paymentId}, ${hold.orderId}, 100, 'EUR', 'a test', 'failed', now(), now())`);
    expect(await outcomeOf(sale, hold, paymentId)).toBe('payment_required');
    expect(await paymentRows(db, hold)).toEqual(['release/1/refused']);
  });

  it('a payment of another order confirms nothing', async () => {
    const { sale, holds } = await held(2, 2);
    const [mine, other] = holds;
    if (!mine || !other) throw new Error('two holds were asked for');
    const paymentId = await beginToPay(db, other);
    await beginToPay(db, mine);
    expect(await outcomeOf(sale, mine, paymentId)).toBe('payment_required');
    expect(await outcomeOf(sale, { ...mine, customerId: other.customerId }, paymentId)).toBe(
      'not_found',
    );
    expect(await outcomeOf(sale, other, paymentId)).toBe('confirmed');
  });

  it('neither a new session nor a new login matters, but deactivation does', async () => {
    const { sale, holds } = await held(2, 2);
    const [epoch, inactive] = holds;
    if (!epoch || !inactive) throw new Error('two holds were asked for');
    await db.execute(sql`UPDATE users SET session_epoch = 7 WHERE id = ${epoch.customerId}`);
    await db.execute(sql`UPDATE users SET active = false WHERE id = ${inactive.customerId}`);
    expect(await outcomeOf(sale, epoch, await beginToPay(db, epoch))).toBe('confirmed');
    expect(await outcomeOf(sale, inactive, await beginToPay(db, inactive))).toBe('unauthenticated');
    expect(await paymentRows(db, inactive)).toEqual(['release/1/refused']);
  });

  it('after a cancellation the payment is released', async () => {
    const { sale, hold } = await held(1);
    await settle(sale, [cancel(hold)]);
    expect(await outcomeOf(sale, hold, await beginToPay(db, hold))).toBe('order_cancelled');
    expect(await paymentRows(db, hold)).toEqual(['release/1/refused']);
  });

  it('hold expired, unit still free; payment succeeds: the unit is taken again', async () => {
    const { sale, hold } = await held(1);
    await settle(sale, [], LATE_MS);
    const paymentId = await beginToPay(db, hold);
    const settlement = await settle(sale, [confirmPaid(hold, paymentId, LATE_MS)], LATE_MS);
    expect(outcomes(settlement)).toEqual(['confirmed']);
    expect(settlement.items).toMatchObject([{ remaining: 0, held: 0, sold: 1 }]);
    expect(await paymentRows(db, hold)).toEqual(['capture/1']);
  });

  it('hold expired, unit sold to another; payment succeeds: it is released', async () => {
    const { sale, hold } = await held(1);
    await settle(sale, [], LATE_MS);
    const [rival] = await makeCustomers(db, 1);
    if (!rival) throw new Error('a customer was asked for');
    await settle(sale, [reserve(sale, rival, { atMs: LATE_MS })], LATE_MS);
    const paymentId = await beginToPay(db, hold);
    expect(await outcomeOf(sale, hold, paymentId, LATE_MS)).toBe('hold_expired');
    expect(await outcomeOf(sale, hold, paymentId, LATE_MS)).toBe('hold_expired');
    expect(await paymentRows(db, hold)).toEqual(['release/1/refused']);
  });

  it('hold expired, somebody waits for the unit: they get it, the payment is released', async () => {
    const { sale, hold } = await held(1);
    const [waiting] = await makeCustomers(db, 1);
    if (!waiting) throw new Error('a customer was asked for');
    await settle(sale, [enter(sale, waiting)]);
    await settle(sale, []);
    const paymentId = await beginToPay(db, hold);
    const settlement = await settle(sale, [confirmPaid(hold, paymentId, LATE_MS)], LATE_MS);
    expect(outcomes(settlement)).toEqual(['hold_expired']);
    expect(settlement.unaskedOrders).toMatchObject([{ customerId: waiting }]);
    expect(await paymentRows(db, hold)).toEqual(['release/1', 'release/1/refused']);
  });

  it('hold expired, the limit used up meanwhile: the payment is released', async () => {
    const { sale, hold } = await held(5);
    await settle(sale, [], LATE_MS);
    await settle(
      sale,
      [reserve(sale, hold.customerId, { atMs: LATE_MS, key: 'k', quantity: 2 })],
      LATE_MS,
    );
    expect(await outcomeOf(sale, hold, await beginToPay(db, hold), LATE_MS)).toBe('hold_expired');
    expect(await paymentRows(db, hold)).toEqual(['release/1/refused']);
  });

  it('a row that ended is due again when its payment is refused once more', async () => {
    const { sale, hold } = await held(1);
    await settle(sale, [cancel(hold)]);
    const paymentId = await beginToPay(db, hold);
    await outcomeOf(sale, hold, paymentId);
    await db.execute(sql`UPDATE outbox SET outcome = 'given_up', ended_at = now(), payload = NULL, tries = 9
                          WHERE payment_id = ${paymentId}`);
    expect(await paymentRows(db, hold)).toEqual([]);
    await outcomeOf(sale, hold, paymentId);
    expect(await paymentRows(db, hold)).toEqual(['release/1/refused']);
  });

  it('an order that is not paid online is confirmed as ever', async () => {
    const sale = await makeSale(db, [{ stock: 1, limit: 1 }]);
    const [customer] = await makeCustomers(db, 1);
    if (!customer) throw new Error('a customer was asked for');
    const hold = reserve(sale, customer);
    const settlement = await settle(sale, [hold]);
    expect(settlement).toMatchObject({ answers: [{ order: { payOnline: false } }] });
    const confirmed = await settle(sale, [confirm(hold)]);
    expect(confirmed.hasPaymentRows).toBeUndefined();
    expect(confirmed).toMatchObject({
      answers: [{ order: { status: 'confirmed', payment: null } }],
    });
  });
});
