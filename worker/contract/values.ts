/** Values that several parts of the contract share: times, money, text, paging. */
import * as z from 'zod';
import { hasDirectionControls, isVisible, withoutDirectionControls } from './visible-text.ts';

export const LIMITS = {
  pageSizeMax: 100,
  pageSizeDefault: 20,
  titleCharsMax: 120,
  descriptionCharsMax: 2_000,
  urlCharsMax: 2_048,
  timeZoneCharsMax: 64,
  holdSecondsMin: 5,
  holdSecondsMax: 1_800,
  holdSecondsDefault: 300,
  offerSecondsMin: 30,
  offerSecondsMax: 86_400,
  offerSecondsDefault: 600,
  /** All that were ever made in an event. */
  queueEntriesPerEventMax: 1_000_000,
  /** Of one customer for one event item in 24 hours, whatever became of them. */
  queueEntriesPerDayMax: 5,
  itemsPerEventMax: 50,
  /** All variants of all its items; an item without variants is one. */
  eventItemsMax: 99,
  variantsPerItemMax: 50,
  variantLabelCharsMax: 40,
  picturesPerItemMax: 8,
  quantityMax: 100,
  stockMax: 1_000_000,
  idempotencyKeyCharsMax: 255,
  bodyBytesMax: 64 * 1024,
} as const;

/** An instant, RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const instantSchema = z.iso.datetime();

/** ISO 4217, three capital letters. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, { abort: true });

/**
 * Trimmed, Unicode, without control characters other than line breaks and tabs. What turns the text
 * around it is left out; a text of which nothing can be seen is empty.
 */
export function textSchema(charsMin: number, charsMax: number) {
  return z
    .string()
    .overwrite(plainText)
    .min(charsMin)
    .max(charsMax)
    .refine(hasNoControlCharacters, 'must not contain control characters');
}

/**
 * What stands in a line with other texts, as names and titles do: one line in any script.
 * @param charsMin 0 where it may be empty.
 */
export function lineSchema(charsMax: number, charsMin: 0 | 1 = 1) {
  return z
    .string()
    .trim()
    .min(charsMin, { abort: true })
    .max(charsMax)
    .refine(hasNoControlCharacters, {
      error: 'must not contain control characters',
      abort: true,
    })
    .refine((text) => !/[\t\n\r\p{Zl}\p{Zp}]/u.test(text), {
      error: 'must be one line',
      abort: true,
    })
    .refine((text) => !hasDirectionControls(text), {
      error: 'must not turn the direction of the text around it',
      abort: true,
    })
    .refine((text) => text === '' || isVisible(text), 'must have something to see');
}

function plainText(text: string): string {
  const plain = withoutDirectionControls(text).trim();
  return isVisible(plain) || !hasNoControlCharacters(plain) ? plain : '';
}

export function areUnique(values: string[]): boolean {
  return new Set(values).size === values.length;
}

/** `?cursor=…&limit=…`; the cursor is what the page before gave as `nextCursor`. */
export const pageQuerySchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageSizeMax).default(LIMITS.pageSizeDefault),
});

function hasNoControlCharacters(text: string): boolean {
  // All of Unicode's controls but tab, line feed and carriage return; and no half surrogates.
  return !/(?![\t\n\r])\p{Cc}/u.test(text) && text.isWellFormed();
}
