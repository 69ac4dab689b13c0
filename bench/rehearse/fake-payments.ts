/**
 * The payments of the fake shop, at a local Stripe: taken at once, and given back where no unit is free any
 * more. Only for tests; hears no webhooks, and looks whenever a customer asks.
 */
import { randomFillSync } from 'node:crypto';
import {
  eventIdOf,
  makePaymentId,
  type OrderId,
  type PaymentId,
} from '../../worker/contract/ids.ts';
import type { OrderPayment } from '../../worker/contract/payments.ts';
import { PRICE_CENTS } from './on-sale.ts';

export interface FakeProvider {
  url: string;
  key: string;
  /** A wrong shop: confirms, and gives the money back all the same. */
  givesAllBack?: boolean;
}

export interface FakePayments {
  /** The same for the same order. */
  begin(id: OrderId): Promise<{ id: PaymentId; redirectUrl: string | null }>;
  /** Asks the provider, and ends the page of an order that is over. */
  look(id: OrderId, order: LookedAt): Promise<void>;
  /** As it was looked at last; null where nobody began. */
  stateOf(id: OrderId): OrderPayment | null;
}

export interface LookedAt {
  /** Its hold has ended, and it is not confirmed. */
  isOver: boolean;
  /** @returns whether it is confirmed now. */
  confirm(): boolean;
}

interface Attempt {
  id: PaymentId;
  sessionId: string;
  redirectUrl: string;
  status: OrderPayment['status'];
  /** Settles once what was paid is taken or given back, or the page is ended. */
  settled?: Promise<void>;
}

interface Session {
  id: string;
  url: string | null;
  status: string;
  payment_intent: string | null;
}

export function openFakePayments({ url, key, givesAllBack = false }: FakeProvider): FakePayments {
  const attempts = new Map<OrderId, Promise<Attempt>>();
  const known = new Map<OrderId, Attempt>();

  async function ask<T>(path: string, params?: Record<string, string>): Promise<T> {
    const answer = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${key}` },
      ...(params && { method: 'POST', body: new URLSearchParams(params) }),
    });
    if (!answer.ok) throw new Error(`the provider answered ${answer.status} at ${path}`);
    return (await answer.json()) as T;
  }

  async function open(orderId: OrderId): Promise<Attempt> {
    const session = await ask<Session>('/v1/checkout/sessions', {
      mode: 'payment',
      success_url: 'http://127.0.0.1/',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': String(PRICE_CENTS),
      'line_items[0][price_data][product_data][name]': 'A unit',
      'line_items[0][quantity]': '1',
      'metadata[orderId]': orderId,
      'payment_intent_data[metadata][orderId]': orderId,
    });
    const id = makePaymentId(eventIdOf(orderId), Date.now(), (bytes) => randomFillSync(bytes));
    const page = { sessionId: session.id, redirectUrl: session.url ?? '' };
    const attempt: Attempt = { id, ...page, status: 'open' };
    known.set(orderId, attempt);
    return attempt;
  }

  async function settle(attempt: Attempt, intent: string, isConfirmed: boolean): Promise<void> {
    if (!isConfirmed || givesAllBack) await ask('/v1/refunds', { payment_intent: intent });
    attempt.status = isConfirmed ? 'captured' : 'refunded';
  }

  async function end(attempt: Attempt): Promise<void> {
    try {
      await ask(`/v1/checkout/sessions/${attempt.sessionId}/expire`, {});
      attempt.status = 'released';
    } catch {
      // It was paid in this moment, which the next look finds.
      delete attempt.settled;
    }
  }

  return {
    async begin(orderId) {
      const attempt = attempts.get(orderId) ?? open(orderId);
      attempts.set(orderId, attempt);
      const { id, status, redirectUrl } = await attempt;
      return { id, redirectUrl: status === 'open' ? redirectUrl : null };
    },
    async look(orderId, { isOver, confirm }) {
      const attempt = known.get(orderId);
      if (attempt === undefined) return;
      const path = `/v1/checkout/sessions/${attempt.sessionId}`;
      const { status, payment_intent: intent } = await ask<Session>(path);
      if (status === 'complete' && intent !== null) {
        attempt.settled ??= settle(attempt, intent, confirm());
      } else if (isOver) attempt.settled ??= end(attempt);
      await attempt.settled;
    },
    stateOf(orderId) {
      const attempt = known.get(orderId);
      if (attempt === undefined) return null;
      const refundedCents = attempt.status === 'refunded' ? PRICE_CENTS : 0;
      return { status: attempt.status, amountCents: PRICE_CENTS, refundedCents };
    },
  };
}
