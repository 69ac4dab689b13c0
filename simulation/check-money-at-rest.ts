/** What the provider has when nothing is on its way any more, held against the orders. */
import { dueOf } from './check-money.ts';
import type { ReportViolation } from './first-violation.ts';
import type { Snapshot } from './ledger.ts';
import { decidedOf } from './payment-rows.ts';
import type { Provider } from './provider.ts';

/** At rest nobody is charged for what they do not have, and everybody for what they have. */
export function checkMoneyAtRest(
  snapshot: Snapshot,
  provider: Provider,
  violated: ReportViolation,
): void {
  for (const [id, held] of provider.payments) {
    const payment = snapshot.payments.get(id);
    const order = payment && snapshot.orders.get(payment.orderId);
    if (payment === undefined || order === undefined) {
      violated('the provider has no payment that nobody began', id);
      continue;
    }
    const refunds = [...held.refunds].map(([, refund]) => ({ ...refund, paymentId: id }));
    const takenMinor = held.capturedMinor - decidedOf(id, refunds);
    const dueMinor = dueOf(snapshot, payment, order);
    const seen = `${id} of ${order.id}, ${order.status}: ${held.state}, ${takenMinor} of ${dueMinor}`;
    if (takenMinor !== dueMinor) violated('at rest the money taken is the money due', seen);
    if (held.state === 'authorised') violated('at rest nothing is reserved', seen);
    if (held.state === 'open' && payment.state === 'open')
      violated('at rest nobody can pay for what has ended', seen);
    const isUnpaid = payment.state === 'failed' && order.paymentId === id;
    if (isUnpaid && order.unitsReturned < order.quantity)
      violated('at rest units that nobody paid for are back', seen);
  }
}
