/** Methods of paying beside cards, as this server knows them: none of them can be authorised first. Pure. */
import { badParam } from './api-error.ts';

/** With the currencies that each takes: https://docs.stripe.com/payments/payment-methods/payment-method-support */
const CURRENCIES = {
  bancontact: ['eur'],
  blik: ['pln'],
  eps: ['eur'],
  ideal: ['eur'],
  p24: ['eur', 'pln'],
  twint: ['chf'],
} as const satisfies Record<string, readonly string[]>;

export const METHODS = [
  'card',
  ...(Object.keys(CURRENCIES) as (keyof typeof CURRENCIES)[]),
] as const;
export type Method = (typeof METHODS)[number];

export function isMethod(name: string): name is Method {
  return METHODS.some((one) => one === name);
}

/** @throws ApiError where Stripe would not offer one of them. */
export function checkMethods(
  methods: readonly Method[],
  { currency, isManual }: { currency: string; isManual: boolean },
): void {
  for (const name of methods) {
    if (name === 'card') continue;
    const currencies: readonly string[] = CURRENCIES[name];
    if (!currencies.includes(currency)) {
      const taken = currencies.join(', ');
      throw badParam(
        'payment_method_types',
        `The currency provided (${currency}) is invalid for one or more payment method types: ${name} supports ${taken}.`,
      );
    }
    if (isManual) {
      throw badParam(
        'payment_intent_data[capture_method]',
        `The payment method type ${name} does not support manual capture.`,
      );
    }
  }
}
