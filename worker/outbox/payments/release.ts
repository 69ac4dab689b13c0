/**
 * Ends an attempt to pay so that nothing is kept of it, whatever has become of it meanwhile: a page that is
 * open is ended, an authorisation is given back, and money that was taken is refunded in full. What turns out to be
 * paid is treated as paid first: its order may still be confirmed. Money that may come days later is waited for by
 * nobody: it is ended where the provider lets it, and looked at again when the provider tells of it.
 */
import { makeRefundId } from '../../contract/ids.ts';
import { presentOf } from '../../paying/present.ts';
import type { Payment, PaymentSession } from '../../payment/provider.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import { spendPaymentKey } from '../../stores/postgres/payment-keys.ts';
import { decideWholeRefund } from '../../stores/postgres/payment-refunds.ts';
import { type PaymentWork, readPaymentWork } from '../../stores/postgres/payment-work.ts';
import { dropPayment } from '../../stores/postgres/payments.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import type { PaymentPorts } from './ports.ts';
import { DONE, dropped, failed, keyOf, refused, tryAtProvider } from './provider-tries.ts';
import { takePayment, takeSession } from './take-present.ts';
import { takeRefunds } from './take-refunds.ts';

/** Whoever begins a payment writes down its page within this time, or its address was lost with the answer. */
const BEGINNING_MS = 5 * 60_000;
const BEGINNING_PAUSE_MS = 20_000;
/** What the key of a row ends in where the line refused the payment: see settle_payments.sql. */
const REFUSED = '/refused';
/** What is found may change while it is acted upon; more often than this it is left to the next try. */
const LOOKS_MAX = 3;

type Found =
  | { session: PaymentSession; payment?: undefined }
  | { session?: undefined; payment: Payment };

export async function release(
  ports: PaymentPorts,
  { payload: { paymentId }, key }: LeasedRow<'payment.release'>,
): Promise<TryOutcome> {
  return tryAtProvider(
    () => spendPaymentKey(ports.db, paymentId),
    async () => {
      for (let looks = 0; looks < LOOKS_MAX; looks++) {
        const payment = await readPaymentWork(ports.db, paymentId);
        if (payment === undefined) return dropped('payment_gone');
        if (payment.isOrders) return dropped('order_paid');
        const outcome = await releaseAsFound(ports, payment, key.endsWith(REFUSED));
        if (outcome !== undefined) return outcome;
      }
      return failed('changing');
    },
  );
}

/** @returns undefined where it is to be looked at once more. */
async function releaseAsFound(
  ports: PaymentPorts,
  payment: PaymentWork,
  isRefused: boolean,
): Promise<TryOutcome | undefined> {
  if (payment.sessionId === null && payment.providerPaymentId === null) {
    return releaseUnbegun(ports, payment);
  }
  const found = await find(ports, payment);
  if (found === undefined) return refused('unknown');
  const isWhole = await takeFound(ports, payment, found);
  const { state } = found.session ?? found.payment;
  const present = found.payment ?? found.session.payment;
  switch (state) {
    case 'open':
      return expire(ports, payment);
    case 'authorised':
      // Paid while its end was on the way: the line may still want it.
      if (!isRefused && (await isConfirmed(ports, payment))) return dropped('order_paid');
      return present && giveBack(ports, payment, { present });
    case 'processing':
      // Mostly it cannot be ended: then what becomes of it is told, or found by the sweep.
      return present && giveBack(ports, payment, { present, ifRefused: dropped('processing') });
    case 'captured': {
      // Taken at once. Where it is not wanted, the line says so for good: what was decided to go back goes back.
      const mayBeWanted = isWhole && !isRefused && payment.decidedMinor === 0;
      if (mayBeWanted && (await isConfirmed(ports, payment))) return dropped('order_paid');
      await refundWhole(ports, payment);
      return DONE;
    }
    case 'partly_refunded':
      // What was given back on the provider's own pages is none of what is left.
      await takeRefunds(ports, { ...payment, providerPaymentId: present?.paymentId ?? null });
      await refundWhole(ports, payment);
      return DONE;
    default:
      return DONE;
  }
}

/**
 * Nobody knows its page, if there is one: none can pay there, and it ends by itself. Once its order has ended,
 * nobody is waited for who begins it: the address that they bring is given to nobody, and `writeSession`
 * has the page ended.
 */
async function releaseUnbegun(
  { db, nowMs }: PaymentPorts,
  { id, begunAtMs, isOrderPending }: PaymentWork,
): Promise<TryOutcome> {
  if (isOrderPending && nowMs() - begunAtMs < BEGINNING_MS) {
    return { kind: 'throttled', reason: 'beginning', retryAfterMs: BEGINNING_PAUSE_MS };
  }
  await dropPayment(db, id, { reason: 'no_session', nowMs: nowMs() });
  return DONE;
}

async function expire(ports: PaymentPorts, payment: PaymentWork): Promise<TryOutcome | undefined> {
  const { provider, db } = ports;
  // A payment without a page that is open waits for its shopper, and ends by itself.
  if (payment.sessionId === null) return failed('open');
  const key = keyOf('expire', payment.id, payment.keysSpent);
  const outcome = await provider.expireSession(payment.sessionId, key);
  if (outcome.kind === 'done') {
    await takeSession(ports, payment, outcome.value);
    return outcome.value.state === 'released' ? DONE : undefined;
  }
  await spendPaymentKey(db, payment.id);
  return undefined;
}

function isConfirmed(ports: PaymentPorts, payment: PaymentWork): Promise<boolean> {
  const { id: paymentId, orderId, customerId } = payment;
  return ports.confirmPaid({ orderId, customerId, paymentId });
}

/** @param ifRefused what comes of the row where the provider ends nothing; without it, it is looked at anew. */
async function giveBack(
  ports: PaymentPorts,
  payment: PaymentWork,
  { present, ifRefused }: { present: Payment; ifRefused?: TryOutcome },
): Promise<TryOutcome | undefined> {
  const { provider, db } = ports;
  const { id, keysSpent } = payment;
  const outcome = await provider.release(present.paymentId, keyOf('release', id, keysSpent));
  if (outcome.kind === 'done') {
    await takePayment(ports, payment, { payment: outcome.value });
    return outcome.value.state === 'released' ? DONE : undefined;
  }
  await spendPaymentKey(db, id);
  return ifRefused;
}

async function refundWhole(
  { db, nowMs, fillRandom }: PaymentPorts,
  { id: paymentId, eventId }: PaymentWork,
): Promise<void> {
  const refundId = makeRefundId(eventId, nowMs(), fillRandom);
  await decideWholeRefund(db, { paymentId, refundId, nowMs: nowMs() });
}

async function find(
  { provider }: PaymentPorts,
  { sessionId, providerPaymentId }: PaymentWork,
): Promise<Found | undefined> {
  if (sessionId !== null) {
    const session = await provider.readSession(sessionId);
    return session && { session };
  }
  const payment = await provider.readPayment(providerPaymentId ?? '');
  return payment && { payment };
}

/** @returns whether what was paid, if it was, is the order's amount in its currency. */
async function takeFound(
  ports: PaymentPorts,
  payment: PaymentWork,
  found: Found,
): Promise<boolean> {
  if (found.session === undefined) await takePayment(ports, payment, found);
  else await takeSession(ports, payment, found.session);
  const { isWhole } = presentOf(
    payment,
    found.session ?? found.payment,
    found.payment ?? found.session.payment,
  );
  return isWhole;
}
