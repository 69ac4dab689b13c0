/**
 * When an event opens and closes, read from what an admin entered, and what of it makes no sense.
 * Pure: the time is passed in.
 */
import { instantOfLocal, localOfInstant } from './local-time.ts';
import type { FieldError } from './problems.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How far in the past an event may open, for forms that were filled in slowly. */
export const START_PAST_MS_MAX = 5 * 60 * 1_000;
/** The longest sale. */
export const SALE_MS_MAX = 90 * DAY_MS;
/** A copy of an event opens at least so long from now: time to look at it. */
const COPY_AHEAD_MS_MIN = DAY_MS;
/** How many weeks are tried whose clocks skip the time. */
const COPY_WEEKS_MAX = 3;
/** How far ahead an event may open. */
export const START_AHEAD_MS_MAX = 5 * 365 * DAY_MS;

export interface ScheduleInput {
  /** With an offset; or without, and then it is local time in `timeZone`. */
  startsAt: string;
  endsAt: string;
  timeZone?: string | undefined;
}

export type Schedule =
  | { ok: true; startsAt: string; endsAt: string; timeZone: string }
  | { ok: false; errors: FieldError[] };

/**
 * @param keptStart in UTC: an event that opens then keeps that, though it may have passed.
 * @returns the times in UTC, or each field at fault once.
 */
export function readSchedule(input: ScheduleInput, nowMs: number, keptStart?: string): Schedule {
  const { timeZone } = input;
  const start = readTime(input.startsAt, timeZone);
  const end = readTime(input.endsAt, timeZone);
  const isKept = keptStart !== undefined && start.ms === Date.parse(keptStart);
  const startMessage = start.fault ?? (isKept ? undefined : startFault(start.ms, nowMs));
  // Of an end only what is wrong with it, not with the start that it is compared with.
  const endMessage =
    end.fault ?? (startMessage === undefined ? endFault(start.ms, end.ms) : undefined);
  const errors: FieldError[] = [];
  if (startMessage !== undefined) errors.push({ path: 'startsAt', message: startMessage });
  if (endMessage !== undefined) errors.push({ path: 'endsAt', message: endMessage });
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    startsAt: new Date(start.ms).toISOString(),
    endsAt: new Date(end.ms).toISOString(),
    timeZone: timeZone ?? 'UTC',
  };
}

function startFault(startMs: number, nowMs: number): string | undefined {
  if (startMs < nowMs - START_PAST_MS_MAX) return 'must not be in the past';
  if (startMs > nowMs + START_AHEAD_MS_MAX) {
    return `must be within ${START_AHEAD_MS_MAX / DAY_MS} days`;
  }
  return undefined;
}

function endFault(startMs: number, endMs: number): string | undefined {
  if (endMs <= startMs) return 'must be after startsAt';
  if (endMs - startMs > SALE_MS_MAX) {
    return `must be at most ${SALE_MS_MAX / DAY_MS} days after startsAt`;
  }
  return undefined;
}

function readTime(text: string, timeZone: string | undefined): { ms: number; fault?: string } {
  const none = Number.NaN;
  if (/(Z|[+-]\d\d:\d\d)$/.test(text)) return { ms: Date.parse(text) };
  if (timeZone === undefined) {
    return { ms: none, fault: 'must have an offset, or timeZone must be given' };
  }
  const ms = instantOfLocal(text, timeZone);
  return ms === undefined
    ? { ms: none, fault: `does not exist in ${timeZone}, where clocks are put forward` }
    : { ms };
}

/**
 * When a copy of an event opens and closes: whole weeks later, at the same times of day in its zone, or from
 * where it is asked to open on.
 * @param planned in UTC
 * @returns undefined where there is no such time.
 */
export function timesOfCopy(
  { startsAt, endsAt, timeZone = 'UTC', asked }: ScheduleInput & { asked?: string | undefined },
  nowMs: number,
): { startsAt: string; endsAt: string } | undefined {
  const [startMs, endMs] = [Date.parse(startsAt), Date.parse(endsAt)];
  if (asked !== undefined) {
    const { ms } = readTime(asked, timeZone);
    return Number.isNaN(ms) ? undefined : timesOf(ms, ms + endMs - startMs);
  }
  const weekMs = 7 * DAY_MS;
  const first = Math.max(1, Math.ceil((nowMs + COPY_AHEAD_MS_MIN - startMs) / weekMs));
  for (let weeks = first; weeks < first + COPY_WEEKS_MAX; weeks++) {
    const laterMs = sameLocalTime(startMs, timeZone, weeks * weekMs);
    if (laterMs === undefined || laterMs < nowMs + COPY_AHEAD_MS_MIN) continue;
    const end = sameLocalTime(endMs, timeZone, weeks * weekMs);
    return timesOf(laterMs, end !== undefined && end > laterMs ? end : laterMs + endMs - startMs);
  }
  return undefined;
}

function sameLocalTime(ms: number, timeZone: string, laterMs: number): number | undefined {
  const local = new Date(
    Date.parse(`${localOfInstant(ms, timeZone).padEnd(19, ':00')}Z`) + laterMs,
  );
  return instantOfLocal(local.toISOString().slice(0, -1), timeZone);
}

function timesOf(startMs: number, endMs: number): { startsAt: string; endsAt: string } {
  return { startsAt: new Date(startMs).toISOString(), endsAt: new Date(endMs).toISOString() };
}
