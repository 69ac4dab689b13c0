/** Events and the catalogue: what a shopper sees and what an admin sends. */
import * as z from 'zod';
import { amountText, isCurrency, priceMinorMax, SALE_VALUE_MINOR_MAX } from './currencies.ts';
import { eventIdSchema, eventItemIdSchema, itemIdSchema } from './ids.ts';
import { isTimeZone } from './local-time.ts';
import { isPictureUrl } from './pictures.ts';
import {
  currencySchema,
  instantSchema,
  LIMITS,
  lineSchema,
  pageQuerySchema,
  textSchema,
} from './values.ts';

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
  name: z.string(),
  description: z.string(),
  imageUrl: z.string().nullable(),
  priceCents: z.int().min(0),
  stock: stockSchema,
  limitPerCustomer: z.int().min(1),
});
export type EventItem = z.infer<typeof eventItemSchema>;

const eventFields = {
  id: eventIdSchema,
  title: z.string(),
  description: z.string(),
  status: eventStatusSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  closedAt: instantSchema.nullable().meta({
    description: 'When it was closed by hand; null where it was not, or was opened again.',
  }),
  holdSeconds: z.int(),
  currency: currencySchema,
  requireVerifiedEmail: z.boolean().meta({
    description: 'Whether only accounts whose e-mail address is verified may buy.',
  }),
  oneLimitPerMailbox: z.boolean().meta({
    description:
      'Whether the limit per customer counts the orders of all accounts whose addresses lead to one mailbox.',
  }),
};

export const eventDetailSchema = z.object({
  ...eventFields,
  serverNow: instantSchema,
  items: z.array(eventItemSchema),
});
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** One row of the list: the event without its items, with their stock added up. */
export const eventSummarySchema = z.object({
  ...eventFields,
  itemCount: z.int(),
  stock: stockSchema,
});
export type EventSummary = z.infer<typeof eventSummarySchema>;

export const eventListSchema = z.object({
  events: z.array(eventSummarySchema),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type EventList = z.infer<typeof eventListSchema>;

/** What is looked for in a list: a part of a title or a name, in any case. */
export const searchSchema = textSchema(1, LIMITS.titleCharsMax);

export const eventListQuerySchema = pageQuerySchema.extend({
  status: eventStatusSchema.optional(),
  q: searchSchema.optional(),
});

/** The law of one event, recounted from its orders. `ok` only if every item's is. */
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
});
export type Integrity = z.infer<typeof integritySchema>;

const NO_PICTURE = 'must be an https URL or a path of this site';

export const itemInputSchema = z.strictObject({
  name: lineSchema(LIMITS.titleCharsMax),
  description: textSchema(0, LIMITS.descriptionCharsMax).default(''),
  category: lineSchema(LIMITS.titleCharsMax).default('other'),
  imageUrl: textSchema(1, LIMITS.urlCharsMax)
    // The part of the rule that a JSON Schema can express.
    .regex(/^(https:\/\/|\/(?![/\\]))[^\s\\]+$/, { error: NO_PICTURE, abort: true })
    .refine(isPictureUrl, NO_PICTURE)
    .nullable()
    .default(null),
});
export type ItemInput = z.infer<typeof itemInputSchema>;

export const itemSchema = z.object({
  id: itemIdSchema,
  name: z.string(),
  description: z.string(),
  category: z.string(),
  imageUrl: z.string().nullable(),
});
export type Item = z.infer<typeof itemSchema>;

/** RFC 3339 with an offset, or a wall-clock time without one, which `timeZone` places. */
const timeInputSchema = z.iso.datetime({ offset: true, local: true });

/** Why a sale whose units are worth that much is refused. */
export function saleValueFault(currency: string): string {
  return `must not be worth more than ${amountText(SALE_VALUE_MINOR_MAX, currency)} in all`;
}

function priceFaults(currency: string, items: { priceCents: number; stock: number }[]) {
  const max = priceMinorMax(currency);
  const message = `must be at most ${amountText(max, currency)}`;
  const faults = items.flatMap(({ priceCents }, n) =>
    priceCents > max ? [{ path: ['items', n, 'priceCents'], message }] : [],
  );
  const value = items.reduce((sum, { priceCents, stock }) => sum + priceCents * stock, 0);
  return faults.length === 0 && value > SALE_VALUE_MINOR_MAX
    ? [{ path: ['items'], message: saleValueFault(currency) }]
    : faults;
}

/** Whether its times make sense depends on the clock: see schedule.ts. */
export const eventInputSchema = z
  .strictObject({
    title: lineSchema(LIMITS.titleCharsMax),
    description: textSchema(0, LIMITS.descriptionCharsMax).default(''),
    currency: currencySchema.refine(isCurrency, 'must be a currency of ISO 4217'),
    startsAt: timeInputSchema,
    endsAt: timeInputSchema,
    /** IANA name, such as `Europe/Copenhagen`. UTC if not given. */
    timeZone: z
      .string()
      .max(LIMITS.timeZoneCharsMax)
      .refine(isTimeZone, 'must be the IANA name of a time zone')
      .optional(),
    /** Nobody but admins sees or buys from an event that is not published. */
    published: z.boolean().default(true),
    holdSeconds: z
      .int()
      .min(LIMITS.holdSecondsMin)
      .max(LIMITS.holdSecondsMax)
      .default(LIMITS.holdSecondsDefault),
    /** Only accounts whose e-mail address is verified may buy. Only where the shop sends mail. */
    requireVerifiedEmail: z.boolean().default(false),
    /**
     * The limit per customer counts the orders of all accounts of one mailbox: see mailbox.ts. Without
     * verified addresses a stranger could use up somebody's limit by an account of `somebody+x@…`.
     */
    oneLimitPerMailbox: z
      .boolean()
      .default(false)
      .meta({ description: 'Only together with `requireVerifiedEmail`, else 400 `malformed`.' }),
    items: z
      .array(
        z.strictObject({
          itemId: itemIdSchema,
          /** How much it may be depends on the currency. */
          priceCents: z.int().min(0),
          stock: z.int().min(0).max(LIMITS.stockMax),
          limitPerCustomer: z.int().min(1).max(LIMITS.quantityMax).default(1),
        }),
      )
      .min(1)
      .max(LIMITS.itemsPerEventMax),
  })
  .refine((event) => new Set(event.items.map((item) => item.itemId)).size === event.items.length, {
    path: ['items'],
    message: 'must not name an item twice',
  })
  .refine((event) => event.requireVerifiedEmail || !event.oneLimitPerMailbox, {
    path: ['oneLimitPerMailbox'],
    message: 'needs requireVerifiedEmail',
  })
  .superRefine(({ currency, items }, context) => {
    for (const { path, message } of priceFaults(currency, items)) {
      context.addIssue({ code: 'custom', path, message });
    }
  });
export type EventInput = z.infer<typeof eventInputSchema>;
