/** What goes into a parcel, to be printed. */
import * as z from 'zod';
import { addressSchema } from './address.ts';
import { orderIdSchema } from './ids.ts';
import { languageSchema } from './languages.ts';
import { orderNumberSchema } from './order-numbers.ts';
import { totalsSchema } from './totals.ts';
import { areUnique, currencySchema, instantSchema } from './values.ts';

/** Orders whose slips one call gives. */
const SLIPS_AT_ONCE_MAX = 100;

export const slipsWishSchema = z.strictObject({
  ids: z
    .array(orderIdSchema)
    .min(1)
    .max(SLIPS_AT_ONCE_MAX)
    .refine(areUnique, 'must each be named once'),
});

export const orderSlipSchema = z.object({
  id: orderIdSchema,
  number: orderNumberSchema,
  eventTitle: z.string(),
  itemName: z.string(),
  variantLabel: z.string().nullable(),
  /** Those that were not given back. */
  units: z.int().min(1),
  customerName: z.string(),
  /** Of its customer, in which the slip is written. */
  language: languageSchema,
  /** Null where nobody said it, or it needs none. */
  address: addressSchema.nullable(),
  boughtAt: instantSchema,
  unitPriceCents: z.int().min(0),
  currency: currencySchema,
  /** Of all that was bought, with shipping and tax. */
  totalCents: z.int().min(0),
  /** The same, line by line. */
  totals: totalsSchema,
});
export type OrderSlip = z.infer<typeof orderSlipSchema>;

export const slipsAnswerSchema = z.object({
  /** As the shop calls itself. */
  shopName: z.string(),
  slips: z
    .array(orderSlipSchema)
    .meta({ description: 'In the order in which they were named; only what is to be packed.' }),
  serverNow: instantSchema,
});
export type SlipsAnswer = z.infer<typeof slipsAnswerSchema>;
