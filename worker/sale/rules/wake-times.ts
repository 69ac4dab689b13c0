/** When the event's object should wake by itself. Pure; the object only obeys. */
import type { EventState } from '../../contract/event-state.ts';
import { LIMITS } from '../../contract/values.ts';

/** After a failed tidy-up, and the shortest distance between two alarms. */
export const ALARM_PAUSE_MS = 1_000;

/**
 * Before reservations are sent: an alarm that is certainly not later than the end of any hold that
 * they may make, set first so that a crash after the commit leaves no hold without an alarm.
 */
export function alarmBeforeGroup(nowMs: number, holdSeconds: number | undefined): number {
  return nowMs + (holdSeconds ?? LIMITS.holdSecondsMin) * 1_000;
}

/**
 * The alarm to set so that the object wakes at `wantedMs` at the latest, or undefined if the one
 * that is set will do. An alarm that comes early is harmless; each set is a write, so few are made.
 * One that should have come by now is taken for lost: believed in, it would be the last.
 * @param alarm `setForMs` is null for none; all in milliseconds since the epoch.
 */
export function alarmToSet(
  alarm: { setForMs: number | null; nowMs: number },
  wantedMs: number | null,
): number | undefined {
  const { setForMs, nowMs } = alarm;
  if (wantedMs === null) return undefined;
  const willDo = setForMs !== null && setForMs > nowMs && setForMs <= wantedMs;
  return willDo ? undefined : wantedMs;
}

/** The earliest end of a hold, in milliseconds since the epoch; null without holds. */
export function nextReleaseAtMs(event: EventState): number | null {
  const ends = event.items.flatMap((item) => item.nextReleaseAtMs ?? []);
  return ends.length > 0 ? Math.min(...ends) : null;
}
