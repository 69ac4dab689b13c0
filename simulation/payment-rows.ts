/** Payments and refunds of a sale as the simulation reads them, and what happens to them beside the line. */
import type { OrderId, PaymentId, RefundId } from '../worker/contract/ids.ts';
import { PAY_GRACE_SECONDS } from '../worker/contract/payments.ts';

export interface PaymentRow {
  id: PaymentId;
  orderId: OrderId;
  state: 'open' | 'authorised' | 'captured' | 'released' | 'failed';
  amountMinor: number;
  currency: string;
}

export interface RefundRow {
  id: RefundId;
  paymentId: PaymentId;
  orderId: OrderId;
  units: number;
  unitsReturned: boolean;
}

/** What the routes and the outbox write: none of it goes through the line. */
export type PaymentChange =
  | { kind: 'begin_payment'; paymentId: PaymentId; orderId: OrderId; nowMs: number }
  /** What the provider told. `amountMinor` where it took another one than was asked for. */
  | {
      kind: 'payment_told';
      paymentId: PaymentId;
      state: PaymentRow['state'];
      amountMinor: number | undefined;
    }
  | { kind: 'refund'; refundId: RefundId; paymentId: PaymentId; units: number };

export function isPaymentChange(change: { kind: string }): change is PaymentChange {
  return ['begin_payment', 'payment_told', 'refund'].includes(change.kind);
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
