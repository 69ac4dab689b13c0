import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const env = {
  DATABASE_URL: 'postgres://user:password@host.example/shop',
  JWT_SECRET: 'x'.repeat(32),
};
const stripe = {
  ...env,
  PUBLIC_URL: 'https://shop.example',
  PAYMENT_VIA: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_12345678',
  STRIPE_WEBHOOK_SECRET: `whsec_${'a'.repeat(32)}`,
};

const expectRefused = (
  name: keyof typeof stripe | `STRIPE_${'API_URL' | 'INSTANT_METHODS'}` | 'PAYMENT_STATEMENT',
) => ({
  for: (...texts: string[]) => {
    for (const text of texts) {
      expect(() => readConfig({ ...stripe, [name]: text }), text).toThrow(name);
    }
  },
});

describe('the configuration of payments', () => {
  it('is none by default, whatever else is set of it', () => {
    expect(readConfig(env).payment).toBeUndefined();
    expect(readConfig({ ...stripe, PAYMENT_VIA: '' }).payment).toBeUndefined();
  });

  it('names all that it needs and is not there', () => {
    expect(() => readConfig({ ...env, PAYMENT_VIA: 'stripe' })).toThrow(
      /malformed: PUBLIC_URL, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET$/,
    );
    expectRefused('PAYMENT_VIA').for('cash', 'Stripe');
  });

  it('is one value, at Stripe’s own address unless another is named', () => {
    expect(readConfig(stripe).payment).toEqual({
      via: 'stripe',
      apiUrl: 'https://api.stripe.com',
      secretKey: 'sk_test_12345678',
      webhookSecret: `whsec_${'a'.repeat(32)}`,
      statement: undefined,
      instantMethods: [],
    });
    const here = { ...stripe, STRIPE_API_URL: 'http://127.0.0.1:12111', PAYMENT_STATEMENT: 'Sale' };
    expect(readConfig(here).payment).toMatchObject({
      apiUrl: 'http://127.0.0.1:12111',
      statement: 'Sale',
    });
  });

  it('sends the key to our money to no address that others could read', () => {
    expectRefused('STRIPE_API_URL').for('http://api.stripe.com', 'https://api.stripe.com/v1');
  });

  it('takes secrets as Stripe writes them, and a restricted key too', () => {
    const restricted = { ...stripe, STRIPE_SECRET_KEY: 'rk_live_12345678' };
    expect(readConfig(restricted).payment?.secretKey).toBe('rk_live_12345678');
    expectRefused('STRIPE_SECRET_KEY').for('pk_test_12345678', 'sk_', 'sk_test_1234 5678');
    expectRefused('STRIPE_WEBHOOK_SECRET').for(
      'whsec_',
      'a'.repeat(32),
      'whsec_!!!!!!!!!!!!!!!!!!',
    );
  });

  it('names methods whose money is taken at once only where they say at once whether it came', () => {
    const methods = { ...stripe, STRIPE_INSTANT_METHODS: 'ideal, twint,ideal' };
    expect(readConfig(methods).payment?.instantMethods).toEqual(['ideal', 'twint']);
    expectRefused('STRIPE_INSTANT_METHODS').for('sepa_debit', 'ideal,sofort', 'card');
  });

  it('takes what a card’s statement can show', () => {
    expectRefused('PAYMENT_STATEMENT').for('x'.repeat(19), '12345', 'Sale*', '<b>', 'Söckchen');
  });
});
