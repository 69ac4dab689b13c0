/**
 * The sale's rules that need no database: pure, synchronous, with the time passed in.
 * What only the ledger can know (stock, limits, keys) is decided in `settle_group`.
 */
import type { EventStatus } from '../contract/events.ts';
import type { Answer, Attempt, EventState, LedgerAnswer, Refusal } from './attempts.ts';

/** How long a settlement's picture of the event may be used to refuse without asking again. */
export const PICTURE_AGE_MS_MAX = 1_000;

/** The object's picture of its event: a cache that may refuse early and never grants. */
export interface Picture {
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
 * Refuses what needs no ledger: an unknown event or item, a sale that has not opened. Undefined
 * means: ask the ledger. Only a fresh picture refuses, so an edited or opened event is noticed
 * within PICTURE_AGE_MS_MAX. Sold out and closed are left to the ledger, because a repeated
 * request whose first answer was lost must still be given its order.
 */
export function refuseEarly(
  picture: Picture | undefined,
  attempt: Attempt,
  nowMs: number,
): Refusal | undefined {
  if (picture === undefined || nowMs - picture.takenAtMs > PICTURE_AGE_MS_MAX) return undefined;
  if (picture.event === null) return { code: 'not_found' };
  if (attempt.kind !== 'reserve') return undefined;
  if (!picture.event.items.some((item) => item.id === attempt.eventItemId)) {
    return { code: 'not_found' };
  }
  const { opensAtMs, closesAtMs } = picture.event;
  return nowMs < opensAtMs && nowMs < closesAtMs ? { code: 'not_open', opensAtMs } : undefined;
}

/** Gives a ledger's answer the facts that belong to its code. */
export function completeAnswer(
  answer: LedgerAnswer,
  attempt: Attempt,
  picture: { event: EventState; nowMs: number },
): Answer {
  const { event, nowMs } = picture;
  if ('order' in answer) return { ok: true, ...answer, nowMs };
  switch (answer.refusal) {
    case 'limit_reached': {
      const { limit, held, bought } = answer;
      return { ok: false, refusal: { code: 'limit_reached', limit, held, bought }, nowMs };
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
