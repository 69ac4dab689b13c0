import { describe, expect, it } from 'vitest';
import type { SessionPlan } from '../provider.ts';
import { sessionParams } from './session-params.ts';

const NOW_MS = Date.UTC(2026, 10, 30, 12);
const MINUTE_MS = 60_000;
const plan: SessionPlan = {
  attemptId: 'att_1',
  orderId: 'ord_1',
  currency: 'EUR',
  lines: [
    { name: 'Lamp', unitMinor: 600, quantity: 2 },
    { name: 'Shipping', unitMinor: 490, quantity: 1 },
  ],
  successUrl: 'https://shop.example/pay?session={sessionId}',
  cancelUrl: 'https://shop.example/order',
  language: 'de',
  begunAtMs: NOW_MS,
  endsAtMs: NOW_MS + 5 * MINUTE_MS,
};

const endOf = (given: Partial<SessionPlan>) => sessionParams({ ...plan, ...given })?.['expires_at'];

describe('the parameters of a session', () => {
  it('hold the order, its lines, and that the money is only authorised', () => {
    const metadata = { attemptId: 'att_1', orderId: 'ord_1' };
    expect(sessionParams(plan)).toEqual({
      mode: 'payment',
      client_reference_id: 'ord_1',
      line_items: [
        {
          price_data: { currency: 'eur', unit_amount: 600, product_data: { name: 'Lamp' } },
          quantity: 2,
        },
        {
          price_data: { currency: 'eur', unit_amount: 490, product_data: { name: 'Shipping' } },
          quantity: 1,
        },
      ],
      payment_method_types: ['card'],
      payment_intent_data: { capture_method: 'manual', metadata },
      metadata,
      adaptive_pricing: { enabled: false },
      locale: 'de',
      expires_at: (NOW_MS + 31 * MINUTE_MS) / 1_000,
      success_url: 'https://shop.example/pay?session={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://shop.example/order',
    });
  });

  it('name the sale on the statement of the card where one is configured', () => {
    expect(sessionParams(plan, { statement: 'Lamp sale' })?.['payment_intent_data']).toMatchObject({
      capture_method: 'manual',
      statement_descriptor_suffix: 'Lamp sale',
    });
  });

  it('authorise cards alone first where other methods are offered, each in its currencies', () => {
    const instantMethods = ['ideal', 'twint', 'p24'] as const;
    expect(sessionParams({ ...plan, currency: 'EUR' }, { instantMethods })).toMatchObject({
      payment_method_types: ['card', 'ideal', 'p24'],
      payment_method_options: { card: { capture_method: 'manual' } },
      payment_intent_data: { capture_method: 'automatic' },
    });
    const dollars = sessionParams({ ...plan, currency: 'USD' }, { instantMethods });
    expect(dollars).toMatchObject({
      payment_method_types: ['card'],
      payment_intent_data: { capture_method: 'manual' },
    });
    expect(dollars).not.toHaveProperty('payment_method_options');
  });

  it('end when the plan does, where Stripe lets them', () => {
    const hour = { endsAtMs: NOW_MS + 60 * MINUTE_MS + 1 };
    expect(endOf(hour)).toBe((NOW_MS + 60 * MINUTE_MS) / 1_000 + 1);
    expect(endOf({ endsAtMs: NOW_MS - 1 })).toBe((NOW_MS + 31 * MINUTE_MS) / 1_000);
    const days = { endsAtMs: NOW_MS + 72 * 60 * MINUTE_MS };
    expect(endOf(days)).toBe((NOW_MS + (24 * 60 - 1) * MINUTE_MS) / 1_000);
  });

  it('cut the name of what is very long', () => {
    const lines = [{ name: 'x'.repeat(251), unitMinor: 600, quantity: 1 }];
    const params = sessionParams({ ...plan, lines });
    const name = { price_data: { product_data: { name: 'x'.repeat(250) } } };
    expect(params).toMatchObject({ line_items: [name] });
  });

  it('are none where Stripe has no such amount', () => {
    expect(sessionParams({ ...plan, currency: 'MGA' })).toBeUndefined();
  });
});
