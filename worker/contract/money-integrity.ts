/** The laws of an event's money, as anybody may have them recounted. */
import * as z from 'zod';

/**
 * - `kept_too_much`: more was taken than is the shop's, and nothing is to give it back.
 * - `took_too_little`: less was taken than its order costs, and nothing is to take it.
 * - `authorised_for_nothing`: money is reserved for an order that has ended, and nothing is to release it.
 * - `confirmed_unpaid`: an order that has to be paid for is confirmed by no payment.
 * - `paid_otherwise`: an order rests on a payment of another order, amount or currency.
 * - `failed_and_kept`: a payment failed, its order has its units, and nothing is to give them back.
 * - `refund_forgotten`: a refund was decided, and nothing is to make it.
 */
export const MONEY_LAWS = [
  'kept_too_much',
  'took_too_little',
  'authorised_for_nothing',
  'confirmed_unpaid',
  'paid_otherwise',
  'failed_and_kept',
  'refund_forgotten',
] as const;
export type MoneyLaw = (typeof MONEY_LAWS)[number];

/** Nothing of a customer and no amount: how often each law was broken, where it was. */
export const moneyIntegritySchema = z.object({
  ok: z.boolean(),
  broken: z.partialRecord(z.enum(MONEY_LAWS), z.int().min(1)),
});
