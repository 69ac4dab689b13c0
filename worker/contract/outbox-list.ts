/** The outbox as admins see it: what waits, what was done, and what was given up. */
import * as z from 'zod';
import { eventIdSchema, orderIdSchema, paymentIdSchema, userIdSchema } from './ids.ts';
import { OUTBOX_KINDS, outboxOutcomeSchema } from './outbox.ts';
import { instantSchema, pageQuerySchema } from './values.ts';

/** A row has ended in one of these ways, or waits. */
export const outboxStateSchema = z.enum(['waiting', ...outboxOutcomeSchema.options]);
export type OutboxState = z.infer<typeof outboxStateSchema>;

const kindSchema = z.enum(OUTBOX_KINDS);

/** Neither where it goes to nor what it says: that may be an address. */
export const outboxRowSchema = z.object({
  id: z.int(),
  kind: kindSchema,
  outcome: outboxStateSchema,
  /** Tries that failed; waits that a receiver or a quota asked for are none. */
  tries: z.int(),
  /** A stable word for why it was not done at its last try. */
  lastError: z.string().nullable(),
  createdAt: instantSchema,
  /** When it is tried next, or was due last. */
  dueAt: instantSchema,
  endedAt: instantSchema.nullable(),
  /** Whom it is about; null where it is about nobody with an account. */
  userId: userIdSchema.nullable(),
  /** The display name of that account; null where it was deleted too. */
  userName: z.string().nullable(),
  /** Null where it is about no payment. */
  paymentId: paymentIdSchema.nullable(),
  /** The order that it is about, or that its payment is for. */
  orderId: orderIdSchema.nullable(),
  orderNumber: z.string().nullable(),
  /** The event that it is about, or that its order belongs to; null where that was deleted. */
  eventId: eventIdSchema.nullable(),
  eventTitle: z.string().nullable(),
});
export type OutboxRow = z.infer<typeof outboxRowSchema>;

export const outboxQuerySchema = pageQuerySchema.extend({
  outcome: outboxStateSchema.optional(),
  kind: kindSchema.optional(),
});

export const outboxListSchema = z.object({
  rows: z.array(outboxRowSchema),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type OutboxList = z.infer<typeof outboxListSchema>;

/** In a path: a number that a row of Postgres can have. */
export const outboxIdSchema = z.string().regex(/^[1-9]\d{0,14}$/);
