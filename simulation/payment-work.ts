/**
 * What the outbox does about one payment, written from the rules and not from worker/outbox/payments: it asks
 * the provider, writes down what it hears, and asks the event's line. It may end between any two of these.
 */
import type { PaymentId, RefundId } from '../worker/contract/ids.ts';
import type { ShopAttempt } from '../worker/sale/rules/shop-attempts.ts';
import type { OrderRow, Snapshot } from './ledger.ts';
import type { OutboxRow } from './outbox-rows.ts';
import {
  decidedOf,
  type PaymentChange,
  type PaymentRow,
  type PresentPayment,
} from './payment-rows.ts';
import type { Provider } from './provider.ts';

/** How a row of the outbox ended; undefined where it is tried again. */
export type RowEnd = 'done' | 'dropped' | 'given_up' | undefined;

export interface WorkPorts {
  provider: Provider;
  latest(): Snapshot;
  nowMs(): number;
  change(change: PaymentChange): Promise<void>;
  /** @returns whether it was done; rejects where nothing was decided. */
  inLine(attempt: ShopAttempt): Promise<boolean>;
  newRefundId(): RefundId;
}

interface Work {
  payment: PaymentRow;
  order: OrderRow;
  /** What was decided to be given back. */
  decidedMinor: number;
  isOrders: boolean;
}

/** After this no capture is tried any more. */
const CAPTURE_MS_MAX = 40_000;
/** Whoever begins a payment has its page written down by then. */
const BEGINNING_MS = 30_000;
const LOOKS_MAX = 3;

export function workOff(ports: WorkPorts, { kind, key, payload }: OutboxRow): Promise<RowEnd> {
  if ('refundId' in payload) return refund(ports, payload.refundId);
  const id = 'paymentId' in payload ? payload.paymentId : undefined;
  if (id === undefined) return Promise.resolve('dropped');
  if (kind === 'payment.capture') return capture(ports, id);
  if (kind === 'payment.look') return look(ports, id).then(() => 'done');
  return release(ports, id, key.endsWith('/refused'));
}

/** Asks what a payment is now, and does what follows for its order. */
export async function look(ports: WorkPorts, id: PaymentId): Promise<void> {
  const present = await ports.provider.read(id);
  if (present !== undefined) await see(ports, id, present);
  const work = workOn(ports, id);
  if (work === undefined) return;
  const { payment, order, isOrders } = work;
  const { orderId } = payment;
  const { customerId } = order;
  const of = { orderId, customerId, paymentId: id };
  if (payment.state === 'open') {
    if (order.status !== 'pending') await queueRelease(ports, id, 'over');
  } else if (payment.state === 'authorised' && !isOrders) {
    const isConfirmed = await ports.inLine({ kind: 'confirm_paid', ...of });
    if (!isConfirmed) await queueRelease(ports, id, 'refused');
  } else if (payment.state === 'captured' && !isOrders) {
    if (work.decidedMinor > 0) return;
    const isConfirmed = await ports.inLine({ kind: 'confirm_paid', ...of });
    if (!isConfirmed) await queueRelease(ports, id, 'refused');
  } else if (payment.state === 'failed' && isOrders) {
    await ports.inLine({ kind: 'return_units', ...of });
  }
}

async function capture(ports: WorkPorts, id: PaymentId): Promise<RowEnd> {
  const work = workOn(ports, id);
  if (work === undefined) return 'dropped';
  const { payment, isOrders, decidedMinor } = work;
  if (payment.state === 'captured') return 'done';
  if (payment.state === 'released') return 'dropped';
  if (payment.state === 'failed') return endFailed(ports, work);
  if (payment.state === 'open' || !isOrders) return 'given_up';
  // Whoever refunds it ends the authorisation.
  if (decidedMinor >= payment.amountMinor) return 'dropped';
  const isTooLate = ports.nowMs() >= payment.begunAtMs + CAPTURE_MS_MAX;
  const present = await ports.provider[isTooLate ? 'release' : 'capture'](id);
  if (present !== undefined) await see(ports, id, present);
  const after = workOn(ports, id);
  if (after?.payment.state === 'captured') return 'done';
  return after?.payment.state === 'failed' ? endFailed(ports, after) : undefined;
}

async function endFailed(ports: WorkPorts, { payment, order }: Work): Promise<RowEnd> {
  const { orderId, id: paymentId } = payment;
  const { customerId } = order;
  await ports.inLine({ kind: 'return_units', orderId, customerId, paymentId });
  return 'given_up';
}

async function release(ports: WorkPorts, id: PaymentId, isRefused: boolean): Promise<RowEnd> {
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    const work = workOn(ports, id);
    if (work === undefined || work.isOrders) return 'dropped';
    const { payment, order } = work;
    const present = await ports.provider.read(id);
    if (present === undefined) {
      if (ports.nowMs() < payment.begunAtMs + BEGINNING_MS) return undefined;
      await ports.change({ kind: 'page_missing', paymentId: id, nowMs: ports.nowMs() });
      return 'done';
    }
    await see(ports, id, present);
    const { state } = present;
    if (state !== 'open' && state !== 'authorised' && state !== 'captured') return 'done';
    const isPaid = state === 'authorised' || (state === 'captured' && work.decidedMinor === 0);
    if (isPaid && !isRefused) {
      const { orderId, customerId } = { ...payment, ...order };
      const of = { orderId, customerId, paymentId: id };
      // Paid while its end was on the way: the line may still want it.
      if (await ports.inLine({ kind: 'confirm_paid', ...of })) return 'dropped';
    }
    if (state === 'captured') return refundWhole(ports, id);
    const ended = await ports.provider[state === 'open' ? 'expire' : 'release'](id);
    if (ended !== undefined) await see(ports, id, ended);
    if (ended?.state === 'released') return 'done';
  }
  return undefined;
}

async function refundWhole(ports: WorkPorts, paymentId: PaymentId): Promise<RowEnd> {
  const refundId = ports.newRefundId();
  await ports.change({ kind: 'refund_whole', refundId, paymentId, nowMs: ports.nowMs() });
  return 'done';
}

async function refund(ports: WorkPorts, id: RefundId): Promise<RowEnd> {
  const end = await moneyBack(ports, id);
  const { paymentId, units, unitsReturned } = ports.latest().refunds.get(id) ?? {};
  const work = paymentId && workOn(ports, paymentId);
  // However the money goes on, the units do not wait for it.
  if (work && units !== 0 && !unitsReturned) {
    const { orderId } = work.payment;
    const { customerId } = work.order;
    await ports.inLine({ kind: 'return_units', orderId, customerId, refundId: id });
  }
  return end;
}

async function moneyBack(ports: WorkPorts, refundId: RefundId): Promise<RowEnd> {
  const row = ports.latest().refunds.get(refundId);
  const work = row && workOn(ports, row.paymentId);
  if (row === undefined || work === undefined) return 'dropped';
  if (row.state !== 'pending') return row.state === 'done' ? 'done' : 'given_up';
  const { payment, decidedMinor } = work;
  const { paymentId, amountMinor } = row;
  const seen = { kind: 'refund_seen', refundId, paymentId, amountMinor } as const;
  switch (payment.state) {
    case 'captured': {
      const state = await ports.provider.refund(paymentId, refundId, amountMinor);
      await ports.change({ ...seen, state, nowMs: ports.nowMs() });
      if (state === 'pending') return undefined;
      return state === 'done' ? 'done' : 'given_up';
    }
    case 'authorised': {
      // A part can be given back only once all of it was taken.
      if (decidedMinor < payment.amountMinor) return undefined;
      const present = await ports.provider.release(paymentId);
      if (present !== undefined) await see(ports, paymentId, present);
      if (present?.state !== 'released') return undefined;
      await ports.change({ kind: 'refund_spared', refundId, nowMs: ports.nowMs() });
      return 'done';
    }
    case 'open':
      return 'given_up';
    case 'failed':
    case 'released':
      await ports.change({ kind: 'refund_spared', refundId, nowMs: ports.nowMs() });
      return 'done';
    default:
      return payment.state satisfies never;
  }
}

function see(ports: WorkPorts, paymentId: PaymentId, present: PresentPayment): Promise<void> {
  return ports.change({ kind: 'payment_seen', paymentId, present, nowMs: ports.nowMs() });
}

function queueRelease(ports: WorkPorts, paymentId: PaymentId, turn: string): Promise<void> {
  return ports.change({ kind: 'queue_release', paymentId, turn, nowMs: ports.nowMs() });
}

function workOn(ports: WorkPorts, id: PaymentId): Work | undefined {
  const { payments, orders, refunds } = ports.latest();
  const payment = payments.get(id);
  const order = payment && orders.get(payment.orderId);
  if (payment === undefined || order === undefined) return undefined;
  const decidedMinor = decidedOf(id, refunds.values());
  const isOrders = order.status === 'confirmed' && order.paymentId === id;
  return { payment, order, decidedMinor, isOrders };
}
