/** What rows of the outbox are about that were leased together: read for all of them in one round trip. */
import type { PaymentId } from '../../contract/ids.ts';
import { type Db, guarded } from './client.ts';
import { type EventToLookAt, eventsToLookAt, eventToLookAt } from './payment-events.ts';
import { type PaymentWork, paymentsToWorkOn, paymentWork } from './payment-work.ts';

export interface LeasedPayments {
  /** By their ids; of what there is no more, nothing. */
  payments: Map<PaymentId, PaymentWork>;
  /** By the provider's ids. */
  events: Map<string, EventToLookAt>;
}

/** Throws a Fault. */
export async function readLeasedPayments(
  db: Db,
  { paymentIds, eventIds }: { paymentIds: readonly PaymentId[]; eventIds: readonly string[] },
): Promise<LeasedPayments> {
  const [payments, events] = await guarded(() =>
    db.batch([paymentsToWorkOn(db, paymentIds), eventsToLookAt(db, eventIds)]),
  );
  return {
    payments: new Map(payments.map((row) => [row.payment.id, paymentWork(row)])),
    events: new Map(events.map((row) => [row.event.id, eventToLookAt(row)])),
  };
}
