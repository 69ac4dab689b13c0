/** The administration: what admins read of events, customers, orders, the audit log and figures. */
import * as z from 'zod';
import { roleSchema, userSchema } from './accounts.ts';
import { cancellationSchema } from './cancellation.ts';
import { itemSchema } from './catalogue.ts';
import {
  eventDetailSchema,
  eventListQuerySchema,
  eventStatusSchema,
  eventSummarySchema,
  searchSchema,
  stockSchema,
} from './events.ts';
import {
  eventIdSchema,
  eventItemIdSchema,
  itemIdSchema,
  orderIdSchema,
  userIdSchema,
} from './ids.ts';
import { suppressionSchema } from './mail-events.ts';
import { typedOrderNumberSchema } from './order-numbers.ts';
import { orderDeliverySchema, orderHistoryEntrySchema, orderStatusSchema } from './orders.ts';
import { paymentStatusSchema } from './payments.ts';
import { currencySchema, instantSchema, LIMITS, pageQuerySchema } from './values.ts';

/** A yes or no in a query. */
export const flagSchema = z.stringbool({ truthy: ['true'], falsy: ['false'] });

/** Points of a sell-through series; its buckets are made wide enough. */
export const SERIES_POINTS_MAX = 120;
export const TOP_ITEMS_MAX = 10;

/** What only admins see of an event, beside what everybody sees. */
const planFields = {
  published: z.boolean(),
  /** IANA name of the zone in which its times were entered. */
  timeZone: z.string(),
  /** When it opens and closes by plan, in UTC and as the zone's clocks show it. */
  planned: z.object({
    startsAt: instantSchema,
    endsAt: instantSchema,
    startsAtLocal: z.string(),
    endsAtLocal: z.string(),
  }),
  /** When it was opened or closed by hand, which beats the plan. */
  openedAt: instantSchema.nullable(),
  closedAt: instantSchema.nullable(),
  /** Somebody entered its queue, even if they left: most of its plan is fixed from then on. */
  hasEntries: z.boolean(),
};

export const adminEventSchema = z.object({
  ...eventDetailSchema.omit({ tax: true }).shape,
  ...planFields,
  cancellation: cancellationSchema.nullable().meta({
    description:
      'How far what follows from its cancelling has come; null where it was not cancelled.',
  }),
});
export type AdminEvent = z.infer<typeof adminEventSchema>;

export const adminEventSummarySchema = z.object({ ...eventSummarySchema.shape, ...planFields });
export type AdminEventSummary = z.infer<typeof adminEventSummarySchema>;

export const adminEventListSchema = pageOf({ events: z.array(adminEventSummarySchema) });
export type AdminEventList = z.infer<typeof adminEventListSchema>;

export const adminEventListQuerySchema = eventListQuerySchema.extend({
  published: flagSchema.optional(),
  status: z.enum([...eventStatusSchema.options, 'cancelled']).optional(),
});

export const stockInputSchema = z.strictObject({ total: z.int().min(0).max(LIMITS.stockMax) });

export const itemListQuerySchema = pageQuerySchema.extend({
  q: searchSchema.optional(),
  category: searchSchema.optional(),
});
export const itemListSchema = pageOf({ items: z.array(itemSchema) });
export type ItemList = z.infer<typeof itemListSchema>;

export const customerSchema = z.object({
  ...userSchema.shape,
  active: z.boolean(),
  createdAt: instantSchema,
  /** When its owner deleted it; name and address are erased then, or soon after. */
  deletedAt: instantSchema.nullable(),
  /** Why no mail is sent to the address; null where it is. */
  mailSuppressed: suppressionSchema.nullable(),
});
export type Customer = z.infer<typeof customerSchema>;

/** Orders by state. A hold that has ended counts as expired, whether or not it was written off. */
const orderCountsSchema = z.object({
  pending: z.int(),
  confirmed: z.int(),
  cancelled: z.int(),
  expired: z.int(),
});
export type OrderCounts = z.infer<typeof orderCountsSchema>;

export const customerDetailSchema = z.object({
  ...customerSchema.shape,
  orders: orderCountsSchema,
});
export type CustomerDetail = z.infer<typeof customerDetailSchema>;

export const customerListQuerySchema = pageQuerySchema.extend({
  /** Words, each a part of the name or the e-mail address. */
  q: searchSchema.optional(),
  role: roleSchema.optional(),
  active: flagSchema.optional(),
});
export const customerListSchema = pageOf({ users: z.array(customerSchema) });
export type CustomerList = z.infer<typeof customerListSchema>;

/** Any JSON value. A schema that refers to itself would say the same and is refused by generators. */
export const auditValueSchema = z.unknown().meta({ description: 'Any JSON value.' });

/**
 * One change, sign-in or export. `before` and `after` hold only what differs, and are null where nothing
 * does. People are named by their ids alone.
 */
export const auditEntrySchema = z.object({
  id: z.int(),
  at: instantSchema,
  /** A user's id, the name of the command that did it, or `anonymous` for a failed sign-in. */
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  before: auditValueSchema,
  after: auditValueSchema,
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Who changed something last, as the audit log knows it. */
export const lastChangeSchema = z.object({
  /** A user's id, or the name of the command that did it. */
  actor: z.string(),
  /** The display name of a user. */
  name: z.string().nullable(),
  action: z.string(),
  at: instantSchema,
});
export type LastChange = z.infer<typeof lastChangeSchema>;

/** Addresses are shown with one order, and not in lists. */
export const adminOrderSchema = z.object({
  ...orderHistoryEntrySchema.omit({ address: true }).shape,
  customerId: userIdSchema,
  customerName: z.string(),
  customerEmail: z.string(),
  addressMissing: z.boolean().meta({
    description:
      'Whether it is to be sent, and nobody has said where to. One whose address was erased is not.',
  }),
});
export type AdminOrder = z.infer<typeof adminOrderSchema>;

/** Each narrows the list of all orders. */
export const adminOrderListQuerySchema = pageQuerySchema.extend({
  q: searchSchema.optional().meta({
    description:
      'The first 4 or more characters of a number; or words, each a part of the customer’s name or address, or each a part of the item’s present name. A word of one or two letters is the beginning of one.',
  }),
  eventId: eventIdSchema.optional(),
  customerId: userIdSchema.optional(),
  customer: userIdSchema.optional().meta({ description: 'The older name of customerId.' }),
  number: typedOrderNumberSchema.optional().meta({ description: 'A whole number.' }),
  status: orderStatusSchema.optional(),
  payment: paymentStatusSchema.optional(),
  delivery: orderDeliverySchema.optional(),
});
export const adminOrderListSchema = pageOf({ orders: z.array(adminOrderSchema) });
export type AdminOrderList = z.infer<typeof adminOrderListSchema>;

/** The file goes on behind the order that is named. */
export const orderExportQuerySchema = z.strictObject({ after: orderIdSchema.optional() });
export const unsentExportQuerySchema = orderExportQuerySchema.extend({
  eventId: eventIdSchema.optional(),
});

const eventFigureFields = {
  id: eventIdSchema,
  title: z.string(),
  status: eventStatusSchema,
  published: z.boolean(),
  startsAt: instantSchema,
  endsAt: instantSchema,
  currency: currencySchema,
  stock: stockSchema,
  orders: orderCountsSchema,
  revenueCents: z.int().meta({
    description: 'Items that were sold and not returned, without delivery or a tax that is added.',
  }),
};

export const eventFiguresSchema = z.object(eventFigureFields);
export type EventFigures = z.infer<typeof eventFiguresSchema>;

export const dashboardListSchema = pageOf({ events: z.array(eventFiguresSchema) });
export type DashboardList = z.infer<typeof dashboardListSchema>;

/** What was sold from `at` until the next point, and in all until then. */
export const sellThroughPointSchema = z.object({
  at: instantSchema,
  units: z.int(),
  revenueCents: z.int(),
  unitsCumulative: z.int(),
  revenueCentsCumulative: z.int(),
});

const topItemSchema = z.object({
  eventItemId: eventItemIdSchema,
  itemId: itemIdSchema,
  name: z.string(),
  variantLabel: z.string().nullable(),
  units: z.int(),
  revenueCents: z.int(),
});
export type TopItem = z.infer<typeof topItemSchema>;

export const eventDashboardSchema = z.object({
  ...eventFigureFields,
  serverNow: instantSchema,
  /** How often shoppers were refused, by problem code. */
  refusals: z.record(z.string(), z.int()),
  /** From the opening until the last sale, or until now while it is live; without gaps. */
  sellThrough: z.object({
    bucketSeconds: z.int(),
    points: z.array(sellThroughPointSchema).max(SERIES_POINTS_MAX),
  }),
  topByUnits: z.array(topItemSchema).max(TOP_ITEMS_MAX),
  topByRevenue: z.array(topItemSchema).max(TOP_ITEMS_MAX),
});
export type EventDashboard = z.infer<typeof eventDashboardSchema>;

function pageOf<Shape extends z.ZodRawShape>(rows: Shape) {
  return z.object({ ...rows, nextCursor: z.string().nullable(), serverNow: instantSchema });
}
