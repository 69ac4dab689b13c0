/** The table of disputes: payments whose shopper has their bank ask for the money back. See docs/payments.md. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, char, check, index, pgTable, text } from 'drizzle-orm/pg-core';
import type { DisputeState } from '../../contract/disputes.ts';
import type { OrderId, PaymentId } from '../../contract/ids.ts';
import { instant } from './columns.ts';
import { payments } from './payment-schema.ts';

/** As the provider said last. Never deleted. */
export const paymentDisputes = pgTable(
  'payment_disputes',
  {
    /** The provider's. */
    id: text('id').primaryKey(),
    paymentId: text('payment_id')
      .$type<PaymentId>()
      .notNull()
      .references(() => payments.id),
    orderId: text('order_id').$type<OrderId>().notNull(),
    state: text('state').$type<DisputeState>().notNull(),
    /** The provider's word. */
    reason: text('reason').notNull(),
    /** Without the provider's fee. */
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    /** Whether the provider still lets money be given back, which ends an inquiry. */
    refundable: boolean('refundable').notNull(),
    /** Until when the shop can answer. */
    answerBy: instant('answer_by'),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('payment_disputes_payment').on(t.paymentId),
    index('payment_disputes_order').on(t.orderId),
    index('payment_disputes_unanswered')
      .on(t.answerBy)
      .where(sql`${t.state} IN ('needs_answer', 'inquiry')`),
    // For revenue over time.
    index('payment_disputes_lost').on(t.endedAt).where(sql`${t.state} = 'lost'`),
    check(
      'payment_disputes_state',
      sql`${t.state} IN ('needs_answer', 'answered', 'inquiry', 'inquiry_answered', 'closed', 'won', 'lost')`,
    ),
    check('payment_disputes_amount', sql`${t.amountMinor} >= 0`),
    check(
      'payment_disputes_ended_at',
      sql`(${t.state} IN ('closed', 'won', 'lost')) = (${t.endedAt} IS NOT NULL)`,
    ),
  ],
);
