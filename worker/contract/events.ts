/** Events as a shopper sees them. */
import * as z from 'zod';
import { variantSchema } from './catalogue.ts';
import { eventIdSchema, eventItemIdSchema, itemIdSchema } from './ids.ts';
import { languageSchema } from './languages.ts';
import { moneyIntegritySchema } from './money-integrity.ts';
import { paymentKindSchema } from './payments.ts';
import { admissionSchema, itemQueueSchema } from './queue.ts';
import { queueIntegritySchema } from './queue-integrity.ts';
import { shippingGroupSchema } from './shipping.ts';
import { taxModeSchema } from './totals.ts';
import { eventTranslationsSchema, itemTranslationsSchema } from './translations.ts';
import { currencySchema, instantSchema, LIMITS, pageQuerySchema, textSchema } from './values.ts';

export const eventStatusSchema = z.enum(['locked', 'live', 'sold_out', 'closed']);
export type EventStatus = z.infer<typeof eventStatusSchema>;

/** Units of one event item. Always `remaining + held + sold = total`, none negative. */
export const stockSchema = z.object({
  total: z.int().min(0),
  remaining: z.int().min(0),
  held: z.int().min(0),
  sold: z.int().min(0),
});
export type Stock = z.infer<typeof stockSchema>;

export const eventItemSchema = z.object({
  id: eventItemIdSchema,
  itemId: itemIdSchema,
  variant: variantSchema.nullable().meta({
    description:
      'Which variant of the catalogue item this is; null for an item without variants. The variants of one item share its limit per customer.',
  }),
  name: z.string(),
  description: z.string(),
  translations: itemTranslationsSchema,
  imageUrl: z.string().nullable().meta({ description: 'The first of its pictures.' }),
  pictures: z.array(z.string()),
  priceCents: z.int().min(0),
  stock: stockSchema,
  limitPerCustomer: z.int().min(1),
  queue: itemQueueSchema,
});
export type EventItem = z.infer<typeof eventItemSchema>;

const eventFields = {
  id: eventIdSchema,
  title: z.string(),
  description: z.string(),
  translations: eventTranslationsSchema,
  coverUrl: z.string().nullable().meta({ description: 'The picture of the event itself.' }),
  status: eventStatusSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  closedAt: instantSchema.nullable().meta({
    description: 'When it was closed by hand; null where it was not, or was opened again.',
  }),
  cancelledAt: instantSchema.nullable().meta({
    description: 'When it was cancelled, which closed it for good; null where it was not.',
  }),
  holdSeconds: z.int(),
  currency: currencySchema,
  admission: admissionSchema.meta({
    description:
      'Who may buy at the opening: `draw` serves those who entered before it, in a drawn order.',
  }),
  waitlist: z.boolean().meta({
    description:
      'Whether one may enter the queue of an item once its units have gone, and that of a draw from `entriesCloseAt` on.',
  }),
  offerSeconds: z.int().meta({ description: 'How long an offer from the queue is held.' }),
  entriesCloseAt: instantSchema.nullable().meta({
    description:
      'From then on a draw takes entries only where it has a waitlist, behind all others; null for first come.',
  }),
  payment: paymentKindSchema.meta({
    description:
      '`online`: an order whose total is not 0 is paid online, and confirmed by that alone; `none`: its customer confirms it.',
  }),
  needsAddress: z.boolean().meta({ description: 'Whether an order is for an address.' }),
  shipping: z.array(shippingGroupSchema).meta({
    description:
      'What delivering one order costs, by country. Empty with `needsAddress`: delivered everywhere for nothing.',
  }),
  requireVerifiedEmail: z.boolean().meta({
    description: 'Whether only accounts whose e-mail address is verified may buy.',
  }),
  oneLimitPerMailbox: z.boolean().meta({
    description:
      'Whether the limit per customer counts the orders of all accounts whose addresses lead to one mailbox. In a queue those accounts together wait for no more than the limit, so that more addresses are no more chances.',
  }),
  reportPublic: z.boolean().meta({
    description: 'Whether everybody may read the report of the sale once it is closed.',
  }),
};

export const eventDetailSchema = z.object({
  ...eventFields,
  serverNow: instantSchema,
  items: z.array(eventItemSchema),
  tax: taxModeSchema.meta({
    description:
      'Whether the prices of its items have tax in them, or it is added to them; how much it is may depend on the country.',
  }),
});
export type EventDetail = z.infer<typeof eventDetailSchema>;
/** Without what follows from the configuration. */
export type EventWithItems = Omit<EventDetail, 'tax'>;

/** One row of the list: the event without its items, with their stock added up. The variants of an item count as one. */
export const eventSummarySchema = z.object({
  ...eventFields,
  itemCount: z.int(),
  pictureUrl: z.string().nullable().meta({
    description: 'Its cover, or else the first picture of the first of its items that has one.',
  }),
  priceFromCents: z.int().min(0).meta({ description: 'The lowest price of its items.' }),
  priceToCents: z.int().min(0).meta({ description: 'The highest price of its items.' }),
  categories: z.array(z.string()).meta({ description: 'Those of its items, sorted.' }),
  stock: stockSchema,
});
export type EventSummary = z.infer<typeof eventSummarySchema>;

export const eventListSchema = z.object({
  events: z.array(eventSummarySchema),
  nextCursor: z.string().nullable(),
  categories: z.array(z.string()).meta({
    description:
      'What the list can be narrowed to: the categories of the first page of all events, sorted.',
  }),
  serverNow: instantSchema,
});
export type EventList = z.infer<typeof eventListSchema>;

/** What is looked for in a list: a part of a title or a name, in any case. */
export const searchSchema = textSchema(1, LIMITS.titleCharsMax);

export const eventListQuerySchema = pageQuerySchema.extend({
  status: eventStatusSchema.optional(),
  q: searchSchema.optional().meta({
    description:
      'Words, in any case and order: each is a part of the title, or of the name or the category of one of its items, in any language. English and German plurals find their singular.',
  }),
  category: textSchema(1, LIMITS.titleCharsMax)
    .optional()
    .meta({ description: 'Exactly the category of one of its items.' }),
});

/** In the address, so that a cache on the way keeps one for each language. Whatever else is asked is left alone. */
export const calendarQuerySchema = z.strictObject({
  language: languageSchema.optional().meta({
    description: 'In which its texts are, as far as they are translated. Left out, the main ones.',
  }),
});

/** The laws of one event, recounted from its orders, queue entries and payments. `ok` only if all are kept. */
export const integritySchema = z.object({
  ok: z.boolean(),
  items: z.array(
    z.object({
      eventItemId: eventItemIdSchema,
      ...stockSchema.shape,
      recounted: z.object({ held: z.int(), sold: z.int() }),
      ok: z.boolean(),
    }),
  ),
  queue: queueIntegritySchema,
  money: moneyIntegritySchema,
});
export type Integrity = z.infer<typeof integritySchema>;
