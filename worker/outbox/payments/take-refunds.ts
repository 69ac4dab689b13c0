/** Takes all that the provider has given back of a payment into its rows, by whomever it was decided. */
import { makeRefundId } from '../../contract/ids.ts';
import type { Refund } from '../../payment/provider.ts';
import { takePayment } from '../../stores/postgres/payment-changes.ts';
import { takeRefund } from '../../stores/postgres/payment-refunds.ts';
import type { PaymentWork } from '../../stores/postgres/payment-work.ts';
import type { PaymentPorts } from './ports.ts';

type Needed = Pick<PaymentPorts, 'db' | 'fillRandom' | 'nowMs' | 'provider'>;

/** Throws a PaymentFault or a Fault. */
export async function takeRefunds(
  { db, provider, nowMs, fillRandom }: Needed,
  { id, eventId, providerPaymentId }: Pick<PaymentWork, 'eventId' | 'id' | 'providerPaymentId'>,
): Promise<Refund[]> {
  if (providerPaymentId === null) return [];
  const refunds = await provider.listRefunds(providerPaymentId);
  for (const refund of refunds) {
    const newId = makeRefundId(eventId, nowMs(), fillRandom);
    await takeRefund(db, { paymentId: id, refund, newId, nowMs: nowMs() });
  }
  const payment = await provider.readPayment(providerPaymentId);
  if (payment !== undefined) await takePayment(db, id, { payment, nowMs: nowMs() });
  return refunds;
}
