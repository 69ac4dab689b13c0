/**
 * Wall-clock times of an IANA zone and the instants they stand for. Pure: the zones' rules are the
 * runtime's, the time is passed in.
 */

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Whether the runtime knows the zone by this name. Bare offsets are not names. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant, in milliseconds since the epoch, at which clocks in the zone show this time.
 * A time that is shown twice, as in autumn, means the first; one that is skipped, as in spring,
 * has no instant.
 * @param local `YYYY-MM-DDTHH:MM`, with seconds and fractions if wanted, and no offset.
 */
export function instantOfLocal(local: string, timeZone: string): number | undefined {
  const asUtcMs = Date.parse(`${local}Z`.replace(/T(\d\d:\d\d)Z$/, 'T$1:00Z'));
  // A zone's offset stays below a day, so these are the offsets on both sides of any change nearby.
  const offsetsMs = [asUtcMs - DAY_MS, asUtcMs + DAY_MS].map((ms) => offsetMs(ms, timeZone));
  const shown = offsetsMs
    .map((offset) => asUtcMs - offset)
    .filter((ms) => ms + offsetMs(ms, timeZone) === asUtcMs);
  return shown.length > 0 ? Math.min(...shown) : undefined;
}

/** What clocks in the zone show at an instant: `YYYY-MM-DDTHH:MM`, with seconds only if they count. */
export function localOfInstant(ms: number, timeZone: string): string {
  const text = new Date(ms + offsetMs(ms, timeZone)).toISOString().slice(0, -1);
  return text.replace(/(:00)?\.000$/, '');
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetMs(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(ms);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wholeSecondMs = Math.floor(ms / 1_000) * 1_000;
  const shownMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shownMs - wholeSecondMs;
}
