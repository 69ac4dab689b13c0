/** Money that is on its way when its event is cancelled, at a provider that keeps its own books. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { PaymentId } from '../../contract/ids.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { mailsTo, workOffBatches } from '../../testing/cancelling.ts';
import { orderRowOf, paymentRowOf } from '../../testing/payment-outbox.ts';
import { type Held, openPaymentShop, type PaymentShop } from '../../testing/payment-shop.ts';
import { deps, readIntegrity } from '../../testing/shop.ts';

const PRICE = 1_999;

let shop: PaymentShop;
let admin: Admin;

beforeAll(async () => {
  shop = await openPaymentShop();
  admin = await makeAdmin();
}, 60_000);

afterEach(() => vi.restoreAllMocks());

async function cancel({ eventId }: Held): Promise<void> {
  const body = { reason: 'The hall was flooded' };
  expect((await admin.call('POST', `/events/${eventId}/cancel`, body)).status).toBe(202);
  await workOffBatches(eventId);
}

async function paymentOf({ order }: Held): Promise<PaymentId> {
  const { rows } = await deps.stores.db.execute<{ id: PaymentId }>(
    sql`SELECT id FROM payments WHERE order_id = ${order.id}`,
  );
  return rows[0]?.id as PaymentId;
}

it('a payment that is authorised after its event was cancelled is released', async () => {
  const held = await shop.held();
  const payment = await shop.pay(held);
  await cancel(held);
  expect((await orderRowOf(held.order.id)).status).toBe('cancelled');
  await shop.submit(payment);
  await shop.deliverAll();
  await shop.lookAtEvents();
  const id = await paymentOf(held);
  await shop.work(id);
  expect(await shop.money(id)).toMatchObject({ captured: 0, refunded: 0 });
  expect((await paymentRowOf(id)).state).toBe('released');
  expect(await mailsTo(held.shopper.user.id)).toContain('mail.event_cancelled');
  expect(await readIntegrity(held.eventId)).toMatchObject({ ok: true });
});

it('a payment whose line is asked behind the cancelling confirms nothing', async () => {
  const held = await shop.held();
  await shop.submit(await shop.pay(held));
  const body = { reason: 'The hall was flooded' };
  await admin.call('POST', `/events/${held.eventId}/cancel`, body);
  // Before any batch: the hold still stands.
  await shop.deliverAll();
  await shop.lookAtEvents();
  expect((await orderRowOf(held.order.id)).status).toBe('pending');
  await workOffBatches(held.eventId);
  const id = await paymentOf(held);
  await shop.work(id);
  expect(await shop.money(id)).toMatchObject({ captured: 0 });
  expect((await paymentRowOf(id)).state).toBe('released');
  expect(await readIntegrity(held.eventId)).toMatchObject({ ok: true });
});

it('a payment whose capture is on its way is never kept', async () => {
  const held = await shop.held();
  await shop.submit(await shop.pay(held));
  await shop.deliverAll();
  await shop.lookAtEvents();
  expect((await orderRowOf(held.order.id)).status).toBe('confirmed');
  // Its capture waits in the outbox, before the refund.
  await cancel(held);
  const id = await paymentOf(held);
  await shop.work(id);
  const { captured, refunded } = await shop.money(id);
  expect(captured - refunded).toBe(0);
  expect(await readIntegrity(held.eventId)).toMatchObject({ ok: true });
});

it('a payment that was taken is given back once, however often its batch is worked off', async () => {
  const held = await shop.held();
  await shop.submit(await shop.pay(held));
  await shop.deliverAll();
  await shop.lookAtEvents();
  const id = await paymentOf(held);
  await shop.work(id);
  expect(await shop.money(id)).toMatchObject({ captured: PRICE, refunded: 0 });
  const body = { reason: 'The hall was flooded' };
  await admin.call('POST', `/events/${held.eventId}/cancel`, body);
  await workOffBatches(held.eventId, 3);
  await shop.work(id);
  expect(await shop.money(id)).toMatchObject({ captured: PRICE, refunded: PRICE });
  const { rows } = await deps.stores.db.execute(
    sql`SELECT state FROM payment_refunds WHERE payment_id = ${id}`,
  );
  expect(rows).toEqual([{ state: 'done' }]);
  const told = await mailsTo(held.shopper.user.id);
  expect(told.filter((kind) => kind === 'mail.event_cancelled')).toHaveLength(1);
  expect(await readIntegrity(held.eventId)).toMatchObject({ ok: true });
});
