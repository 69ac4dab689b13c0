/** How far ahead something lies, in words. Must not know what time it is. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `in 5 minutes`, `in 3 hours`, `in 2 days`: rounded up to minutes, else down. What is past is now. */
export function formatAhead(
  instant: string,
  { nowMs, locale }: { nowMs: number; locale: string },
): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const leftMs = Math.max(0, Date.parse(instant) - nowMs);
  if (leftMs >= 2 * DAY_MS) return words.format(Math.floor(leftMs / DAY_MS), 'day');
  if (leftMs >= 2 * HOUR_MS) return words.format(Math.floor(leftMs / HOUR_MS), 'hour');
  return words.format(Math.ceil(leftMs / MINUTE_MS), 'minute');
}
