/** What shoppers, and the shop, are told of units and holds. */
import type { Attempt, Refusal } from '../worker/sale/rules/attempts.ts';
import { isAboutQueue } from './attempt-texts.ts';
import type { OpenCall } from './open-call.ts';
import { releasedAtMs } from './payment-rows.ts';
import type { RunContext } from './run-context.ts';
import type { SaleState } from './store.ts';

/** After a fault, the longest that a group may lag behind before it is sent again. */
const LAG_MS_MAX = 2_500;

/** @returns why it is wrong; undefined if it is right. */
export function whyNotSoldOut(
  attempt: Attempt,
  refusal: Extract<Refusal, { code: 'sold_out' }>,
  states: SaleState[],
): string | undefined {
  if (attempt.kind !== 'reserve') return 'it is no reservation';
  const { total, remaining, held, sold } = refusal.stock;
  if (remaining + held + sold !== total) return 'the counts do not add up';
  if (remaining >= attempt.quantity) return 'its own counts say that there are units';
  const wasShort = states.some(
    (state) => (state.remaining.get(attempt.eventItemId) ?? 0) < attempt.quantity,
  );
  return wasShort ? undefined : 'there were units all the time';
}

export function whyNotExpired(
  { store, faults }: RunContext,
  { arrivedMs, atMs }: OpenCall,
  attempt: Attempt,
): string | undefined {
  if (isAboutQueue(attempt) || attempt.kind === 'reserve') return 'it is about no hold';
  const row = store.latest.orders.get(attempt.orderId);
  if (row === undefined) return 'there is no such order';
  const endsAtMs = attempt.kind === 'confirm_paid' ? releasedAtMs(row) : row.expiresAtMs;
  if (attempt.kind === 'cancel' || atMs >= endsAtMs) return undefined;
  const wasPrompt = faults.disruptedUntilMs + LAG_MS_MAX < arrivedMs;
  return wasPrompt ? `it came ${endsAtMs - atMs} ms before the end` : undefined;
}
