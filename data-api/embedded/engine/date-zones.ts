/** Time zones: a moment as the wall shows it in one, and back. Wall times are kept as if in UTC. */
import { isNullish, mongoError } from './values.ts';

const OFFSET = /^([+-])(\d{2}):?(\d{2})?$/;
const MINUTE_MS = 60_000;
const UTC_NAMES = new Set(['UTC', 'GMT', 'Z', 'Etc/UTC']);
/** Of those that were asked for; a formatter is costly to make. */
const FORMATS_MAX = 100;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds to add to a moment to get the wall time. */
export type Zone = (ms: number) => number;

/** @param name an offset such as `+02:00`, or a name such as `Europe/Berlin`. */
export function zoneOf(name: unknown): Zone {
  if (isNullish(name) || UTC_NAMES.has(name as string)) return () => 0;
  if (typeof name !== 'string') throw mongoError('TypeMismatch', 'timezone must be a string');
  const [, sign, hours, minutes = '0'] = OFFSET.exec(name) ?? [];
  if (sign === undefined) return namedZone(name);
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return () => (sign === '-' ? -offset : offset);
}

export function isUtc(name: unknown): boolean {
  return isNullish(name) || UTC_NAMES.has(name as string);
}

export function toWall(ms: number, zone: Zone): number {
  return ms + zone(ms);
}

/** Of a wall time that is there twice the earlier moment. */
export function fromWall(wall: number, zone: Zone): number {
  const guess = wall - zone(wall);
  const offset = zone(guess);
  return wall - offset === guess ? guess : wall - zone(wall - offset);
}

function namedZone(name: string): Zone {
  const format = formats.get(name) ?? newFormat(name);
  return (ms) => {
    const parts = Object.fromEntries(
      format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    return wall - Math.floor(ms / 1_000) * 1_000;
  };
}

function newFormat(name: string): Intl.DateTimeFormat {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    if (formats.size >= FORMATS_MAX) formats.clear();
    formats.set(name, format);
    return format;
  } catch {
    throw mongoError('Location40485', `unrecognized time zone identifier: "${name}"`);
  }
}
