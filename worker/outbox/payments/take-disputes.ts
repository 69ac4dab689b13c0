/** Takes all disputes of a payment into its rows, as the provider has them now. */
import { writeDisputes } from '../../stores/postgres/payment-disputes.ts';
import type { PaymentWork } from '../../stores/postgres/payment-work.ts';
import type { PaymentPorts } from './ports.ts';

type Needed = Pick<PaymentPorts, 'db' | 'nowMs' | 'provider'>;

/** Throws a PaymentFault or a Fault. */
export async function takeDisputes(
  { db, provider, nowMs }: Needed,
  { id, providerPaymentId }: Pick<PaymentWork, 'id' | 'providerPaymentId'>,
): Promise<void> {
  if (providerPaymentId === null) return;
  const disputes = await provider.listDisputes(providerPaymentId);
  if (disputes.length > 0) await writeDisputes(db, id, { disputes, nowMs: nowMs() });
}
