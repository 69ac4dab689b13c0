/** Takes all that the provider has given back of a payment into its rows, by whomever it was decided. */
import { makeRefundId } from '../../contract/ids.ts';
import type { Refund } from '../../payment/provider.ts';
import { writeRefunds } from '../../stores/postgres/payment-refunds.ts';
import type { PaymentWork } from '../../stores/postgres/payment-work.ts';
import type { PaymentPorts } from './ports.ts';

type Needed = Pick<PaymentPorts, 'db' | 'fillRandom' | 'nowMs' | 'provider'>;

type Of = Pick<PaymentWork, 'eventId' | 'id' | 'providerPaymentId'>;

/** Throws a PaymentFault or a Fault. */
export async function takeRefunds(
  { db, provider, nowMs, fillRandom }: Needed,
  { id, eventId, providerPaymentId }: Of,
): Promise<Refund[]> {
  if (providerPaymentId === null) return [];
  const refunds = await provider.listRefunds(providerPaymentId);
  if (refunds.length === 0) return refunds;
  const taken = refunds.map((refund) => ({
    ...refund,
    newId: makeRefundId(eventId, nowMs(), fillRandom),
  }));
  await writeRefunds(db, id, { refunds: taken, nowMs: nowMs() });
  return refunds;
}
