/** The numbers under which people speak of orders. */
import * as z from 'zod';
import type { OrderId } from './ids.ts';

/** Of an order's id, the last ones. */
const ORDER_NUMBER_CHARS = 12;

/** The number under which people speak of an order: the end of its id, such as `4F7K-9QX2-M3HT`. */
export const orderNumberSchema = z
  .string()
  .regex(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/)
  .brand('OrderNumber');
export type OrderNumber = z.infer<typeof orderNumberSchema>;

/** As people write it, with its dashes or without, in any case. @returns what the order's id ends in */
export const typedOrderNumberSchema = z
  .string()
  .regex(/^(?:[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4}-?){2}[0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4}$/)
  .transform((typed) => typed.replaceAll('-', '').toLowerCase());

/** Two orders may have the same one, as seldom as 40 random bits are the same in 17 minutes. */
export function orderNumberOf(id: OrderId): OrderNumber {
  const groups = id.slice(-ORDER_NUMBER_CHARS).toUpperCase().match(/.{4}/g) ?? [];
  return groups.join('-') as OrderNumber;
}

/** So much of a number is sought at least: less is the beginning of many. */
const SOUGHT_CHARS_MIN = 4;
const ID_OF_ORDER = /^ord_[0-9a-z]{12}_[0-9a-z]{6}([0-9a-z]{12})$/;

/**
 * How the numbers begin that somebody seeks by what they typed: a number or its beginning, with or without
 * dashes, or an order's id. In a whole number letters that only look like digits are read as those.
 *
 * @returns 4 to 12 of the last characters of ids; undefined for what begins no number
 */
export function soughtNumberOf(typed: string): string | undefined {
  const lower = typed.trim().toLowerCase();
  const ofId = ID_OF_ORDER.exec(lower)?.[1];
  if (ofId !== undefined) return ofId;
  const bare = lower.replaceAll(/[\s\p{Pd}]/gu, '');
  const isWhole = bare.length === ORDER_NUMBER_CHARS;
  const read = isWhole ? bare.replaceAll('o', '0').replaceAll(/[il]/g, '1') : bare;
  return bare.length >= SOUGHT_CHARS_MIN && /^[0-9a-hjkmnp-tv-z]{1,12}$/.test(read)
    ? read
    : undefined;
}
