/** Dates as texts of a format, and texts of a format as dates. */
import {
  DAY_MS,
  dayOfYear,
  HOUR_MS,
  isoDayOfWeek,
  isoWeek,
  MINUTE_MS,
  SECOND_MS,
  startOfDay,
  week,
} from './calendar.ts';
import { fromWall, toWall, type Zone, zoneOf } from './date-zones.ts';
import { mongoError } from './values.ts';

export const DEFAULT_FORMAT = '%Y-%m-%dT%H:%M:%S.%L';
const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const SPECIFIER = /%([\s\S]?)/g;

const WRITERS: Record<string, (wall: number, offset: number) => string> = {
  Y: (wall) => padded(new Date(wall).getUTCFullYear(), 4),
  m: (wall) => padded(new Date(wall).getUTCMonth() + 1, 2),
  d: (wall) => padded(new Date(wall).getUTCDate(), 2),
  H: (wall) => padded(new Date(wall).getUTCHours(), 2),
  M: (wall) => padded(new Date(wall).getUTCMinutes(), 2),
  S: (wall) => padded(new Date(wall).getUTCSeconds(), 2),
  L: (wall) => padded(new Date(wall).getUTCMilliseconds(), 3),
  j: (wall) => padded(dayOfYear(wall), 3),
  w: (wall) => String(new Date(wall).getUTCDay() + 1),
  u: (wall) => String(isoDayOfWeek(wall)),
  U: (wall) => padded(week(wall), 2),
  V: (wall) => padded(isoWeek(wall).week, 2),
  G: (wall) => padded(isoWeek(wall).year, 4),
  b: (wall) => (MONTHS[new Date(wall).getUTCMonth()] ?? '').slice(0, 3),
  B: (wall) => MONTHS[new Date(wall).getUTCMonth()] ?? '',
  z: (_wall, offset) => offsetText(offset),
  Z: (_wall, offset) => String(offset / MINUTE_MS),
  '%': () => '%',
};

/** What each part of a format may look like; `[name, pattern]`. */
const READERS: Record<string, string> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  L: '(?<L>\\d{1,3})',
  j: '(?<j>\\d{1,3})',
  G: '(?<G>\\d{4})',
  V: '(?<V>\\d{1,2})',
  u: '(?<u>[1-7])',
  b: `(?<b>${MONTHS.map((name) => name.slice(0, 3)).join('|')})`,
  B: `(?<B>${MONTHS.join('|')})`,
  z: '(?<z>Z|[+-]\\d{2}:?\\d{2})',
  Z: '(?<Z>[+-]?\\d{1,4})',
  '%': '%',
};

export function formatDate(date: Date, format: string, zone: Zone): string {
  const wall = toWall(date.getTime(), zone);
  return format.replaceAll(SPECIFIER, (_all, letter: string) => {
    const write = Object.hasOwn(WRITERS, letter) ? WRITERS[letter] : undefined;
    if (write === undefined) throw badFormat(letter);
    return write(wall, zone(date.getTime()));
  });
}

/** @throws Refused where the text does not have the format. */
export function readDate(text: string, format: string, zone: Zone): Date {
  const escaped = format.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const pattern = escaped.replaceAll(SPECIFIER, (_all, letter: string) => {
    const read = Object.hasOwn(READERS, letter) ? READERS[letter] : undefined;
    if (read === undefined) throw badFormat(letter);
    return read;
  });
  const { groups } = compiled(pattern).exec(text) ?? {};
  if (groups === undefined) throw unreadable(text);
  return dateFromGroups(groups, zone, text);
}

export function unreadable(text: string) {
  return mongoError('ConversionFailure', `Error parsing date string '${text}'`);
}

/** A format may name a part twice, which no expression can. */
function compiled(pattern: string): RegExp {
  try {
    return new RegExp(`^${pattern}$`, 'i');
  } catch {
    throw mongoError('BadValue', 'the format names a part twice');
  }
}

type Groups = Record<string, string | undefined>;

function dateFromGroups(groups: Groups, zone: Zone, text: string): Date {
  const number = (letter: string, otherwise: number) => Number(groups[letter] ?? otherwise);
  const time =
    number('H', 0) * HOUR_MS +
    number('M', 0) * MINUTE_MS +
    number('S', 0) * SECOND_MS +
    number('L', 0);
  const wall = dayFromGroups(groups, number) + time;
  const isInRange =
    number('m', 1) >= 1 &&
    number('m', 1) <= 12 &&
    number('d', 1) >= 1 &&
    number('d', 1) <= 31 &&
    number('H', 0) < 24 &&
    number('M', 0) < 60 &&
    number('S', 0) < 60;
  if (!isInRange || Number.isNaN(wall)) throw unreadable(text);
  if (groups['Z'] !== undefined) return new Date(wall - number('Z', 0) * MINUTE_MS);
  return new Date(
    fromWall(wall, groups['z'] === undefined ? zone : zoneOf(groups['z'].toUpperCase())),
  );
}

function dayFromGroups(groups: Groups, number: (letter: string, otherwise: number) => number) {
  if (groups['G'] !== undefined) {
    const fourth = startOfDay(number('G', 1970), 0, 4);
    const monday = fourth - (isoDayOfWeek(fourth) - 1) * DAY_MS;
    return monday + ((number('V', 1) - 1) * 7 + number('u', 1) - 1) * DAY_MS;
  }
  if (groups['j'] !== undefined) return startOfDay(number('Y', 1970), 0, number('j', 1));
  const name = (groups['B'] ?? groups['b'])?.slice(0, 3).toLowerCase();
  const named = MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === name);
  return startOfDay(number('Y', 1970), named >= 0 ? named : number('m', 1) - 1, number('d', 1));
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_MS;
  const sign = offset < 0 ? '-' : '+';
  return `${sign}${padded(Math.floor(minutes / 60), 2)}${padded(minutes % 60, 2)}`;
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function badFormat(letter: string) {
  return mongoError('Location18536', `Invalid format character '%${letter}' in format string`);
}
