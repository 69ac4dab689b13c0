/** The tables of payments: attempts to pay, refunds, and what the provider told. See docs/payments.md. */
import { type SQL, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  char,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { EventId, OrderId, PaymentId, RefundId, UserId } from '../../contract/ids.ts';
import type { RefundStatus } from '../../contract/payments.ts';
import { instant } from './columns.ts';
import { orders } from './schema.ts';

/** How far an attempt to pay has come; whether it was refunded follows from its amounts. */
export type PaymentRowState = 'authorised' | 'captured' | 'failed' | 'open' | 'released';

/** What an order tells of its payment, in the words of the SQL function `order_payment`. */
export function paymentStatusSql(
  t: Record<'capturedMinor' | 'refundedMinor' | 'state', AnyPgColumn>,
): SQL {
  return sql`(CASE WHEN ${t.state} <> 'captured' OR ${t.refundedMinor} = 0 THEN ${t.state}
    WHEN ${t.refundedMinor} = ${t.capturedMinor} THEN 'refunded' ELSE 'partly_refunded' END)`;
}

/** One for each attempt to pay. Written before the provider is called, and never deleted. */
export const payments = pgTable(
  'payments',
  {
    /** What the provider's idempotency keys and metadata are made of. */
    id: text('id').$type<PaymentId>().primaryKey(),
    orderId: text('order_id')
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id),
    eventId: text('event_id').$type<EventId>().notNull(),
    customerId: text('customer_id').$type<UserId>().notNull(),
    state: text('state').$type<PaymentRowState>().notNull().default('open'),
    /** The order's total when it began; minor units. */
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** Taken and given back, as the provider said last. */
    capturedMinor: bigint('captured_minor', { mode: 'number' }).notNull().default(0),
    refundedMinor: bigint('refunded_minor', { mode: 'number' }).notNull().default(0),
    /** The provider's page; null until the provider answered. */
    sessionId: text('session_id'),
    sessionUrl: text('session_url'),
    sessionEndsAt: instant('session_ends_at'),
    /** The provider's payment; null until somebody tried to pay. */
    providerPaymentId: text('provider_payment_id'),
    /** When its authorisation ends by itself. */
    captureBefore: instant('capture_before'),
    /** Why the last try to pay was declined, by the provider's word. */
    declineReason: text('decline_reason'),
    /** Why it was released or failed: a stable word. */
    endReason: text('end_reason'),
    /** A refusal stays the answer of its key, so what is tried again behind one gets the next key. */
    keysSpent: integer('keys_spent').notNull().default(0),
    begunAt: instant('begun_at').notNull(),
    /** When its customer had it looked at last. */
    lookedAt: instant('looked_at'),
    authorisedAt: instant('authorised_at'),
    /** When it was captured, released or failed. */
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('payments_order').on(t.orderId),
    uniqueIndex('payments_open').on(t.orderId).where(sql`${t.state} = 'open'`),
    index('payments_customer').on(t.customerId),
    uniqueIndex('payments_session').on(t.sessionId).where(sql`${t.sessionId} IS NOT NULL`),
    uniqueIndex('payments_provider')
      .on(t.providerPaymentId)
      .where(sql`${t.providerPaymentId} IS NOT NULL`),
    // Listed by what an order tells of them.
    index('payments_status').on(paymentStatusSql(t)),
    // Those that may still change without anybody asking.
    index('payments_unsettled').on(t.begunAt).where(sql`${t.state} IN ('open', 'authorised')`),
    // Money that never came, for revenue over time.
    index('payments_failed').on(t.endedAt).where(sql`${t.state} = 'failed'`),
    check(
      'payments_state',
      sql`${t.state} IN ('open', 'authorised', 'captured', 'released', 'failed')`,
    ),
    check('payments_amount', sql`${t.amountMinor} > 0`),
    check(
      'payments_taken',
      sql`${t.refundedMinor} BETWEEN 0 AND ${t.capturedMinor} AND ${t.capturedMinor} <= ${t.amountMinor}`,
    ),
    check('payments_captured', sql`(${t.state} = 'captured') = (${t.capturedMinor} > 0)`),
    check(
      'payments_ended_at',
      sql`(${t.state} IN ('open', 'authorised')) = (${t.endedAt} IS NULL)`,
    ),
  ],
);

/** One for each refund that was decided. */
export const paymentRefunds = pgTable(
  'payment_refunds',
  {
    id: text('id').$type<RefundId>().primaryKey(),
    paymentId: text('payment_id')
      .$type<PaymentId>()
      .notNull()
      .references(() => payments.id),
    orderId: text('order_id').$type<OrderId>().notNull(),
    state: text('state').$type<RefundStatus>().notNull().default('pending'),
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** How many units the order gives back with it, and whether that was done. */
    units: integer('units').notNull().default(0),
    unitsReturned: boolean('units_returned').notNull().default(false),
    reason: text('reason').notNull(),
    /** The admin who decided it; null where the shop did by itself, since the order cannot be kept. */
    decidedBy: text('decided_by').$type<UserId>(),
    /** That admin's Idempotency-Key. */
    requestKey: text('request_key'),
    /** As with a payment. */
    keysSpent: integer('keys_spent').notNull().default(0),
    providerRefundId: text('provider_refund_id'),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('payment_refunds_payment').on(t.paymentId),
    index('payment_refunds_order').on(t.orderId),
    uniqueIndex('payment_refunds_provider')
      .on(t.providerRefundId)
      .where(sql`${t.providerRefundId} IS NOT NULL`),
    uniqueIndex('payment_refunds_request')
      .on(t.decidedBy, t.requestKey)
      .where(sql`${t.requestKey} IS NOT NULL`),
    check('payment_refunds_state', sql`${t.state} IN ('pending', 'done', 'failed')`),
    check('payment_refunds_amount', sql`${t.amountMinor} >= 0 AND ${t.units} >= 0`),
    check('payment_refunds_ended_at', sql`(${t.state} = 'pending') = (${t.endedAt} IS NULL)`),
  ],
);

/** What the provider told by its webhook: stored before it is answered, and worked off by the outbox. */
export const paymentEvents = pgTable(
  'payment_events',
  {
    /** The provider's, so that one that comes twice is stored once. */
    id: text('id').primaryKey(),
    /** The provider's word. */
    kind: text('kind').notNull(),
    aboutKind: text('about_kind').$type<'payment' | 'session'>(),
    /** The provider's id of it. */
    aboutId: text('about_id'),
    createdAt: instant('created_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** When what it is about was looked at; null until then, and for what this shop does not know yet. */
    workedAt: instant('worked_at'),
  },
  (t) => [
    index('payment_events_waiting').on(t.receivedAt).where(sql`${t.workedAt} IS NULL`),
    index('payment_events_about').on(t.aboutId),
  ],
);
