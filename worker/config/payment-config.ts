/** What the variables say about payments, as one value: all of it, or none. Pure. */
import type { Values } from '../../data-api/environment.ts';
import type { InstantMethod } from './instant-methods.ts';
import type { PAYMENT_VARIABLES } from './payment-variables.ts';

export interface PaymentConfig {
  via: 'stripe';
  apiUrl: string;
  secretKey: string;
  webhookSecret: string;
  /** Stands on the card's statement behind the account's name. */
  statement: string | undefined;
  /** By which one may pay beside cards: their money is taken at once. */
  instantMethods: readonly InstantMethod[];
}

/** Undefined where nobody takes money. `given` is free of faults. */
export function paymentOf(given: Values<typeof PAYMENT_VARIABLES>): PaymentConfig | undefined {
  const { PAYMENT_VIA: via, STRIPE_SECRET_KEY: secretKey } = given;
  const { STRIPE_WEBHOOK_SECRET: webhookSecret } = given;
  if (via === undefined || secretKey === undefined || webhookSecret === undefined) return undefined;
  return {
    via,
    apiUrl: given.STRIPE_API_URL,
    secretKey,
    webhookSecret,
    statement: given.PAYMENT_STATEMENT,
    instantMethods: given.STRIPE_INSTANT_METHODS,
  };
}
