/** Payments of which the provider's webhook never told: the sweep and the outbox see to them. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PaymentId } from '../../contract/ids.ts';
import { createPaymentHandlers } from '../../outbox/payments/handlers.ts';
import type { PaymentHandlers } from '../../outbox/payments/payment-handlers.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import { lookAtPayments } from '../../sweep/look-at-payments.ts';
import { depsWith } from '../../testing/apps.ts';
import { orderRowOf, paymentRowOf, waitingFor } from '../../testing/payment-outbox.ts';
import { openPaymentShop, type PaymentShop } from '../../testing/payment-shop.ts';
import { pass } from '../../testing/purchases.ts';
import { deps, HOLD_MS } from '../../testing/shop.ts';

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const sweepOnce = ({ provider }: PaymentShop) =>
  lookAtPayments(depsWith({ payments: { provider } }));

/** All that waits about a payment, in its order, as the outbox does. @returns the kinds. */
async function workOff({ provider }: PaymentShop, id: PaymentId): Promise<string[]> {
  const { db } = deps.stores;
  const handlers: PaymentHandlers = createPaymentHandlers({
    db,
    provider,
    sale: deps.sale,
    nowMs: deps.platform.nowMs,
    fillRandom: deps.platform.fillRandom,
  });
  const kinds: string[] = [];
  for (;;) {
    const { rows } = await db.execute<{
      id: string;
      kind: string;
      key: string;
      payload: object;
    }>(sql`
      SELECT id, kind, key, payload FROM outbox WHERE payment_id = ${id} AND outcome IS NULL
       ORDER BY id LIMIT 1`);
    const [row] = rows;
    if (row === undefined) return kinds;
    const work = handlers[row.kind as keyof PaymentHandlers] as (
      leased: LeasedRow,
    ) => ReturnType<PaymentHandlers['payment.look']>;
    const outcome = await work({
      ...row,
      tries: 0,
      createdAtMs: Date.now(),
    } as unknown as LeasedRow);
    kinds.push(`${row.kind} ${outcome.kind}`);
    await db.execute(
      sql`UPDATE outbox SET outcome = 'done', ended_at = now() WHERE id = ${row.id}`,
    );
  }
}

describe('a payment that nobody heard of', () => {
  it('case 18: confirms its order once it is looked at, and is captured', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const payment = await shop.pay(held);
    await shop.submit(payment, { fault: 'webhook_lost' });
    pass(16 * MINUTE_MS);
    await sweepOnce(shop);
    expect(await waitingFor(payment.id)).toEqual(['payment.look']);
    expect(await workOff(shop, payment.id)).toContain('payment.capture done');
    const { id } = held.order;
    expect(await orderRowOf(id)).toEqual({ status: 'confirmed', paymentId: payment.id });
    expect(await paymentRowOf(payment.id)).toMatchObject({ state: 'captured' });
    await sweepOnce(shop);
    expect(await waitingFor(payment.id)).toEqual([]);
  });

  it('case 15: ends where its shopper walked off', async () => {
    const shop = await openPaymentShop();
    const held = await shop.held();
    const payment = await shop.pay(held);
    pass(HOLD_MS + 40 * MINUTE_MS);
    await shop.stripe.advance(HOLD_MS + 40 * MINUTE_MS);
    await deps.sale.expireDue(held.eventId);
    await sweepOnce(shop);
    await workOff(shop, payment.id);
    expect(await paymentRowOf(payment.id)).toMatchObject({ state: 'released' });
    expect(await orderRowOf(held.order.id)).toEqual({ status: 'expired', paymentId: null });
  });
});
