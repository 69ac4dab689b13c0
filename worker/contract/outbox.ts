/**
 * What the shop has to do in the world outside: the kinds of rows in the outbox, and what each carries.
 * Payloads hold ids and figures; names and addresses are read when the row is worked off, except where
 * there is no account to read them from.
 */
import * as z from 'zod';
import {
  eventIdSchema,
  orderIdSchema,
  paymentIdSchema,
  refundIdSchema,
  userIdSchema,
} from './ids.ts';
import { languageSchema } from './languages.ts';
import { instantSchema } from './values.ts';

const ofUser = { userId: userIdSchema };
const ofDevice = { ...ofUser, subscriptionId: z.int().min(1) };

/** The payload of each kind. `mail.` kinds are mails; another channel gets a prefix of its own. */
export const OUTBOX_PAYLOADS = {
  /** A link that shows that the account's address is its owner's. */
  'mail.verify_email': z.strictObject(ofUser),
  /** The same for a new address, to which it is sent. */
  'mail.change_email': z.strictObject({ ...ofUser, email: z.string() }),
  /** To the present address: somebody who knows the password asked for another one. */
  'mail.email_change_asked': z.strictObject(ofUser),
  /** To the address that was the account's until now. */
  'mail.email_changed': z.strictObject({ ...ofUser, email: z.string() }),
  /** To an address that may have no account; whether it has one is looked up when it is worked off. */
  'mail.reset_password': z.strictObject({ email: z.string() }),
  'mail.password_changed': z.strictObject(ofUser),
  'mail.new_device': z.strictObject({
    ...ofUser,
    device: z.string().nullable(),
    at: instantSchema,
  }),
  'mail.order_confirmed': z.strictObject({ ...ofUser, orderId: orderIdSchema }),
  /** Dropped where the shop took it back since, or named another link. */
  'mail.order_sent': z.strictObject({ ...ofUser, orderId: orderIdSchema }),
  /** An offer from the queue; dropped once it has ended. */
  'mail.your_turn': z.strictObject({ ...ofUser, orderId: orderIdSchema }),
  /** Money was given back by the provider; dropped where the refund has failed since. */
  'mail.refund_made': z.strictObject({
    ...ofUser,
    paymentId: paymentIdSchema,
    refundId: refundIdSchema,
  }),
  /** A payment that was authorised has ended, and nothing was taken. */
  'mail.not_charged': z.strictObject({ ...ofUser, paymentId: paymentIdSchema }),
  /** Once for each person of whom an order, a hold or a queue entry ends with the event. */
  'mail.event_cancelled': z.strictObject({ ...ofUser, eventId: eventIdSchema }),
  'mail.reminder': z.strictObject({ ...ofUser, eventId: eventIdSchema }),
  /** To one device: a sale of which its owner is reminded opens in a few minutes. */
  'push.opens_soon': z.strictObject({ ...ofDevice, eventId: eventIdSchema }),
  /** To one device, beside the mail. */
  'push.your_turn': z.strictObject({ ...ofDevice, orderId: orderIdSchema }),
  /** The account is gone by then, so it carries what is needed. */
  'mail.account_deleted': z.strictObject({ email: z.string(), language: languageSchema }),
  /** Takes the money of the payment that confirmed its order. */
  'payment.capture': z.strictObject({ paymentId: paymentIdSchema }),
  /** Ends an attempt to pay so that nothing is kept of it: expired, released or refunded, as it stands then. */
  'payment.release': z.strictObject({ paymentId: paymentIdSchema }),
  'payment.refund': z.strictObject({ refundId: refundIdSchema }),
  /** Something happened to a payment: its present state is asked for, and acted upon. */
  'payment.look': z.strictObject({
    paymentId: paymentIdSchema.nullable(),
    /** Of the provider's event that said so; null where the shop looks by itself. */
    providerEventId: z.string().nullable(),
  }),
  /**
   * One batch of what follows from the cancelling of an event. Each writes the row of the next one, which has
   * the next number.
   */
  'event.cancel': z.strictObject({
    eventId: eventIdSchema,
    number: z.int().min(0),
    stage: z.enum(['orders', 'entries', 'reminders']),
    /** Behind whom it goes on; null at the beginning of a stage. */
    after: z.string().nullable(),
  }),
  /** What is left to be erased of an account that its owner deleted. */
  'account.erase': z.strictObject(ofUser),
} as const;

export type OutboxKind = keyof typeof OUTBOX_PAYLOADS;
export type OutboxPayload<Kind extends OutboxKind = OutboxKind> = z.infer<
  (typeof OUTBOX_PAYLOADS)[Kind]
>;

export const OUTBOX_KINDS = Object.keys(OUTBOX_PAYLOADS) as [OutboxKind, ...OutboxKind[]];

/**
 * How a row ends: `done` in the world, `dropped` where there was nothing to do any more, `given_up` after
 * its last try. An admin can have the last one tried again.
 */
export const outboxOutcomeSchema = z.enum(['done', 'dropped', 'given_up']);
export type OutboxOutcome = z.infer<typeof outboxOutcomeSchema>;
