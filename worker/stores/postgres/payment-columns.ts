/** What events and orders keep of payment and delivery, in their own rows. */
import { sql } from 'drizzle-orm';
import { type AnyPgColumn, boolean, check, integer, text } from 'drizzle-orm/pg-core';
import type { PaymentId } from '../../contract/ids.ts';
import type { PaymentKind } from '../../contract/payments.ts';
import { deliveryPlan, orderCosts, orderCostsCheck } from './delivery-columns.ts';

export const paymentPlan = {
  payment: text('payment').$type<PaymentKind>().notNull().default('none'),
  ...deliveryPlan,
};

export const paymentPlanCheck = (t: Record<'payment', AnyPgColumn>) =>
  check('events_payment', sql`${t.payment} IN ('none', 'online')`);

export const orderPayment = {
  /** Whether its event was paid online at the hold: then only a payment confirms it, unless it is free. */
  payOnline: boolean('pay_online').notNull().default(false),
  /** Whether somebody began to pay: its hold is kept PAY_GRACE_SECONDS beyond its shown end. */
  paying: boolean('paying').notNull().default(false),
  /** The payment that confirmed it. */
  paymentId: text('payment_id').$type<PaymentId>(),
  /** Of its units, those that were given back after it was confirmed. */
  unitsReturned: integer('units_returned').notNull().default(0),
  ...orderCosts,
};

export const orderPaymentChecks = (
  t: Record<'unitsReturned' | 'quantity' | 'status', AnyPgColumn> &
    Parameters<typeof orderCostsCheck>[0],
) => [
  check(
    'orders_units_returned',
    sql`${t.unitsReturned} BETWEEN 0 AND ${t.quantity} AND (${t.unitsReturned} = 0 OR ${t.status} = 'confirmed')`,
  ),
  orderCostsCheck(t),
];
