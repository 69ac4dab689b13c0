/** The parameters of a checkout session for what is bought. Pure: the same plan gives the same request. */
import type { InstantMethod } from '../../config/instant-methods.ts';
import type { SessionPlan } from '../provider.ts';
import { stripeAmount } from './amounts.ts';
import type { Params } from './form.ts';
import { methodParams } from './methods.ts';

const MINUTE_MS = 60_000;
/** Stripe asks for half an hour from when the request arrives. */
const SESSION_MS_MIN = 31 * MINUTE_MS;
const SESSION_MS_MAX = 24 * 60 * MINUTE_MS - MINUTE_MS;
/** https://docs.stripe.com/api/checkout/sessions/create */
const NAME_CHARACTERS_MAX = 250;

export interface AccountChoices {
  /** Behind the account's name on the card's statement. */
  statement?: string | undefined;
  /** By which one may pay beside cards, where they take the currency. */
  instantMethods?: readonly InstantMethod[] | undefined;
}

/**
 * @returns undefined where Stripe has no amount for a line.
 */
export function sessionParams(
  plan: SessionPlan,
  { statement, instantMethods = [] }: AccountChoices = {},
): Params | undefined {
  const { attemptId, orderId, currency } = plan;
  const lines = plan.lines.map(({ name, unitMinor, quantity }) => {
    const amount = stripeAmount(unitMinor, currency);
    return amount === undefined ? undefined : lineParams({ name, amount, quantity, currency });
  });
  if (lines.includes(undefined)) return undefined;
  const metadata = { attemptId, orderId };
  const methods = methodParams(currency, instantMethods);
  return {
    mode: 'payment',
    client_reference_id: orderId,
    line_items: lines,
    ...methods.session,
    payment_intent_data: {
      ...methods.payment,
      metadata,
      ...(statement !== undefined && { statement_descriptor_suffix: statement }),
    },
    metadata,
    // Else Stripe may charge in another currency than the order's.
    adaptive_pricing: { enabled: false },
    locale: plan.language,
    expires_at: Math.ceil(endMs(plan) / 1_000),
    success_url: plan.successUrl.replaceAll('{sessionId}', '{CHECKOUT_SESSION_ID}'),
    cancel_url: plan.cancelUrl,
  };
}

interface Line {
  name: string;
  amount: number;
  quantity: number;
  currency: string;
}

function lineParams({ name, amount, quantity, currency }: Line): Params {
  return {
    price_data: {
      currency: currency.toLowerCase(),
      unit_amount: amount,
      product_data: { name: name.slice(0, NAME_CHARACTERS_MAX) },
    },
    quantity,
  };
}

function endMs({ begunAtMs, endsAtMs }: SessionPlan): number {
  return Math.min(Math.max(endsAtMs, begunAtMs + SESSION_MS_MIN), begunAtMs + SESSION_MS_MAX);
}
