/**
 * The sale's rules that need no database: pure, synchronous, with the time passed in.
 * What only the ledger can know (stock, limits, keys) is decided in `settle_group`.
 */
import type { EventStatus } from '../../contract/events.ts';
import type { Answer, Attempt, EventState, ItemState, LedgerAnswer, Refusal } from './attempts.ts';

/** How long what a settlement showed may be used to refuse without asking the ledger again. */
export const VIEW_AGE_MS_MAX = 1_000;

/** What the last settlement showed: a cache that may refuse early and never grants. */
export interface View {
  /** When the ledger gave it, in milliseconds since the epoch. */
  takenAtMs: number;
  /** Null if there is no such event. */
  event: EventState | null;
}

/** The times that decide an event's status, in milliseconds since the epoch. */
export interface SaleWindow {
  startsAtMs: number;
  endsAtMs: number;
  openedAtMs: number | null;
  closedAtMs: number | null;
}

/** The status follows from the clock and the stock, so a late alarm opens nothing late. */
export function eventStatus(window: SaleWindow, unitsFree: number, nowMs: number): EventStatus {
  if (window.closedAtMs !== null || nowMs >= window.endsAtMs) return 'closed';
  if (nowMs < (window.openedAtMs ?? window.startsAtMs)) return 'locked';
  return unitsFree > 0 ? 'live' : 'sold_out';
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
  const closed = at.nowMs >= event.closesAtMs;
  if (at.nowMs < event.opensAtMs && !closed)
    return { code: 'not_open', opensAtMs: event.opensAtMs };
  const gone = hasNoFreeUnit(item, at.nowMs);
  if (!(closed || gone) || at.mayHaveOrder()) return undefined;
  return closed ? { code: 'closed' } : soldOut(event, attempt);
}

/** Whether an item has nothing to sell until its next release. */
export function hasNoFreeUnit(
  { remaining, nextReleaseAtMs: releaseAtMs }: ItemState,
  nowMs: number,
) {
  return remaining === 0 && (releaseAtMs === null || nowMs < releaseAtMs);
}

/** Gives a ledger's answer the facts that belong to its code. */
export function completeAnswer(
  answer: LedgerAnswer,
  attempt: Attempt,
  settled: { event: EventState; nowMs: number },
): Answer {
  const { event, nowMs } = settled;
  if ('order' in answer) return { ok: true, ...answer, nowMs };
  switch (answer.refusal) {
    case 'limit_reached': {
      const { limit, held, bought } = answer;
      return { ok: false, refusal: { code: 'limit_reached', limit, held, bought }, nowMs };
    }
    case 'changed': {
      const { priceCents, currency } = answer;
      return { ok: false, refusal: { code: 'changed', priceCents, currency }, nowMs };
    }
    case 'not_open':
      return { ok: false, refusal: { code: 'not_open', opensAtMs: event.opensAtMs }, nowMs };
    case 'sold_out':
      return { ok: false, refusal: soldOut(event, attempt), nowMs };
    case 'closed':
    case 'hold_expired':
    case 'order_confirmed':
    case 'order_cancelled':
    case 'idempotency_key_reused':
    case 'not_found':
    case 'unauthenticated':
      return { ok: false, refusal: { code: answer.refusal }, nowMs };
    default:
      return answer satisfies never;
  }
}

/** The earliest end of a hold, in milliseconds since the epoch; null without holds. */
export function nextReleaseAtMs(event: EventState): number | null {
  const ends = event.items.flatMap((item) => item.nextReleaseAtMs ?? []);
  return ends.length > 0 ? Math.min(...ends) : null;
}

function soldOut(event: EventState, attempt: Attempt): Refusal {
  const item =
    attempt.kind === 'reserve' && event.items.find(({ id }) => id === attempt.eventItemId);
  if (!item) return { code: 'not_found' };
  const { id: _, nextReleaseAtMs: releaseAtMs, ...stock } = item;
  return { code: 'sold_out', stock, nextReleaseAtMs: releaseAtMs };
}
