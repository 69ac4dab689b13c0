/** Payments and refunds of a sale as the simulation reads them, and what happens to them beside the line. */
import type { OrderId, PaymentId, RefundId } from '../worker/contract/ids.ts';
import { type OrderPayment, PAY_GRACE_SECONDS } from '../worker/contract/payments.ts';
import { totalOfOrder } from './order-totals.ts';

export interface PaymentRow {
  id: PaymentId;
  orderId: OrderId;
  state: 'open' | 'authorised' | 'captured' | 'released' | 'failed';
  amountMinor: number;
  currency: string;
  capturedMinor: number;
  /** The sum of the refunds that the provider has. */
  refundedMinor: number;
  /** The provider's page is known. */
  hasPage: boolean;
  /** The provider has a payment: somebody tried to pay. */
  isTried: boolean;
  begunAtMs: number;
}

export interface RefundRow {
  id: RefundId;
  paymentId: PaymentId;
  orderId: OrderId;
  state: 'pending' | 'done' | 'failed';
  amountMinor: number;
  /** The provider has it. */
  isMade: boolean;
  units: number;
  unitsReturned: boolean;
}

/** What the provider has of a payment, as whoever looks at it writes it down. */
export type PresentPayment = Pick<PaymentRow, 'state' | 'isTried' | 'capturedMinor'>;

/** What the routes and the outbox write: none of it goes through the line. */
export type PaymentChange =
  | { kind: 'begin_payment'; paymentId: PaymentId; orderId: OrderId; nowMs: number }
  /**
   * In drills. `amountMinor` and `currency` where the provider took others than were asked for, `capturedMinor`
   * where it took less.
   */
  | {
      kind: 'payment_told';
      paymentId: PaymentId;
      state: PaymentRow['state'];
      amountMinor?: number;
      currency?: string;
      capturedMinor?: number;
    }
  | { kind: 'page_opened' | 'page_missing'; paymentId: PaymentId; nowMs: number }
  | { kind: 'payment_seen'; paymentId: PaymentId; present: PresentPayment; nowMs: number }
  /** Has the outbox end a payment or look at it; `turn` tells one time from another. */
  | {
      kind: 'queue_release' | 'queue_look';
      paymentId: PaymentId;
      turn: string;
      nowMs: number;
    }
  /** By an admin, and by the shop: all that is left of what an order cannot keep. */
  | {
      kind: 'decide_refund';
      refundId: RefundId;
      paymentId: PaymentId;
      amountMinor: number;
      units: number;
      nowMs: number;
    }
  | { kind: 'refund_whole'; refundId: RefundId; paymentId: PaymentId; nowMs: number }
  | {
      kind: 'refund_seen';
      refundId: RefundId;
      paymentId: PaymentId;
      amountMinor: number;
      state: RefundRow['state'];
      nowMs: number;
    }
  /** Its payment was released instead. */
  | { kind: 'refund_spared'; refundId: RefundId; nowMs: number }
  /** A row of the outbox was worked off. */
  | { kind: 'row_ended'; key: string; outcome: 'done' | 'dropped' | 'given_up'; nowMs: number };

const KINDS = [
  'begin_payment',
  'payment_told',
  'page_opened',
  'page_missing',
  'payment_seen',
  'queue_release',
  'queue_look',
  'decide_refund',
  'refund_whole',
  'refund_seen',
  'refund_spared',
  'row_ended',
] as const satisfies PaymentChange['kind'][];

export function isPaymentChange(change: { kind: string }): change is PaymentChange {
  return KINDS.some((kind) => kind === change.kind);
}

/** Whoever is paying has some seconds more. */
export function releasedAtMs({
  expiresAtMs,
  paying,
}: {
  expiresAtMs: number;
  paying: boolean;
}): number {
  return expiresAtMs + (paying ? PAY_GRACE_SECONDS * 1_000 : 0);
}

/** What was decided to be given back of a payment: done, or still to come. */
export function decidedOf(
  id: PaymentId,
  refunds: Iterable<Pick<RefundRow, 'amountMinor' | 'paymentId' | 'state'>>,
): number {
  let sum = 0;
  for (const { paymentId, state, amountMinor } of refunds)
    if (paymentId === id && state !== 'failed') sum += amountMinor;
  return sum;
}

/** What an order tells of its money: of the payment that confirmed it, else of the last one that was begun. */
export function shownPayment(
  order: { id: OrderId; paymentId: PaymentId | null },
  payments: Iterable<PaymentRow>,
): OrderPayment | null {
  let shown: PaymentRow | undefined;
  for (const one of payments) {
    if (one.orderId !== order.id) continue;
    const isLater = shown === undefined || (shown.id !== order.paymentId && one.id > shown.id);
    if (one.id === order.paymentId || isLater) shown = one;
  }
  if (shown === undefined) return null;
  const { state, amountMinor: amountCents, capturedMinor, refundedMinor: refundedCents } = shown;
  const isUntouched = state !== 'captured' || refundedCents === 0;
  const given = refundedCents === capturedMinor ? 'refunded' : 'partly_refunded';
  return { status: isUntouched ? state : given, amountCents, refundedCents };
}

/** Whether a payment is of an order, and over exactly what that costs. */
export function isExactly(
  { orderId, currency, amountMinor }: PaymentRow,
  order: { id: OrderId; currency: string; quantity: number; unitPriceCents: number },
): boolean {
  const isItsOwn = orderId === order.id && currency === order.currency;
  return isItsOwn && amountMinor === totalOfOrder(order);
}
