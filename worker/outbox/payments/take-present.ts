/** Writes down what the provider answered about a payment. */
import { presentOf } from '../../paying/present.ts';
import type { Payment, PaymentSession } from '../../payment/provider.ts';
import type { PaymentRowState } from '../../stores/postgres/payment-schema.ts';
import { type EndReason, writePresent } from '../../stores/postgres/payment-states.ts';
import type { PaymentWork } from '../../stores/postgres/payment-work.ts';
import type { PaymentPorts } from './ports.ts';

type Needed = Pick<PaymentPorts, 'db' | 'nowMs'>;
type Of = Pick<PaymentWork, 'amountMinor' | 'currency' | 'id'>;

/**
 * @param endReason why it ended, where it did and the shop knows better than the provider.
 * @returns the state of its row from then on; undefined where there is none. Throws a Fault.
 */
export async function takePayment(
  { db, nowMs }: Needed,
  work: Of,
  { payment, endReason }: { payment: Payment; endReason?: EndReason | undefined },
): Promise<PaymentRowState | undefined> {
  const present = presentOf(work, payment, payment);
  const reason = endReason ?? present.endReason;
  const written = await writePresent(db, work.id, {
    ...present,
    endReason: reason,
    nowMs: nowMs(),
  });
  return written?.state;
}

/** The same for a page. */
export async function takeSession(
  { db, nowMs }: Needed,
  work: Of,
  session: PaymentSession,
): Promise<PaymentRowState | undefined> {
  const present = presentOf(work, session, session.payment);
  return (await writePresent(db, work.id, { ...present, nowMs: nowMs() }))?.state;
}
