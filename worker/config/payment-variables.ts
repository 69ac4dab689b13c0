/** The variables of payments; part of the table in variables.ts. Reads nothing itself. */
import * as z from 'zod';
import type { VariableTable } from '../../data-api/environment.ts';
import { INSTANT_METHOD_NAMES } from './instant-methods.ts';
import { isPublicOrigin, listIn } from './variable-forms.ts';

/** What a card's statement has room for behind the account's own name and a star. */
const STATEMENT_CHARS_MAX = 18;

export const PAYMENT_VARIABLES = {
  PAYMENT_VIA: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Who takes the money of events that are paid online. Without it no event can be, and those that are cannot be paid for.',
    form: '`stripe`',
    usedIn: ['worker/config/payment-config.ts', 'worker/payment/configured/open-provider.ts'],
    schema: z.enum(['stripe']),
  },
  STRIPE_SECRET_KEY: {
    kind: 'secret',
    needed: { with: 'PAYMENT_VIA', being: 'stripe' },
    meaning:
      'The key of the Stripe account; a restricted one needs to write checkout sessions, payment intents and refunds, and to read events and disputes.',
    form: '`sk_` or `rk_` and letters, digits and underscores, as Stripe shows it',
    usedIn: ['worker/payment/stripe/call.ts'],
    schema: z.string().regex(/^[sr]k_\w{8,250}$/),
  },
  STRIPE_WEBHOOK_SECRET: {
    kind: 'secret',
    needed: { with: 'PAYMENT_VIA', being: 'stripe' },
    meaning: 'Signs what Stripe tells by its webhooks of payments.',
    form: '`whsec_` and letters and digits, as Stripe shows it',
    usedIn: ['worker/payment/stripe/webhook.ts'],
    schema: z.string().regex(/^whsec_[A-Za-z0-9+/=]{16,250}$/),
  },
  STRIPE_API_URL: {
    kind: 'variable',
    needed: 'never',
    default: 'https://api.stripe.com',
    meaning: 'Where Stripe’s API answers, or what stands in for it on a developer’s machine.',
    form: 'an https origin without a path, or an http one on this machine',
    usedIn: ['worker/payment/stripe/call.ts'],
    schema: z.string().refine(isPublicOrigin),
  },
  STRIPE_INSTANT_METHODS: {
    kind: 'variable',
    needed: 'never',
    default: '',
    meaning:
      'By what one can pay beside cards, each offered in its currencies. These cannot be authorised first: the money is taken when the shopper pays, and refunded in full where the order is not confirmed, which Stripe charges for. Cards are authorised first all the same. Each has to be switched on in the Stripe account.',
    form: 'names of Stripe with commas between: `bancontact`, `blik`, `eps`, `ideal`, `p24`, `twint`',
    usedIn: ['worker/payment/stripe/methods.ts'],
    schema: z
      .string()
      .transform(listIn)
      .pipe(z.array(z.enum(INSTANT_METHOD_NAMES)))
      .transform((names) => [...new Set(names)]),
  },
  PAYMENT_STATEMENT: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'What stands on the card’s statement behind the name of the account; without it, that name alone.',
    form: `1 to ${STATEMENT_CHARS_MAX} letters, digits, spaces, dots and dashes with a letter among them`,
    usedIn: ['worker/payment/stripe/session-params.ts'],
    schema: z
      .string()
      .regex(new RegExp(`^(?=.*[A-Za-z])[A-Za-z0-9 .-]{1,${STATEMENT_CHARS_MAX}}$`)),
  },
} as const satisfies VariableTable;
