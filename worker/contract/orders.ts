/** Orders: what a purchase takes and gives. */
import * as z from 'zod';
import { addressSchema } from './address.ts';
import { eventIdSchema, eventItemIdSchema, orderIdSchema, queueEntryIdSchema } from './ids.ts';
import { orderNumberSchema } from './order-numbers.ts';
import { orderPaymentSchema } from './payments.ts';
import { totalsSchema } from './totals.ts';
import { currencySchema, instantSchema, LIMITS, pageQuerySchema } from './values.ts';

/** `pending` is a hold; the other three are ends. */
export const orderStatusSchema = z.enum(['pending', 'confirmed', 'cancelled', 'expired']);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

/** Of a confirmed order of which not all units were given back: it is still to be sent, or was. */
export const orderDeliverySchema = z.enum(['to_send', 'sent']);
export type OrderDelivery = z.infer<typeof orderDeliverySchema>;

export const orderSchema = z.object({
  id: orderIdSchema,
  /** For people: see `orderNumberOf`. */
  number: orderNumberSchema,
  eventId: eventIdSchema,
  eventItemId: eventItemIdSchema,
  variantLabel: z.string().nullable().meta({
    description: 'Which variant of the item it is of; null for an item without variants.',
  }),
  status: orderStatusSchema,
  quantity: z.int().min(1),
  unitPriceCents: z.int().min(0),
  currency: currencySchema,
  reservedAt: instantSchema,
  expiresAt: instantSchema,
  entryId: queueEntryIdSchema.nullable().meta({
    description: 'Of an offer, the queue entry that it was made to; null for any other order.',
  }),
  payOnline: z.boolean().meta({
    description: 'Whether only a payment confirms it. An order without a price is never paid for.',
  }),
  payment: orderPaymentSchema.nullable().meta({
    description:
      'Of the payment that confirmed it, else of the last one that was begun; null without one.',
  }),
  unitsReturned: z.int().min(0).meta({
    description: 'How many of its units were given back after it was confirmed.',
  }),
  needsAddress: z.boolean().meta({ description: 'Whether it is for an address.' }),
  address: addressSchema.nullable().meta({
    description: 'Where it is delivered to; null while nobody said, and once it was erased.',
  }),
  totals: totalsSchema.meta({
    description:
      'What it costs. Until somebody begins to pay: what it would cost with the address that is known, of the order or of the account.',
  }),
});
export type Order = z.infer<typeof orderSchema>;

export const reserveSchema = z.strictObject({
  quantity: z.int().min(1).max(LIMITS.quantityMax).default(1),
  /** What one unit cost where it was offered: another price is answered by `changed`. */
  shownPriceCents: z.int().min(0).optional(),
  /** The currency of that price. */
  shownCurrency: currencySchema.optional(),
});

export const orderAnswerSchema = z.object({ order: orderSchema, serverNow: instantSchema });
export type OrderAnswer = z.infer<typeof orderAnswerSchema>;

/** An order with what the history shows beside it. */
export const orderHistoryEntrySchema = z.object({
  ...orderSchema.shape,
  /** These are as they were at the hold, whatever they are called since. */
  eventTitle: z.string(),
  itemName: z.string(),
  /** The first 200 characters. */
  itemDescription: z.string(),
  itemImageUrl: z.string().nullable(),
  endedAt: instantSchema.nullable().meta({
    description:
      'When it was confirmed, given back or ran out; null while nothing has written that down.',
  }),
  sentAt: instantSchema.nullable().meta({
    description: 'When the shop said that it was sent; null where it did not.',
  }),
  trackingUrl: z.string().nullable().meta({
    description: 'Where its way is shown; null where the shop named no such page.',
  }),
});
export type OrderHistoryEntry = z.infer<typeof orderHistoryEntrySchema>;

/** `?status=…` and `?eventId=…` besides a page's own; a hold that has ended is `expired`, written off or not. */
export const orderHistoryQuerySchema = pageQuerySchema.extend({
  status: orderStatusSchema.optional(),
  eventId: eventIdSchema.optional(),
});

export const orderHistorySchema = z.object({
  orders: z.array(orderHistoryEntrySchema),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type OrderHistory = z.infer<typeof orderHistorySchema>;
