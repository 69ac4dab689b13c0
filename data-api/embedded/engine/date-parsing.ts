/** Dates out of texts that come without a format: those of ISO 8601 and its near relatives. */
import { readDate, unreadable } from './date-formats.ts';
import { zoneOf } from './date-zones.ts';
import { isNullish, mongoError } from './values.ts';

/** Longer ones are no dates, and would take long to be found none. */
const CHARS_MAX = 100;
const FORMS: [RegExp, string][] = [
  [/^\d{4}-\d{1,2}-\d{1,2}$/, '%Y-%m-%d'],
  [/^\d{4}-\d{1,2}$/, '%Y-%m'],
  [/^\d{4}\/\d{1,2}\/\d{1,2}$/, '%Y/%m/%d'],
  [/^\d{1,2}\/\d{1,2}\/\d{4}$/, '%m/%d/%Y'],
  [/^\d{8}$/, '%Y%m%d'],
  [/^[A-Z][a-z]{2} \d{1,2},? \d{4}$/i, '%b %d %Y'],
  [/^[A-Z][a-z]{3,} \d{1,2},? \d{4}$/i, '%B %d %Y'],
  [/^\d{1,2} [A-Z][a-z]{2} \d{4}$/i, '%d %b %Y'],
  [/^\d{1,2} [A-Z][a-z]{3,} \d{4}$/i, '%d %B %Y'],
];
const TIME =
  /^(.*?)(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)\s*([A-Z+-][\w+:/-]*)?$/i;

/** @param options `timezone` is that of a text which names none; `format` is its form. */
export function parseDate(
  text: string,
  { format, timezone }: { format?: unknown; timezone?: unknown },
): Date {
  const zone = zoneOf(timezone);
  if (!isNullish(format)) {
    if (typeof format === 'string') return readDate(text, format, zone);
    throw mongoError('TypeMismatch', "$dateFromString requires that 'format' be a string");
  }
  const trimmed = text.trim();
  if (trimmed.length > CHARS_MAX) throw unreadable(trimmed.slice(0, CHARS_MAX));
  const [, day = trimmed, hour = '0', minute = '0', second = '0', fraction = '0', named] =
    TIME.exec(trimmed) ?? [];
  const form = FORMS.find(([pattern]) => pattern.test(day))?.[1];
  if (form === undefined) throw unreadable(text);
  if (named !== undefined && !isNullish(timezone)) {
    throw mongoError('ConversionFailure', `'${text}' has a time zone, and another one is given`);
  }
  const ms = fraction.padEnd(3, '0').slice(0, 3);
  const whole = `${day.replace(',', '')} ${hour}:${minute}:${second}.${ms}`;
  return readDate(
    whole,
    `${form} %H:%M:%S.%L`,
    named === undefined ? zone : zoneNamed(named, text),
  );
}

function zoneNamed(name: string, text: string) {
  try {
    return zoneOf(name.toUpperCase() === 'Z' ? 'UTC' : name);
  } catch {
    throw unreadable(text);
  }
}
