/** Values in a mail as people read them: texts of others, money and times. Pure. */
import { majorUnits, minorDigitsOf } from '../../../contract/currencies.ts';
import type { Language } from '../../../contract/languages.ts';
import { isolated } from '../../../contract/visible-text.ts';

/** UTF-16 units. What is longer is cut by most mail programs anyway. */
const LINE_UNITS_MAX = 150;
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };
/** Of each sort; a shop has few currencies and time zones. */
const FORMATS_MAX = 50;
const moneyFormats = new Map<string, Intl.NumberFormat>();
const timeFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * What somebody wrote, as a part of one line: no line breaks or other control characters, no more than
 * one blank at a time, cut where it is long.
 */
export function oneLine(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const short = plain.length <= LINE_UNITS_MAX ? plain : `${plain.slice(0, LINE_UNITS_MAX - 1)}…`;
  return isolated(withoutHalves(short));
}

/** A cut may go through a character. */
function withoutHalves(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '');
}

/** What an item is called together with its variant. @param variantLabel null for an item without variants */
export function itemTitle(name: string, variantLabel: string | null): string {
  return variantLabel === null ? name : `${name} · ${variantLabel}`;
}

/** @param minorUnits a whole number: cents, yen, fils. */
export function money(minorUnits: number, currency: string, language: Language): string {
  const digits = minorDigitsOf(currency);
  const format = kept(
    moneyFormats,
    `${language}/${currency}`,
    () =>
      new Intl.NumberFormat(LOCALES[language], {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  );
  // As text it is exact, however large it is.
  return format.format(majorUnits(minorUnits, currency) as `${number}`);
}

/** The day and the time in the zone, with the zone's name. */
export function dayAndTime(ms: number, timeZone: string, language: Language): string {
  const format = kept(
    timeFormats,
    `${language}/${timeZone}`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
        timeZone,
      }),
  );
  const text = format.format(ms);
  return timeZone === 'UTC' ? text : `${text} (${timeZone.replaceAll('_', ' ')})`;
}

/** The time of a day that is near, in the zone, with the zone's name. */
export function timeOfDay(ms: number, timeZone: string, language: Language): string {
  const format = kept(
    timeFormats,
    `${language}/${timeZone}/time`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
        timeZone,
      }),
  );
  return format.format(ms);
}

/** To make one costs more than all else of a mail's text. */
function kept<Format>(formats: Map<string, Format>, name: string, make: () => Format): Format {
  const known = formats.get(name);
  if (known !== undefined) return known;
  if (formats.size >= FORMATS_MAX) formats.clear();
  const made = make();
  formats.set(name, made);
  return made;
}
