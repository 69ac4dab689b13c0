/** The report of a sale: what became of its units, holds, refusals and entries, each figure counted from rows. */
import * as z from 'zod';
import { eventIdSchema, eventItemIdSchema } from './ids.ts';
import { admissionSchema, skipReasonSchema } from './queue.ts';
import { instantSchema } from './values.ts';

const count = z.int().min(0);

/** What a part of the report is counted from: a stable code, and the sentence that it stands for. */
export const COUNTED_FROM = {
  units:
    'Orders in the order of their holds. Units that nobody held before count as taken first, and all units of the item as there from the start; a confirmed order counts without the units that were given back.',
  sellOut:
    'The first moment at which, of all the units that the item has in the end, each was held or sold. A hold that was confirmed behind its end counts as held all the time, and units that were given back as sold.',
  cameBack:
    'Orders whose hold expired or was cancelled, and units of confirmed orders that were given back. Each time that a unit comes back counts.',
  holds: 'All orders of the sale, by how they ended.',
  refusals:
    'Attempts that the sale refused, counted while it ran: up to two seconds of them are lost if its object ends. A try again counts again.',
  entries:
    'All entries of the queue, by how they ended; one that still waited has waited to the end.',
  waiting:
    'Entries that were made an offer: from entering, or from the opening where that was later, to the offer.',
} as const;
export type CountedFrom = keyof typeof COUNTED_FROM;

const countedFrom = <Code extends CountedFrom>(code: Code) =>
  z.literal(code).meta({ description: COUNTED_FROM[code] });

/** Always `soldAtOnce + soldAfterComingBack + held + neverHeld + cameBackUnsold = total`. */
export const reportUnitsSchema = z.object({
  total: count,
  soldAtOnce: count.meta({ description: 'Sold in the first hold that they were in.' }),
  soldAfterComingBack: count.meta({ description: 'Sold after an earlier hold of them ended.' }),
  held: count.meta({ description: 'In holds that the close did not end and that still last.' }),
  neverHeld: count.meta({ description: 'Never in any hold.' }),
  cameBackUnsold: count.meta({ description: 'Held once or more often, and unsold in the end.' }),
});
export type ReportUnits = z.infer<typeof reportUnitsSchema>;

/** Always `expired + cancelled + givenBack = toQueue + toOthers + left`. */
export const reportFlowSchema = z.object({
  expired: count.meta({ description: 'Units whose hold lapsed.' }),
  cancelled: count.meta({ description: 'Units whose hold was cancelled.' }),
  givenBack: count.meta({ description: 'Units that were sold and given back.' }),
  toQueue: count.meta({ description: 'Of these, how many an offer from the queue took.' }),
  toOthers: count.meta({ description: 'Of these, how many somebody else took.' }),
  left: count.meta({ description: 'Of these, how many were free in the end.' }),
});
export type ReportFlow = z.infer<typeof reportFlowSchema>;

/** How long sold-out took; null where units were free all the time. */
const sellOutFields = {
  soldOutAt: instantSchema.nullable(),
  soldOutAfterMs: count.nullable().meta({ description: 'From the opening; null with soldOutAt.' }),
};

const reportItemSchema = z.object({
  eventItemId: eventItemIdSchema,
  name: z.string(),
  variantLabel: z.string().nullable(),
  units: reportUnitsSchema,
  ...sellOutFields,
  cameBack: reportFlowSchema,
  entries: z.object({
    made: count,
    offered: count,
    servedRank: count.meta({ description: 'The highest rank that was made an offer.' }),
    lastRank: count.meta({ description: 'The highest rank of all; 0 without entries.' }),
  }),
});
export type ReportItem = z.infer<typeof reportItemSchema>;

/** Bounds of the classes of waiting times, in seconds; the last class has none. */
export const WAITING_BOUNDS_SECONDS = [10, 60, 600, 3_600, 21_600, 86_400] as const;

export const reportSchema = z.object({
  id: eventIdSchema,
  title: z.string(),
  admission: admissionSchema,
  opensAt: instantSchema,
  closesAt: instantSchema.meta({ description: 'When it closed; by plan, until it has.' }),
  isFinal: z.boolean().meta({
    description: 'Whether it is closed and no hold lasts: only what is given back changes it then.',
  }),
  cancelledAt: instantSchema.nullable().meta({
    description:
      'When the sale was cancelled. All units were given back then, so that none counts as sold.',
  }),
  countedAt: instantSchema,
  units: z.object({ ...reportUnitsSchema.shape, countedFrom: countedFrom('units') }),
  sellOut: z.object({ ...sellOutFields, countedFrom: countedFrom('sellOut') }),
  holds: z.object({
    made: count,
    confirmed: count,
    expired: count,
    cancelled: count,
    lasting: count,
    countedFrom: countedFrom('holds'),
  }),
  cameBack: z.object({ ...reportFlowSchema.shape, countedFrom: countedFrom('cameBack') }),
  refusals: z.object({
    byReason: z.array(z.object({ code: z.string(), count })).meta({
      description: 'By the code of the refusal, the most frequent first.',
    }),
    countedFrom: countedFrom('refusals'),
  }),
  entries: z.object({
    made: count,
    offered: count,
    confirmed: count.meta({ description: 'Of the offers, how many were confirmed.' }),
    left: count,
    waiting: count.meta({ description: 'Those that the queue did not reach.' }),
    skipped: z.array(z.object({ reason: skipReasonSchema, count })),
    countedFrom: countedFrom('entries'),
  }),
  waiting: z.object({
    medianMs: count.nullable(),
    p90Ms: count.nullable().meta({ description: 'Nine of ten waited no longer.' }),
    longestMs: count.nullable(),
    classes: z.array(z.object({ underSeconds: count.nullable(), count })).meta({
      description:
        'How many waited less than that, and no less than the class before; null: all longer.',
    }),
    countedFrom: countedFrom('waiting'),
  }),
  items: z.array(reportItemSchema),
});
export type Report = z.infer<typeof reportSchema>;

/** Whether everybody may read the report once the sale is closed. */
export const reportSwitchSchema = z.strictObject({ reportPublic: z.boolean() });
