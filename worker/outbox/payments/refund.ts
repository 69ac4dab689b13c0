/**
 * Gives back what was decided. Before its capture the whole of a payment is not taken at all instead. The
 * units of the order go back beside it, once.
 */
import type { Refund } from '../../payment/provider.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import { readDisputeState } from '../../stores/postgres/payment-disputes.ts';
import { spendPaymentKey, spendRefundKey } from '../../stores/postgres/payment-keys.ts';
import { endRefund } from '../../stores/postgres/payment-refunds.ts';
import { type RefundWork, readRefundWork } from '../../stores/postgres/payment-work.ts';
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
import { takeDisputes } from './take-disputes.ts';
import { takePayment } from './take-present.ts';
import { takeRefunds } from './take-refunds.ts';

/** A refund that the provider has not decided yet is asked for so often. */
const PENDING_PAUSE_MS = 6 * 60 * 60_000;
const PENDING: TryOutcome = {
  kind: 'throttled',
  reason: 'pending',
  retryAfterMs: PENDING_PAUSE_MS,
};
/** So often it is asked for again while a dispute of its payment is open. */
const DISPUTED_PAUSE_MS = 60 * 60_000;
const NOT_CAPTURED = 'not_captured';

export async function refund(
  ports: PaymentPorts,
  { payload, tries }: LeasedRow<'payment.refund'>,
): Promise<TryOutcome> {
  const wanted = await readRefundWork(ports.db, payload.refundId);
  if (wanted === undefined) return dropped('refund_gone');
  const outcome = await moneyBack(ports, wanted, tries);
  // However the money goes on, the units do not wait for it; and where their line is away, they come again.
  await unitsBack(ports, wanted);
  return outcome;
}

async function unitsBack(ports: PaymentPorts, wanted: RefundWork): Promise<void> {
  if (wanted.unitsToReturn === 0) return;
  const { orderId, customerId } = wanted.payment;
  await ports.returnUnits({ orderId, customerId, refundId: wanted.id });
}

function moneyBack(ports: PaymentPorts, wanted: RefundWork, tries: number): Promise<TryOutcome> {
  const { payment } = wanted;
  if (wanted.state === 'done') return Promise.resolve(DONE);
  if (wanted.state === 'failed') return Promise.resolve(refused('refund_failed'));
  switch (payment.state) {
    case 'captured':
      return tryAtProvider(
        () => spendRefundKey(ports.db, wanted.id),
        () => refundTaken(ports, wanted, tries),
      );
    case 'authorised':
      // A part can be given back only once all of it was taken.
      if (payment.decidedMinor < payment.amountMinor) return Promise.resolve(failed(NOT_CAPTURED));
      return tryAtProvider(
        () => spendPaymentKey(ports.db, payment.id),
        () => releaseInstead(ports, wanted),
      );
    case 'open':
      return Promise.resolve(refused('not_authorised'));
    case 'failed':
    case 'released':
      return endedAs(ports, wanted, 'done');
    default:
      return payment.state satisfies never;
  }
}

async function releaseInstead(ports: PaymentPorts, wanted: RefundWork): Promise<TryOutcome> {
  const { provider, db } = ports;
  const { payment } = wanted;
  const paymentId = payment.providerPaymentId ?? '';
  const key = keyOf('release', payment.id, payment.keysSpent);
  const outcome = await provider.release(paymentId, key);
  if (outcome.kind === 'refused') await spendPaymentKey(db, payment.id);
  const present = outcome.kind === 'done' ? outcome.value : await provider.readPayment(paymentId);
  if (present === undefined) return failed('unknown');
  const state = await takePayment(ports, payment, { payment: present, endReason: 'refunded' });
  // Captured at this very moment: the next try refunds it.
  return state === 'released' ? endedAs(ports, wanted, 'done') : failed(state ?? 'unknown');
}

async function refundTaken(
  ports: PaymentPorts,
  wanted: RefundWork,
  tries: number,
): Promise<TryOutcome> {
  const { provider, db, nowMs } = ports;
  const { id: refundId, amountMinor, keysSpent, payment } = wanted;
  const { currency, providerPaymentId } = payment;
  const paymentId = providerPaymentId ?? '';
  const sinceMs = wanted.createdAtMs;
  if (asksFirst({ tries, keysSpent, sinceMs, nowMs: nowMs() })) {
    const before = await foundAtProvider(ports, wanted);
    if (before !== undefined) return outcomeOf(before);
  }
  const wish = { paymentId, refundId, amountMinor, currency };
  const outcome = await provider.refund(wish, keyOf('refund', refundId, keysSpent));
  if (outcome.kind === 'refused') await spendRefundKey(db, refundId);
  const after = await foundAtProvider(ports, wanted);
  if (after !== undefined) return outcomeOf(after);
  if (outcome.kind === 'done') return failed('unknown');
  switch (outcome.code) {
    case 'amount_not_payable':
    case 'amount_too_large':
    case 'nothing_left':
      // Given back on the provider's own pages; those rows are there by now.
      await endRefund(db, { id: refundId, state: 'failed', nowMs: nowMs() });
      return refused(outcome.code);
    case 'disputed':
      return disputed(ports, wanted);
    default:
      return failed(outcome.code);
  }
}

/** While a dispute is open nothing can be given back; where it was lost, its shopper has the money. */
async function disputed(ports: PaymentPorts, { id, payment }: RefundWork): Promise<TryOutcome> {
  const { db, nowMs } = ports;
  await takeDisputes(ports, payment);
  const { isOpen, lostMinor } = await readDisputeState(db, payment.id);
  if (isOpen || lostMinor === 0) {
    return { kind: 'throttled', reason: 'disputed', retryAfterMs: DISPUTED_PAUSE_MS };
  }
  await endRefund(db, { id, state: 'failed', nowMs: nowMs() });
  return refused('dispute_lost');
}

/** Also takes what else was given back, which decides what is left. */
async function foundAtProvider(
  ports: PaymentPorts,
  { id, payment }: RefundWork,
): Promise<Refund | undefined> {
  const refunds = await takeRefunds(ports, payment);
  return refunds.find(({ refundId }) => refundId === id);
}

function outcomeOf({ state }: Refund): TryOutcome {
  switch (state) {
    case 'done':
      return DONE;
    case 'pending':
      return PENDING;
    case 'failed':
      return refused('refund_failed');
    default:
      return state satisfies never;
  }
}

async function endedAs(
  { db, nowMs }: PaymentPorts,
  { id }: RefundWork,
  state: 'done' | 'failed',
): Promise<TryOutcome> {
  await endRefund(db, { id, state, nowMs: nowMs() });
  return DONE;
}
