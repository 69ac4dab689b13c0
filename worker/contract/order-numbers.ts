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
