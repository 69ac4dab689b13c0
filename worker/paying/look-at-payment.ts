/**
 * Looks at a payment: asks the provider what it is now, writes that down, and does what follows for its
 * order. The webhook, the page that a shopper returns to and the outbox all come here, in any order and
 * at the same time: whatever was done already is not done again.
 */
import type { PaymentId } from '../contract/ids.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import type { Refusal } from '../sale/rules/attempts.ts';
import type { Db } from '../stores/postgres/client.ts';
import { markEventsWorked } from '../stores/postgres/payment-events.ts';
import {
  type PresentPayment,
  queueRelease,
  type WrittenPayment,
  writePresent,
} from '../stores/postgres/payment-states.ts';
import { findPayment, type PaymentRow, type PaymentToLookAt } from '../stores/postgres/payments.ts';
import { decidedInLine, type EventLine } from './event-line.ts';
import { readPresent } from './present.ts';

export interface LookNeeds {
  db: Db;
  provider: PaymentProvider;
  /** The line of the payment's event. */
  sale: EventLine;
  nowMs(): number;
}

/**
 * - `confirmed`: it confirms its order, now or since before; `replayed` where since before.
 * - `refused`: it is authorised, or was taken at once, and its order cannot be confirmed by it any more.
 * - `to_release`: it holds money, or could still be paid, and its order does not want it.
 * - `units_returned`: it confirmed its order and ended without its money.
 *
 * Of `refused` and `to_release` a row `payment.release` was written.
 */
export type Did =
  | { kind: 'confirmed'; replayed: boolean }
  | { kind: 'nothing' }
  | { kind: 'refused'; code: Refusal['code'] }
  | { kind: 'to_release' }
  | { kind: 'units_returned' };

export interface Looked extends Seen {
  did: Did;
  /** The events that are seen to by it, once the refunds and disputes of what was captured are taken too. */
  events: string[];
  /** Whether its disputes are to be taken too. */
  isDisputed: boolean;
}

/** A payment as it was written down, and what its order was then. */
interface Seen {
  payment: Pick<PaymentRow, 'amountMinor' | 'customerId' | 'id' | 'orderId'> &
    Pick<WrittenPayment, 'capturedMinor' | 'state'>;
  order: WrittenPayment['order'];
}

/** For whoever waits at the shop's page. @throws as lookAtFound. */
export async function lookAtPayment(needs: LookNeeds, id: PaymentId): Promise<void> {
  const before = await findPayment(needs.db, id);
  const looked = before && (await lookAtFound(needs, before));
  // What was captured may have been given back, which is left to the outbox.
  if (looked === undefined || looked.payment.state === 'captured') return;
  await markEventsWorked(needs.db, looked.events, needs.nowMs());
}

/**
 * @param before read before anything is asked for: the events that wait by then are seen to.
 * @param hint the provider's payment, where an event named it.
 * @returns undefined where there is no such payment any more.
 * @throws PaymentFault where the provider does not answer, and Fault where the event does not.
 */
export async function lookAtFound(
  needs: LookNeeds,
  { payment: before, events }: PaymentToLookAt,
  hint?: string,
): Promise<Looked | undefined> {
  const { db, provider, nowMs } = needs;
  const present = await readPresent(provider, before, hint);
  const written = await writePresent(db, before.id, { ...present, nowMs: nowMs() });
  if (written === undefined) return undefined;
  const { order, ...now } = written;
  const seen = { payment: { ...before, ...now }, order };
  const { isDisputed } = present;
  return { ...seen, did: await act(needs, seen, present), events, isDisputed };
}

async function act(
  needs: LookNeeds,
  { payment, order }: Seen,
  { isWhole, refundedMinor }: PresentPayment,
): Promise<Did> {
  const isConfirming = order.confirmedBy === payment.id;
  switch (payment.state) {
    case 'open':
      return order.status === 'pending' ? { kind: 'nothing' } : release(needs, payment.id, 'over');
    case 'authorised':
      if (isConfirming) return { kind: 'confirmed', replayed: true };
      return isWhole ? confirm(needs, payment) : release(needs, payment.id, 'amount_differs');
    case 'captured':
      if (isConfirming) return { kind: 'confirmed', replayed: true };
      if (refundedMinor >= payment.capturedMinor) return { kind: 'nothing' };
      // Taken at once: the line decides whether it is kept. What was given back in part never is.
      return isWhole && refundedMinor === 0
        ? confirm(needs, payment)
        : release(needs, payment.id, 'captured');
    case 'failed':
      return isConfirming ? returnUnits(needs, payment) : { kind: 'nothing' };
    case 'released':
      return { kind: 'nothing' };
    default:
      return payment.state satisfies never;
  }
}

type Payment = Seen['payment'];

async function confirm(needs: LookNeeds, payment: Payment): Promise<Did> {
  const { id: paymentId, orderId, customerId } = payment;
  const answer = await decidedInLine(needs.sale, {
    kind: 'confirm_paid',
    orderId,
    customerId,
    paymentId,
  });
  if (answer.ok) return { kind: 'confirmed', replayed: 'replayed' in answer && answer.replayed };
  const { code } = answer.refusal;
  // The line wrote such a row too, unless one of before, which found no money, has its key.
  await release(needs, paymentId, 'refused');
  return { kind: 'refused', code };
}

async function returnUnits(needs: LookNeeds, payment: Payment): Promise<Did> {
  const { id: paymentId, orderId, customerId } = payment;
  const answer = await decidedInLine(needs.sale, {
    kind: 'return_units',
    orderId,
    customerId,
    paymentId,
  });
  return answer.ok ? { kind: 'units_returned' } : { kind: 'nothing' };
}

async function release({ db, nowMs }: LookNeeds, id: PaymentId, why: string): Promise<Did> {
  await queueRelease(db, id, { why, nowMs: nowMs() });
  return { kind: 'to_release' };
}
