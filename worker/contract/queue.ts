/**
 * The queue of an event: a draw is a queue that is filled before the opening and put in order at it, a
 * waitlist one that is filled once the units have gone. A turn is an offer: an order that is pending.
 */
import * as z from 'zod';
import { eventIdSchema, eventItemIdSchema, orderIdSchema, queueEntryIdSchema } from './ids.ts';
import { instantSchema, LIMITS, pageQuerySchema } from './values.ts';

/** `draw`: whoever entered before `entriesCloseAt` is served in a drawn order, and nobody before them. */
export const admissionSchema = z.enum(['first_come', 'draw']);
export type Admission = z.infer<typeof admissionSchema>;

/**
 * `offered`, `left` and `skipped` are final; what becomes of an offer is told by its order. `closed` is a
 * waiting entry of a sale that is over: nothing writes it down, so an event that is opened again finds its
 * queue as it was.
 */
export const queueEntryStatusSchema = z.enum(['waiting', 'offered', 'left', 'skipped', 'closed']);
export type QueueEntryStatus = z.infer<typeof queueEntryStatusSchema>;

/** Why an entry was skipped. */
export const skipReasonSchema = z.enum([
  'limit_reached',
  'deactivated',
  'email_unverified',
  'disqualified',
  'event_cancelled',
]);
export type SkipReason = z.infer<typeof skipReasonSchema>;

/** How an item's queue stands, the same for everybody. */
export const itemQueueSchema = z.object({
  waiting: z.int().min(0).meta({ description: 'Entries that wait.' }),
  waitingUnits: z.int().min(0).meta({ description: 'The units that they wish for.' }),
  servedRank: z
    .int()
    .min(0)
    .meta({ description: 'The highest rank that was made an offer; 0 before the first.' }),
  offers: z.int().min(0).meta({ description: 'How many offers were made.' }),
});
export type ItemQueue = z.infer<typeof itemQueueSchema>;

/** Nobody waits and nobody did. */
export const EMPTY_QUEUE: ItemQueue = { waiting: 0, waitingUnits: 0, servedRank: 0, offers: 0 };

/** What is before an entry. */
export const aheadSchema = z.object({ entries: z.int().min(0), units: z.int().min(0) });
export type Ahead = z.infer<typeof aheadSchema>;

/**
 * Whether the queue will reach an entry, as far as can be told. `impossible`: only units that are added or
 * returned could. See sale/rules/outlook.ts.
 */
export const outlookSchema = z.enum(['unknown', 'likely', 'possible', 'unlikely', 'impossible']);
export type Outlook = z.infer<typeof outlookSchema>;

/** Where an entry entered the chain of a draw: docs/fairness.md. */
export const entryRecordSchema = z.object({
  seq: z.int().min(1).meta({ description: 'Of the record by which it entered.' }),
  head: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: 'Of the chain, with that record as its last one.' }),
});

export const queueEntrySchema = z.object({
  id: queueEntryIdSchema,
  eventId: eventIdSchema,
  eventItemId: eventItemIdSchema,
  quantity: z.int().min(1),
  minQuantity: z.int().min(1).meta({ description: 'A smaller offer is not made.' }),
  status: queueEntryStatusSchema,
  reason: skipReasonSchema.nullable().meta({ description: 'Why it was skipped.' }),
  enteredAt: instantSchema,
  seq: z.int().min(1).meta({ description: 'Its number among all entries of the event.' }),
  rank: z.int().min(1).nullable().meta({
    description:
      'Smallest first, within an item. Null until the draw for those who entered before it.',
  }),
  ahead: aheadSchema.nullable().meta({
    description: 'Null where it does not wait or has no rank, and until a draw is drawn.',
  }),
  outlook: outlookSchema,
  orderId: orderIdSchema.nullable().meta({ description: 'The offer.' }),
  record: entryRecordSchema.nullable().meta({
    description: 'In the chain of a draw; null for who entered later, and without a draw.',
  }),
  receipt: z.string().nullable().meta({
    description:
      'Proves that it was entered so: a compact JWS (ES256, typ swiftdrop-receipt) over entryId, eventId, eventItemId, seq, head and enteredAt, by a key of /.well-known/jwks.json. Null without a record. Worth keeping.',
  }),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

export const enterQueueSchema = z
  .strictObject({
    quantity: z.int().min(1).max(LIMITS.quantityMax).default(1),
    /** An offer may be smaller than the wish, never smaller than this. */
    minQuantity: z.int().min(1).max(LIMITS.quantityMax).default(1),
  })
  .refine(({ quantity, minQuantity }) => minQuantity <= quantity, {
    path: ['minQuantity'],
    message: 'must not be more than quantity',
  });

export const queueEntryAnswerSchema = z.object({
  entry: queueEntrySchema,
  serverNow: instantSchema,
});
export type QueueEntryAnswer = z.infer<typeof queueEntryAnswerSchema>;

export const ownQueueQuerySchema = pageQuerySchema.extend({
  eventId: eventIdSchema.optional(),
});

export const ownQueueSchema = z.object({
  entries: z.array(
    z.object({
      ...queueEntrySchema.shape,
      eventTitle: z.string(),
      itemName: z.string(),
      variantLabel: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type OwnQueue = z.infer<typeof ownQueueSchema>;

/** A place in an item's queue, from which others work out theirs. */
export const queueStepSchema = z.object({
  score: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: 'HMAC-SHA-256 of the entry id with the seed as key, in hex.' }),
  rank: z.int().min(1),
  entriesBefore: z
    .int()
    .min(0)
    .meta({ description: 'Entries before it that waited when it was drawn.' }),
  unitsBefore: z.int().min(0).meta({ description: 'The units that those wished for.' }),
});
export type QueueStep = z.infer<typeof queueStepSchema>;

export const eventQueueSchema = z.object({
  items: z.array(
    z.object({
      eventItemId: eventItemIdSchema,
      ...itemQueueSchema.shape,
      steps: z.array(queueStepSchema).optional().meta({
        description: 'Of a draw: some of its entries by score, as they stood when it was drawn.',
      }),
    }),
  ),
  drawn: z.boolean().meta({ description: 'False for a draw that is still to come, else true.' }),
  drawnAt: instantSchema.nullable(),
  seed: z.string().nullable().meta({ description: 'What the draw was ranked by, in hex.' }),
  serverNow: instantSchema,
});
export type EventQueue = z.infer<typeof eventQueueSchema>;
