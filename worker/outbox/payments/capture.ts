/**
 * Takes the money of the payment that confirmed its order. Tried again until CAPTURE_ENDS_BEFORE_MS before
 * its authorisation ends; then the authorisation is given back, the payment has failed, and the units of the
 * order go back on sale.
 */
import type { Payment } from '../../payment/provider.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import { spendPaymentKey } from '../../stores/postgres/payment-keys.ts';
import type { EndReason } from '../../stores/postgres/payment-states.ts';
import { type PaymentWork, readPaymentWork } from '../../stores/postgres/payment-work.ts';
import type { TryOutcome } from '../rules/outcome.ts';
import type { PaymentPorts } from './ports.ts';
import {
  asksFirst,
  DONE,
  dropped,
  failed,
  keyOf,
  refused,
  tryAtProvider,
} from './provider-tries.ts';
import { takePayment } from './take-present.ts';

const HOUR_MS = 60 * 60_000;
/** So long before an authorisation ends nobody tries to capture it any more. */
export const CAPTURE_ENDS_BEFORE_MS = 12 * HOUR_MS;
/** Where the provider does not say when an authorisation ends: no card's ends earlier. */
const AUTHORISED_MS = 4 * 24 * HOUR_MS;
const CAPTURE_FAILED = 'capture_failed';

interface Capture {
  ports: PaymentPorts;
  payment: PaymentWork;
  /** Of the provider. */
  paymentId: string;
}

/** @param ahead its payment, where that was read with others of its lease. */
export async function capture(
  ports: PaymentPorts,
  { payload, tries }: LeasedRow<'payment.capture'>,
  ahead?: PaymentWork,
): Promise<TryOutcome> {
  const payment = ahead ?? (await readPaymentWork(ports.db, payload.paymentId));
  if (payment === undefined) return dropped('payment_gone');
  const { providerPaymentId: paymentId, authorisedAtMs, keysSpent } = payment;
  if (payment.state === 'captured') return DONE;
  if (payment.state === 'released') return dropped('payment_released');
  if (payment.state === 'failed') return endFailed(ports, payment);
  if (paymentId === null || payment.state === 'open') return refused('not_authorised');
  if (!payment.isOrders) return refused('not_confirmed');
  // Whoever refunds it ends the authorisation.
  if (payment.decidedMinor >= payment.amountMinor) return dropped('refunded');
  const nowMs = ports.nowMs();
  const sinceMs = authorisedAtMs ?? payment.begunAtMs;
  const isAsked = asksFirst({ tries, keysSpent, sinceMs, nowMs });
  const deadlineMs = (payment.captureBeforeMs ?? sinceMs + AUTHORISED_MS) - CAPTURE_ENDS_BEFORE_MS;
  const work = { ports, payment, paymentId };
  return tryAtProvider(
    () => spendPaymentKey(ports.db, payment.id),
    async () => {
      const ended = isAsked ? await askPresent(work) : undefined;
      if (ended !== undefined) return ended;
      return nowMs >= deadlineMs ? giveBack(work) : take(work);
    },
  );
}

async function take(work: Capture): Promise<TryOutcome> {
  const { ports, payment, paymentId } = work;
  const key = keyOf('capture', payment.id, payment.keysSpent);
  const outcome = await ports.provider.capture(paymentId, key);
  if (outcome.kind === 'done') return (await follow(work, outcome.value)) ?? failed('not_captured');
  await spendPaymentKey(ports.db, payment.id);
  if (outcome.code === 'declined') return failed('declined');
  return (await askPresent(work)) ?? failed(outcome.code);
}

/** Too late to try again: the shopper's money is theirs again, unless it was taken at the last moment. */
async function giveBack(work: Capture): Promise<TryOutcome> {
  const { ports, payment, paymentId } = work;
  const key = keyOf('release', payment.id, payment.keysSpent);
  const outcome = await ports.provider.release(paymentId, key);
  if (outcome.kind === 'done') {
    return (await follow(work, outcome.value, CAPTURE_FAILED)) ?? failed('not_released');
  }
  await spendPaymentKey(ports.db, payment.id);
  return (await askPresent(work)) ?? failed(outcome.code);
}

/** @returns undefined where it can still be captured. */
async function askPresent(work: Capture): Promise<TryOutcome | undefined> {
  const present = await work.ports.provider.readPayment(work.paymentId);
  return present === undefined ? failed('unknown') : follow(work, present);
}

async function follow(
  { ports, payment }: Capture,
  present: Payment,
  endReason?: EndReason,
): Promise<TryOutcome | undefined> {
  const state = await takePayment(ports, payment, { payment: present, endReason });
  switch (state) {
    case 'captured':
      return DONE;
    case 'failed':
      return endFailed(ports, { ...payment, endReason: endReason ?? null });
    case 'released':
      return dropped('payment_released');
    case 'open':
    case undefined:
      return failed('not_authorised');
    case 'authorised':
      return undefined;
    default:
      return state satisfies never;
  }
}

/** Given up, for an admin to see; and as often as it is asked for, the units go back once. */
async function endFailed(ports: PaymentPorts, payment: PaymentWork): Promise<TryOutcome> {
  const { orderId, customerId, id: paymentId } = payment;
  await ports.returnUnits({ orderId, customerId, paymentId });
  return refused(payment.endReason ?? 'payment_failed');
}
