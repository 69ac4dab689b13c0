/** Ends the page on which an order could be paid, since it is to cost something else. */
import { dropPayment, type PaymentRow } from '../stores/postgres/payments.ts';
import { type LookNeeds, lookAtPayment } from './look-at-payment.ts';

/**
 * What the attempt turns out to be instead, such as paid, is written down and acted upon.
 * @throws PaymentFault where the provider does not answer, and Fault where the payment's event does not.
 */
export async function endPage(
  needs: LookNeeds,
  { id, sessionId, state }: PaymentRow,
): Promise<void> {
  const { db, provider, nowMs } = needs;
  if (sessionId === null) {
    // If the provider made a page all the same, nobody knows its address.
    await dropPayment(db, id, { reason: 'costs_changed', nowMs: nowMs() });
    return;
  }
  if (state === 'open') await provider.expireSession(sessionId, `expire/${id}/costs`);
  await lookAtPayment(needs, id);
}
