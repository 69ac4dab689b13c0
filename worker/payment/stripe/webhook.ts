/** Webhooks of Stripe: whether Stripe sent one, and what it is about. Pure. */
import { Buffer } from 'node:buffer';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ProviderEvent } from '../provider.ts';
import { eventSchema } from './objects.ts';
import { eventOf } from './states.ts';

/** How far the sender's clock may be away, to both sides; an older message may be a repeat of somebody's. */
const SIGNED_MS_MAX = 5 * 60_000;
const HEADER_CHARACTERS_MAX = 2_000;
/** Several secrets are in use while one is exchanged. */
const SIGNATURES_MAX = 10;
const SIGNATURE = /^[0-9a-f]{64}$/;

/**
 * What Stripe is asked to tell: docs/deployment.md names the same. Captures are the shop's own, so it is not told
 * of each; one that somebody makes on Stripe's pages is found by the sweep, and by whatever is done next.
 */
export const EVENTS_WANTED: readonly string[] = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.expired',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
];

/**
 * Kinds that another event of the same change tells as well, or that change nothing for the shop, should Stripe
 * tell them all the same. Each look costs several calls.
 */
const SAYS_NOTHING_NEW: ReadonlySet<string> = new Set([
  'charge.captured',
  'charge.failed',
  'charge.succeeded',
  // All money is authorised or taken on a page, which is completed with it.
  'payment_intent.amount_capturable_updated',
  'payment_intent.created',
  'payment_intent.processing',
  'payment_intent.requires_action',
]);

export interface Webhook {
  /** The header `Stripe-Signature`: `t=…,v1=…`, with a `v1` for each secret in use. */
  signature: string | undefined;
  /** As it was sent. */
  body: string;
}

/** https://docs.stripe.com/webhooks#verify-manually */
export function isFromStripe(
  { signature = '', body }: Webhook,
  { secrets, nowMs }: { secrets: readonly string[]; nowMs: number },
): boolean {
  if (signature.length > HEADER_CHARACTERS_MAX) return false;
  const parts = signature.split(',').map((part) => part.trim());
  const [atS, ...others] = valuesOf(parts, 't');
  if (atS === undefined || others.length > 0 || !/^\d{1,11}$/.test(atS)) return false;
  if (Math.abs(nowMs - Number(atS) * 1_000) > SIGNED_MS_MAX) return false;
  const given = valuesOf(parts, 'v1')
    .filter((one) => SIGNATURE.test(one))
    .slice(0, SIGNATURES_MAX)
    .map((one) => Buffer.from(one, 'hex'));
  return secrets.some((secret) => {
    const wanted = createHmac('sha256', secret).update(`${atS}.${body}`).digest();
    return given.some((one) => timingSafeEqual(one, wanted));
  });
}

/** Undefined where the body is no event. What says nothing new is about nothing. */
export function eventIn(body: string): ProviderEvent | undefined {
  const { data } = eventSchema.safeParse(parse(body));
  if (data === undefined) return undefined;
  const event = eventOf(data);
  return SAYS_NOTHING_NEW.has(event.kind) ? { ...event, about: undefined } : event;
}

function valuesOf(parts: readonly string[], name: string): string[] {
  return parts
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
