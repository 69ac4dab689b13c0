/** Takes all that the provider has given back of a payment into its rows, by whomever it was decided. */
import { makeRefundId } from '../../contract/ids.ts';
import type { Refund } from '../../payment/provider.ts';
import { takeRefund } from '../../stores/postgres/payment-refunds.ts';
import type { PaymentWork } from '../../stores/postgres/payment-work.ts';
import type { PaymentPorts } from './ports.ts';
import { takePayment } from './take-present.ts';

type Needed = Pick<PaymentPorts, 'db' | 'fillRandom' | 'nowMs' | 'provider'>;

type Of = Pick<PaymentWork, 'amountMinor' | 'currency' | 'eventId' | 'id' | 'providerPaymentId'>;

/** Throws a PaymentFault or a Fault. */
export async function takeRefunds(ports: Needed, work: Of): Promise<Refund[]> {
  const { db, provider, nowMs, fillRandom } = ports;
  const { id, eventId, providerPaymentId } = work;
  if (providerPaymentId === null) return [];
  const refunds = await provider.listRefunds(providerPaymentId);
  for (const refund of refunds) {
    const newId = makeRefundId(eventId, nowMs(), fillRandom);
    await takeRefund(db, { paymentId: id, refund, newId, nowMs: nowMs() });
  }
  const payment = await provider.readPayment(providerPaymentId);
  if (payment !== undefined) await takePayment(ports, work, { payment });
  return refunds;
}
