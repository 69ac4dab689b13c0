/** Sums, differences, bins and parts of dates, in a time zone where the unit depends on one. */
import { Long } from 'bson';
import type { Fields } from '../../protocol/fields.ts';
import {
  addUnits,
  DAY_MS,
  HOUR_MS,
  isoDayOfWeek,
  isoWeek,
  MINUTE_MS,
  modulo,
  monthsOf,
  SECOND_MS,
  startOfDay,
  startOfMonths,
  unitOf,
  weekDayNamed,
} from './calendar.ts';
import { fromWall, toWall, zoneOf } from './date-zones.ts';
import { int, toWhole } from './numbers.ts';
import { isNullish, isNumber, isTrue, mongoError } from './values.ts';

/** Bins are counted from the first moment of this year. */
const BIN_START_YEAR = 2_000;
const BIN_START_MS = Date.UTC(BIN_START_YEAR, 0, 1);

export function dateAdd(date: Date, { unit, amount, timezone, sign }: Fields): Date {
  const count = toWhole(amount);
  if (count === undefined) throw mongoError('BadValue', "expects an integer value for 'amount'");
  const by = Number(count) * Number(sign);
  const wanted = unitOf(unit);
  // A day has 23 hours where the clock is put forward: days and months are those of the wall.
  const zone = 'ms' in wanted && !wanted.isDays ? zoneOf(undefined) : zoneOf(timezone);
  const result = new Date(fromWall(addUnits(toWall(date.getTime(), zone), wanted, by), zone));
  if (Number.isNaN(result.getTime())) throw mongoError('Overflow', 'the date is out of range');
  return result;
}

/** How many boundaries of the unit lie between the two. */
export function dateDiff(from: Date, to: Date, { unit, timezone, startOfWeek }: Fields): Long {
  const wanted = unitOf(unit);
  const zone = 'ms' in wanted && !wanted.isDays ? zoneOf(undefined) : zoneOf(timezone);
  const [start, end] = [toWall(from.getTime(), zone), toWall(to.getTime(), zone)];
  if ('months' in wanted) {
    const count = (wall: number) => Math.floor(monthsOf(wall) / wanted.months);
    return Long.fromNumber(count(end) - count(start));
  }
  const shift = unit === 'week' ? weekShift(startOfWeek) : 0;
  const count = (wall: number) => Math.floor((wall - shift) / wanted.ms);
  return Long.fromNumber(count(end) - count(start));
}

export function dateTrunc(
  date: Date,
  { unit, binSize, timezone, startOfWeek }: Fields,
): Date | null {
  if (binSize === null || timezone === null) return null;
  const size = binSize === undefined ? 1 : Number(toWhole(binSize) ?? 0);
  if (size <= 0) throw mongoError('BadValue', "$dateTrunc requires 'binSize' to be above 0");
  const wanted = unitOf(unit);
  const zone = zoneOf(timezone);
  const wall = toWall(date.getTime(), zone);
  if ('months' in wanted) {
    const width = wanted.months * size;
    const months = monthsOf(wall) - BIN_START_YEAR * 12;
    return new Date(fromWall(startOfMonths(monthsOf(wall) - modulo(months, width)), zone));
  }
  const start = unit === 'week' ? firstWeekStart(startOfWeek) : BIN_START_MS;
  const width = wanted.ms * size;
  const passed = modulo(wall - start, width);
  if (wanted.isDays) return new Date(fromWall(wall - passed, zone));
  return new Date(date.getTime() - passed);
}

export function dateFromParts(parts: Fields): Date | null {
  if (Object.values(parts).some(isNullish)) return null;
  const whole = (name: string, otherwise: number): number => {
    const value = parts[name];
    if (value === undefined) return otherwise;
    const number = isNumber(value) ? toWhole(value) : undefined;
    if (number === undefined)
      throw mongoError('Location40515', `'${name}' must evaluate to an integer`);
    return Number(number);
  };
  const time =
    whole('hour', 0) * HOUR_MS +
    whole('minute', 0) * MINUTE_MS +
    whole('second', 0) * SECOND_MS +
    whole('millisecond', 0);
  const wall = dayFromParts(parts, whole) + time;
  const date = new Date(fromWall(wall, zoneOf(parts['timezone'])));
  if (Number.isNaN(date.getTime())) throw mongoError('BadValue', 'the parts make no date');
  return date;
}

function dayFromParts(parts: Fields, whole: (name: string, otherwise: number) => number): number {
  if (parts['isoWeekYear'] !== undefined) {
    const fourth = startOfDay(whole('isoWeekYear', 0), 0, 4);
    const monday = fourth - (isoDayOfWeek(fourth) - 1) * DAY_MS;
    return monday + ((whole('isoWeek', 1) - 1) * 7 + whole('isoDayOfWeek', 1) - 1) * DAY_MS;
  }
  if (parts['year'] === undefined) {
    throw mongoError('Location40516', "$dateFromParts requires either 'year' or 'isoWeekYear'");
  }
  return startOfDay(whole('year', 0), whole('month', 1) - 1, whole('day', 1));
}

export function dateToParts(date: Date, { timezone, iso8601 }: Fields): Fields | null {
  if (timezone === null) return null;
  const wall = toWall(date.getTime(), zoneOf(timezone));
  const on = new Date(wall);
  const { year, week } = isoWeek(wall);
  const day: Record<string, number> = isTrue(iso8601)
    ? { isoWeekYear: year, isoWeek: week, isoDayOfWeek: isoDayOfWeek(wall) }
    : { year: on.getUTCFullYear(), month: on.getUTCMonth() + 1, day: on.getUTCDate() };
  const parts = {
    ...day,
    hour: on.getUTCHours(),
    minute: on.getUTCMinutes(),
    second: on.getUTCSeconds(),
    millisecond: on.getUTCMilliseconds(),
  };
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, int(value)]));
}

/** From 1 January 1970, a Thursday, to the first day on which a week begins. */
function weekShift(startOfWeek: unknown): number {
  return modulo(weekDayNamed(startOfWeek ?? 'sunday') - 4, 7) * DAY_MS;
}

/** The first week's start from 2000 on: 1 January was a Saturday. */
function firstWeekStart(startOfWeek: unknown): number {
  return BIN_START_MS + modulo(weekDayNamed(startOfWeek ?? 'sunday') - 6, 7) * DAY_MS;
}
