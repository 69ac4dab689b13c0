/**
 * What is refused without asking the ledger, from what its last settlement showed. Refuses only, never
 * grants: stock, limits and keys are decided in `settle_group`. Pure.
 *
 * The promise: a refusal is not older than VIEW_AGE_MS_MAX, and whoever has an order is not refused
 * early but given it again. The second half has three known exceptions, in which a holder may hear
 * `sold_out` or `closed` while the order stands in their list; no unit is lost or sold twice by it:
 * - at an edge that keeps a sold-out notice from before the order was made, by way of another edge:
 *   until the notice ends, VIEW_AGE_MS_MAX after it was taken. To close this, every freed unit would
 *   have to wait a second before it is sold again;
 * - where an object was evicted while a group of it was on its way, and that group commits after the
 *   next object has read who holds orders: until an attempt of that customer reaches the ledger, or
 *   the object reads them again, HOLDERS_AGAIN_MS after it woke (object/admission.ts);
 * - where a group was given up and sent again, and the first one commits later and makes offers: the same,
 *   until the object reads them again, HOLDERS_AGAIN_MS after it gave the group up.
 */
import type { EventState, ItemState } from '../../contract/event-state.ts';
import { queueAheadRefusal, soldOutRefusal } from './answers.ts';
import type { Attempt, Refusal } from './attempts.ts';

/** How long what a settlement showed may be used to refuse without asking the ledger again. */
export const VIEW_AGE_MS_MAX = 1_000;

/** What the last settlement showed: a cache that may refuse early and never grants. */
export interface View {
  /** When the ledger gave it, in milliseconds since the epoch. */
  takenAtMs: number;
  /** Null if there is no such event. */
  event: EventState | null;
}

/**
 * Refuses what needs no ledger. Undefined means: ask the ledger. Only a fresh view refuses, so an
 * event that was edited, opened or given stock is noticed within VIEW_AGE_MS_MAX.
 * @param mayHaveOrder whether the customer may have an order in this sale: then a repeated request
 *   must be given its first answer, and only the ledger knows it.
 */
export function refuseEarly(
  view: View,
  attempt: Attempt,
  at: { nowMs: number; mayHaveOrder: () => boolean },
): Refusal | undefined {
  const { event, takenAtMs } = view;
  if (at.nowMs - takenAtMs > VIEW_AGE_MS_MAX) return undefined;
  if (event === null) return { code: 'not_found' };
  if (attempt.kind !== 'reserve') return undefined;
  const item = event.items.find(({ id }) => id === attempt.eventItemId);
  if (item === undefined) return { code: 'not_found' };
  if (!event.published) return at.mayHaveOrder() ? undefined : { code: 'not_found' };
  const closed = at.nowMs >= event.closesAtMs;
  if (at.nowMs < event.opensAtMs && !closed)
    return { code: 'not_open', opensAtMs: event.opensAtMs };
  const gone = hasNoFreeUnit(item, at.nowMs);
  const isUndrawn = (event.queue?.drawAtMs ?? null) !== null;
  if (!(closed || gone || isUndrawn) || at.mayHaveOrder()) return undefined;
  if (closed) return { code: 'closed' };
  return isUndrawn ? queueAheadRefusal(event, attempt) : soldOutRefusal(event, attempt);
}

/** Whether an item has nothing to sell until its next release. */
export function hasNoFreeUnit(
  { remaining, nextReleaseAtMs: releaseAtMs }: ItemState,
  nowMs: number,
) {
  return remaining === 0 && (releaseAtMs === null || nowMs < releaseAtMs);
}
