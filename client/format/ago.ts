/** How long ago something was written, in words. Must not know what time it is. */

const STEPS = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 7],
] as const;

/** Up to a week in words (`3 minutes ago`), else the date. */
export function formatAgo(
  instant: string,
  { nowMs, locale }: { nowMs: number; locale: string },
): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  let passed = Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 1_000));
  for (const [unit, size] of STEPS) {
    if (passed < size) return words.format(unit === 'second' ? 0 : -passed, unit);
    passed = Math.floor(passed / size);
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(instant));
}
