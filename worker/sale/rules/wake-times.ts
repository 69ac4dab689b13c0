/** When the event's object should act by itself, and why. Pure; the object only obeys. */
import type { EventState, QueueState } from '../../contract/event-state.ts';
import { LIMITS } from '../../contract/values.ts';

/** Before something is tried again that was due and could not be done. */
export const ALARM_PAUSE_MS = 1_000;

/** What the object knows at this moment that times to wake follow from. */
export interface WakeFacts {
  nowMs: number;
  /** The event as the ledger has just left it. */
  event?: EventState;
  /** When the next step of its draw is due; null where none is left, undefined where nobody has looked. */
  drawStepAtMs?: number | null | undefined;
  /**
   * Reservations are about to be sent. The alarm is set first, so that a crash after their commit
   * leaves no hold without one.
   */
  reserving?: {
    /** As long as the shortest hold was when the object last saw; undefined if it never did. */
    holdSeconds: number | undefined;
  };
  /** What is due could not be expired. */
  expiryFailed?: boolean;
  /** The time for which an alarm was wanted and could not be set. */
  unsetMs?: number | undefined;
}

/** A time to wake, in milliseconds since the epoch. */
export interface WakeTime {
  reason:
    | 'hold ends'
    | 'hold being made ends'
    | 'entries are locked'
    | 'step of the draw'
    | 'sale opens'
    | 'more to serve'
    | 'expiry failed'
    | 'alarm not set';
  atMs: number;
}

/** Every timed reason to wake that follows from the facts; one more is one more line here. */
export function wakeTimes(facts: WakeFacts): WakeTime[] {
  const { event, reserving, expiryFailed, unsetMs, ...at } = facts;
  const { nowMs } = at;
  const times: WakeTime[] = [];
  for (const { nextReleaseAtMs } of event?.items ?? []) {
    if (nextReleaseAtMs !== null) times.push({ reason: 'hold ends', atMs: nextReleaseAtMs });
  }
  if (event?.queue) {
    times.push(...queueTimes(event, event.queue, nowMs), ...drawTimes(event, event.queue, at));
  }
  if (reserving) {
    // Certainly not later than the end of any hold that they may make.
    const holdSeconds = reserving.holdSeconds ?? LIMITS.holdSecondsMin;
    times.push({ reason: 'hold being made ends', atMs: nowMs + holdSeconds * 1_000 });
  }
  if (expiryFailed) times.push({ reason: 'expiry failed', atMs: nowMs + ALARM_PAUSE_MS });
  if (unsetMs !== undefined) times.push({ reason: 'alarm not set', atMs: unsetMs });
  return times;
}

/** The shortest that an order of the event may be held; an offer may be longer or shorter than a hold. */
export function shortestHoldSeconds({ holdSeconds, queue }: EventState): number {
  return queue ? Math.min(holdSeconds, LIMITS.offerSecondsMin) : holdSeconds;
}

/** Of an event with a queue that is not over. */
function queueTimes(event: EventState, { hasMore }: QueueState, nowMs: number): WakeTime[] {
  if (nowMs >= event.closesAtMs) return [];
  const times: WakeTime[] = [];
  if (nowMs < event.opensAtMs) times.push({ reason: 'sale opens', atMs: event.opensAtMs });
  if (hasMore) times.push({ reason: 'more to serve', atMs: nowMs + ALARM_PAUSE_MS });
  return times;
}

/**
 * Of a draw, also where its sale was closed before: it is locked, its lock is signed, it is drawn or given up, and
 * that is signed. What is due already and was not done is tried again after a pause.
 */
function drawTimes(
  { published }: EventState,
  { drawAtMs, locksAtMs }: QueueState,
  { nowMs, drawStepAtMs }: Pick<WakeFacts, 'nowMs' | 'drawStepAtMs'>,
): WakeTime[] {
  // What is to come is woken for at its very time, however near: it was told to shoppers.
  const orSoon = (atMs: number) => (atMs > nowMs ? atMs : nowMs + ALARM_PAUSE_MS);
  if (!published) return [];
  if (locksAtMs !== null) return [{ reason: 'entries are locked', atMs: orSoon(locksAtMs) }];
  const isLookedAt = drawStepAtMs !== undefined;
  if (drawStepAtMs === null || (!isLookedAt && drawAtMs === null)) return [];
  return [{ reason: 'step of the draw', atMs: orSoon(drawStepAtMs ?? nowMs) }];
}

/**
 * The alarm to set so that the object wakes at the earliest of the times, or undefined if the one
 * that is set will do. An alarm that comes early is harmless; each set is a write, so few are made.
 * One that should have come by now is taken for lost: believed in, it would be the last.
 * @param alarm `setForMs` is null for none; all in milliseconds since the epoch.
 */
export function alarmToSet(
  alarm: { setForMs: number | null; nowMs: number },
  times: WakeTime[],
): number | undefined {
  const { setForMs, nowMs } = alarm;
  if (times.length === 0) return undefined;
  const wantedMs = Math.min(...times.map(({ atMs }) => atMs));
  const willDo = setForMs !== null && setForMs > nowMs && setForMs <= wantedMs;
  return willDo ? undefined : wantedMs;
}
