/** What an order tells of its payment, as the SQL function `order_payment` words it. */
import { sql } from 'drizzle-orm';
import type { Order } from '../../contract/orders.ts';
import type { OrderPayment } from '../../contract/payments.ts';
import { orders } from './schema.ts';

/** Selected beside an order, from the table under its own name. Looked up only where somebody began to pay. */
export const orderPaymentSql = sql<OrderPayment | null>`
  CASE WHEN ${orders.paying} OR ${orders.paymentId} IS NOT NULL THEN order_payment(orders) END`;

/** The members of an order that are about its payment. */
export function paymentFieldsOf(
  { payOnline, unitsReturned }: typeof orders.$inferSelect,
  payment: OrderPayment | null,
): Pick<Order, 'payOnline' | 'payment' | 'unitsReturned'> {
  return { payOnline, payment, unitsReturned };
}
