/** Operators on dates. */
import { Long, ObjectId, Timestamp } from 'bson';
import { type Fields, isFields } from '../../protocol/fields.ts';
import { Refused } from '../../protocol/refusal.ts';
import { dayOfYear, isoDayOfWeek, isoWeek, week } from './calendar.ts';
import { dateAdd, dateDiff, dateFromParts, dateToParts, dateTrunc } from './date-arithmetic.ts';
import { DEFAULT_FORMAT, formatDate } from './date-formats.ts';
import { parseDate } from './date-parsing.ts';
import { isUtc, toWall, zoneOf } from './date-zones.ts';
import { int } from './numbers.ts';
import {
  type Compile,
  type Evaluate,
  namedParts,
  type Operator,
  type Operators,
  ofNamed,
} from './operator.ts';
import { isNullish, mongoError, typeOf } from './values.ts';

const PARTS =
  'year month day isoWeekYear isoWeek isoDayOfWeek hour minute second millisecond timezone'.split(
    ' ',
  );

export const DATE_OPERATORS: Operators = {
  $year: part('$year', (wall) => new Date(wall).getUTCFullYear()),
  $month: part('$month', (wall) => new Date(wall).getUTCMonth() + 1),
  $dayOfMonth: part('$dayOfMonth', (wall) => new Date(wall).getUTCDate()),
  $hour: part('$hour', (wall) => new Date(wall).getUTCHours()),
  $minute: part('$minute', (wall) => new Date(wall).getUTCMinutes()),
  $second: part('$second', (wall) => new Date(wall).getUTCSeconds()),
  $millisecond: part('$millisecond', (wall) => new Date(wall).getUTCMilliseconds()),
  $dayOfWeek: part('$dayOfWeek', (wall) => new Date(wall).getUTCDay() + 1),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $isoDayOfWeek: part('$isoDayOfWeek', isoDayOfWeek),
  $isoWeek: part('$isoWeek', (wall) => isoWeek(wall).week),
  $isoWeekYear: (operand, compile) => {
    const year = part('$isoWeekYear', (wall) => isoWeek(wall).year)(operand, compile);
    return (scope) => {
      const value = year(scope);
      return value === null ? null : Long.fromNumber(Number(value));
    };
  },
  $week: part('$week', week),
  $dateToString: ofNamed(['$dateToString', 'date', 'format?', 'timezone?', 'onNull?'], (named) => {
    const { date, format, timezone, onNull = null } = named;
    if (isNullish(date)) return onNull;
    if (format === null || timezone === null) return null;
    const form = format ?? (isUtc(timezone) ? `${DEFAULT_FORMAT}Z` : DEFAULT_FORMAT);
    if (typeof form !== 'string') throw mongoError('TypeMismatch', "'format' must be a string");
    return formatDate(dateOf('$dateToString', date), form, zoneOf(timezone));
  }),
  $dateFromString: dateFromString,
  $dateAdd: adding('$dateAdd', 1),
  $dateSubtract: adding('$dateSubtract', -1),
  $dateDiff: ofNamed(
    ['$dateDiff', 'startDate', 'endDate', 'unit', 'timezone?', 'startOfWeek?'],
    (named) => {
      const { startDate, endDate, unit, ...rest } = named;
      if ([startDate, endDate, unit].some(isNullish)) return null;
      const [from, to] = [dateOf('$dateDiff', startDate), dateOf('$dateDiff', endDate)];
      return dateDiff(from, to, { unit, ...rest });
    },
  ),
  $dateTrunc: ofNamed(
    ['$dateTrunc', 'date', 'unit', 'binSize?', 'timezone?', 'startOfWeek?'],
    (named) => {
      const { date, unit, ...rest } = named;
      if (isNullish(date) || isNullish(unit)) return null;
      return dateTrunc(dateOf('$dateTrunc', date), { unit, ...rest });
    },
  ),
  $dateFromParts: ofNamed(['$dateFromParts', ...PARTS.map((name) => `${name}?`)], dateFromParts),
  $dateToParts: ofNamed(['$dateToParts', 'date', 'timezone?', 'iso8601?'], (named) => {
    if (isNullish(named['date'])) return null;
    return dateToParts(dateOf('$dateToParts', named['date']), named);
  }),
};

function adding(name: '$dateAdd' | '$dateSubtract', sign: 1 | -1): Operator {
  return ofNamed([name, 'startDate', 'unit', 'amount', 'timezone?'], (named) => {
    const { startDate, unit, amount, timezone } = named;
    if ([startDate, unit, amount].some(isNullish) || timezone === null) return null;
    return dateAdd(dateOf(name, startDate), { unit, amount, timezone, sign });
  });
}

/** Ids and timestamps have a moment in them. */
function dateOf(name: string, value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1_000);
  throw mongoError('TypeMismatch', `${name} requires a date, not ${typeOf(value)}`);
}

/** Takes a date, or `{ date, timezone }`. */
function part(name: string, read: (wall: number) => number): Operator {
  return (operand, compile) => {
    const isNamed = isFields(operand) && Object.hasOwn(operand, 'date');
    const single: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const parts = isNamed
      ? Object.fromEntries(namedParts([name, 'date', 'timezone?'], operand))
      : { date: single };
    const [date, timezone] = [compile(parts['date']), compile(parts['timezone'] ?? 'UTC')];
    return (scope) => {
      const [value, zone] = [date(scope), timezone(scope)];
      if (isNullish(value) || isNullish(zone)) return null;
      return int(read(toWall(dateOf(name, value).getTime(), zoneOf(zone))));
    };
  };
}

function dateFromString(operand: unknown, compile: Compile): Evaluate {
  const names = ['dateString', 'format?', 'timezone?', 'onError?', 'onNull?'];
  const parts = Object.fromEntries(namedParts(['$dateFromString', ...names], operand));
  const compiled = Object.fromEntries(
    Object.entries(parts).map(([name, expression]) => [name, compile(expression)]),
  );
  return (scope) => {
    const value = compiled['dateString']?.(scope);
    if (isNullish(value)) return compiled['onNull']?.(scope) ?? null;
    const options: Fields = {
      format: compiled['format']?.(scope),
      timezone: compiled['timezone']?.(scope),
    };
    try {
      if (typeof value === 'string') return parseDate(value, options);
      throw mongoError(
        'ConversionFailure',
        '$dateFromString requires that the dateString is a string',
      );
    } catch (error) {
      const onError = compiled['onError'];
      if (onError === undefined || !(error instanceof Refused)) throw error;
      return onError(scope);
    }
  };
}
