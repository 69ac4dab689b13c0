/** By what one can pay on Stripe's page, and which of it is authorised first. Pure. */
import { INSTANT_METHODS, type InstantMethod } from '../../config/instant-methods.ts';
import type { Params } from './form.ts';

interface MethodParams {
  /** Of the session. */
  session: Params;
  /** Of its payment. */
  payment: Params;
}

/** Cards are always authorised first, whatever else may be paid by. */
export function methodParams(currency: string, wanted: readonly InstantMethod[]): MethodParams {
  const instant = wanted.filter((name) => {
    const currencies: readonly string[] = INSTANT_METHODS[name];
    return currencies.includes(currency);
  });
  if (instant.length === 0) {
    return { session: { payment_method_types: ['card'] }, payment: { capture_method: 'manual' } };
  }
  // https://docs.stripe.com/changelog/clover/2025-09-30/checkout-capture-method-per-payment-method
  return {
    session: {
      payment_method_types: ['card', ...instant],
      payment_method_options: { card: { capture_method: 'manual' } },
    },
    payment: { capture_method: 'automatic' },
  };
}
