/** Every reason for which a sale refuses a try, by its problem code, as they are counted. Must not say them in words. */
import type { ProblemCode } from './problems.ts';

export const COUNTED_REFUSALS = [
  'sold_out',
  'queue_ahead',
  'not_open',
  'closed',
  'limit_reached',
  'changed',
  'rate_limited',
  'busy',
  'email_unverified',
  'hold_expired',
  'payment_required',
  'order_confirmed',
  'order_cancelled',
  'idempotency_key_reused',
  'stock_available',
  'queue_closed',
  'queue_full',
  'not_found',
  'unauthenticated',
  'unavailable',
  'internal',
] as const satisfies readonly ProblemCode[];

export type CountedRefusal = (typeof COUNTED_REFUSALS)[number];
