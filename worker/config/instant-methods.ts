/**
 * Methods of paying that cannot be authorised first, with the currencies that each takes, as Stripe names them.
 * Their money is taken when the shopper pays, and given back where the order is not confirmed. Only those that say at
 * once whether the money came: one that says so days later, such as a direct debit, a bank transfer or a
 * voucher, is never offered, since no unit is kept for so long. Pure.
 * https://docs.stripe.com/payments/payment-methods/payment-method-support
 */
export const INSTANT_METHODS = {
  bancontact: ['EUR'],
  blik: ['PLN'],
  eps: ['EUR'],
  ideal: ['EUR'],
  p24: ['EUR', 'PLN'],
  twint: ['CHF'],
} as const satisfies Record<string, readonly string[]>;

export type InstantMethod = keyof typeof INSTANT_METHODS;

export const INSTANT_METHOD_NAMES = Object.keys(INSTANT_METHODS) as InstantMethod[];
