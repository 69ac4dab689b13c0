/** Instants and durations as people read them. Must not know what time it is. */

export interface DurationParts {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

export interface TimeStyle {
  readonly locale: string;
  /** IANA name; the shopper's own where it is left out. */
  readonly timeZone?: string | undefined;
}

const SECOND_MS = 1_000;

/** Whole seconds left, rounded up: zero is shown when the moment is there, not before. */
export function secondsLeft(remainingMs: number): number {
  return Math.max(0, Math.ceil(remainingMs / SECOND_MS));
}

/** Milliseconds until `secondsLeft` next changes. */
export function untilNextTickMs(remainingMs: number): number {
  return remainingMs <= 0 ? SECOND_MS : ((remainingMs - 1) % SECOND_MS) + 1;
}

export function durationParts(remainingMs: number): DurationParts {
  const total = secondsLeft(remainingMs);
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor(total / 3_600) % 24,
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
  };
}

/** `4:05`, or `1:00:00` from an hour on. */
export function clockDigits(remainingMs: number): string {
  const total = secondsLeft(remainingMs);
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor(total / 60) % 60;
  const seconds = String(total % 60).padStart(2, '0');
  if (hours === 0) return `${minutes}:${seconds}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${seconds}`;
}

/**
 * The duration cut to steps worth saying aloud: days, hours, minutes, and at last 30 and 10
 * seconds. A screen reader that read every second would read nothing else.
 */
export function spokenParts(remainingMs: number): DurationParts {
  const { days, hours, minutes, seconds } = durationParts(remainingMs);
  if (days > 0) return { days, hours, minutes: 0, seconds: 0 };
  if (hours > 0) return { days, hours, minutes: minutes - (minutes % 10), seconds: 0 };
  if (minutes > 0) return { days, hours, minutes, seconds: 0 };
  if (seconds > 30) return { days, hours, minutes: 1, seconds: 0 };
  return { days, hours, minutes, seconds: seconds > 10 ? 30 : Math.min(seconds, 1) * 10 };
}

/** Weekday, day and time with its zone: `Sun, 22 Nov, 18:00 CET`. */
export function formatInstant(instant: string | number, { locale, timeZone }: TimeStyle): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  }).format(new Date(instant));
}

/** The time of day to the second: `18:00:42`. */
export function formatTimeOfDay(instant: string | number, { locale, timeZone }: TimeStyle): string {
  return new Intl.DateTimeFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    ...(timeZone && { timeZone }),
  }).format(new Date(instant));
}
