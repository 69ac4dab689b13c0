/** When the event's object should wake by itself. Pure; the object only obeys. */
import { LIMITS } from '../contract/values.ts';

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
 * @param setForMs when the alarm is set for, null for none; all in milliseconds since the epoch.
 */
export function alarmToSet(setForMs: number | null, wantedMs: number | null): number | undefined {
  if (wantedMs === null) return undefined;
  return setForMs === null || setForMs > wantedMs ? wantedMs : undefined;
}
