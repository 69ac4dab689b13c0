/** The console's one search: what is asked and what is answered. */
import * as z from 'zod';
import { eventIdSchema, itemIdSchema, orderIdSchema, userIdSchema } from './ids.ts';
import { orderNumberSchema } from './order-numbers.ts';
import { orderStatusSchema } from './orders.ts';
import { instantSchema, LIMITS, textSchema } from './values.ts';

/** Of each group. */
export const ADMIN_SEARCH_FOUND_MAX = 5;
export const ADMIN_SEARCH_CHARS_MAX = LIMITS.titleCharsMax;

/** Two letters or digits that follow each other: less is in nearly every name. */
const SOUGHT = /[\p{L}\p{N}]\p{M}*[\p{L}\p{N}]/u;

export const adminSearchQuerySchema = z.strictObject({
  q: textSchema(1, ADMIN_SEARCH_CHARS_MAX)
    .refine((q) => SOUGHT.test(q), 'must have two letters or digits that follow each other')
    .meta({
      description:
        'Words, each a part of a name, in any case and with accents or without; a word of one or two letters is the beginning of one. Two letters or digits have to follow each other. Of an order: the first 4 or more characters of its number; or a part of the customer’s name and address, or of the item’s present name.',
    }),
});

const foundOrderSchema = z.object({
  id: orderIdSchema,
  number: orderNumberSchema,
  status: orderStatusSchema,
  reservedAt: instantSchema,
  eventTitle: z.string(),
  itemName: z.string(),
  customerName: z.string(),
});

const foundCustomerSchema = z.object({
  id: userIdSchema,
  displayName: z.string(),
  email: z.string(),
  active: z.boolean(),
  deletedAt: instantSchema.nullable(),
});

const foundEventSchema = z.object({
  id: eventIdSchema,
  title: z.string(),
  startsAt: instantSchema,
  published: z.boolean(),
  cancelledAt: instantSchema.nullable(),
});

const foundItemSchema = z.object({
  id: itemIdSchema,
  name: z.string(),
  category: z.string(),
});

const groups = {
  orders: z.array(foundOrderSchema).max(ADMIN_SEARCH_FOUND_MAX),
  customers: z.array(foundCustomerSchema).max(ADMIN_SEARCH_FOUND_MAX),
  events: z.array(foundEventSchema).max(ADMIN_SEARCH_FOUND_MAX),
  items: z.array(foundItemSchema).max(ADMIN_SEARCH_FOUND_MAX),
};
const groupSchema = z.enum(['orders', 'customers', 'events', 'items']);
export type AdminSearchGroup = z.infer<typeof groupSchema>;

/** The newest few of each. */
export const adminSearchSchema = z.object({
  ...groups,
  more: z.array(groupSchema).meta({
    description:
      'Of which there is more; of orders also where there may be, since only the newest were looked through. Their lists, asked with the same q, have all.',
  }),
});
export type AdminSearch = z.infer<typeof adminSearchSchema>;
