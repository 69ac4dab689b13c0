/** Sales that are paid online, and their payments, for tests of the ledger. */
import { sql } from 'drizzle-orm';
import {
  eventIdOf,
  type FillRandom,
  makePaymentId,
  type OrderId,
  type PaymentId,
} from '../../../contract/ids.ts';
import type { Db } from '../../../stores/postgres/client.ts';
import type { PaymentRowState } from '../../../stores/postgres/payment-schema.ts';
import type { StampedAttempt, StampedReserve } from '../../rules/attempts.ts';
import { makeSale, NOW_MS, type Sale } from './sales.ts';

const fillRandom: FillRandom = (bytes) => crypto.getRandomValues(bytes);
let paymentIdMs = NOW_MS;

export async function makePaidSale(...args: Parameters<typeof makeSale>): Promise<Sale> {
  const sale = await makeSale(...args);
  await sale.db.execute(sql`UPDATE events SET payment = 'online' WHERE id = ${sale.eventId}`);
  return sale;
}

/** As the shop does when somebody begins to pay for a hold of `units` at 100. */
export async function beginToPay(
  db: Db,
  { orderId }: { orderId: OrderId },
  more: Partial<{ state: PaymentRowState; amountMinor: number; currency: string }> = {},
): Promise<PaymentId> {
  const { state = 'authorised', amountMinor = 100, currency = 'EUR' } = more;
  const id = makePaymentId(eventIdOf(orderId), ++paymentIdMs, fillRandom);
  await db.execute(sql`
    WITH o AS (UPDATE orders SET paying = true WHERE id = ${orderId} RETURNING *)
    INSERT INTO payments (id, order_id, event_id, customer_id, state, amount_minor, currency,
                          captured_minor, begun_at, ended_at)
    SELECT ${id}, o.id, o.event_id, o.customer_id, ${state}, ${amountMinor}::bigint, ${currency},
           CASE WHEN ${state} = 'captured' THEN ${amountMinor}::bigint ELSE 0 END, now(),
           CASE WHEN ${state} NOT IN ('open', 'authorised') THEN now() END
      FROM o`);
  return id;
}

export function confirmPaid(
  { orderId, customerId }: Pick<StampedReserve, 'orderId' | 'customerId'>,
  paymentId: PaymentId,
  atMs = NOW_MS,
): StampedAttempt {
  return { kind: 'confirm_paid', orderId, customerId, paymentId, atMs };
}

/** What is to be done about the payments of an order, in the order in which it was written. */
export async function paymentRows(db: Db, { orderId }: { orderId: OrderId }): Promise<string[]> {
  const { rows } = await db.execute<{ key: string; ids: string[] }>(sql`
    SELECT key, (SELECT jsonb_agg(id ORDER BY id) FROM payments WHERE order_id = ${orderId}) AS ids
      FROM outbox o
     WHERE outcome IS NULL AND payload = jsonb_build_object('paymentId', payment_id) AND due_at = created_at
       AND payment_id IN (SELECT id FROM payments WHERE order_id = ${orderId})
       AND kind = 'payment.' || split_part(key, '/', 1)
     ORDER BY o.id`);
  return rows.map(({ key, ids }) => key.replace(/pay_\w+/, (id) => `${ids.indexOf(id) + 1}`));
}
