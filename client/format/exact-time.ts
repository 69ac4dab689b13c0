/**
 * Weekday, day and time to the second: entries of a draw close some seconds before it opens. Not in times.ts,
 * which is a part of the first load.
 *
 * @param timeZone IANA name; the reader's own where it is left out
 */
export function exactTime(instant: string | number, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  }).format(new Date(instant));
}
