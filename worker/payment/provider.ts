/** What the shop asks of whoever takes its money. Types only: an adapter, such as Stripe's, does it. */
import type { DisputeState } from '../contract/disputes.ts';
import type { AmountFault } from '../contract/payments.ts';

/**
 * - `open`: nobody has authorised it, and somebody still can.
 * - `authorised`: the money is reserved, and not taken.
 * - `captured`: the money was taken. `partly_refunded`, `refunded`: some of it or all was given back.
 * - `released`: it ended with nothing taken.
 * - `failed`: it ended with nothing taken although it was authorised and nobody asked for its end.
 * - `processing`: its shopper paid by a method whose money comes days later, or not: nothing is reserved or taken.
 *   No such method is offered.
 */
export type PaymentState =
  | 'authorised'
  | 'captured'
  | 'failed'
  | 'open'
  | 'partly_refunded'
  | 'processing'
  | 'refunded'
  | 'released';

export interface Payment {
  /** The provider's. */
  paymentId: string;
  /** Ours, kept by the provider; undefined for a payment that this shop did not begin. */
  attemptId: string | undefined;
  state: PaymentState;
  /** Of ISO 4217, in capitals. */
  currency: string;
  amountMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  createdAtMs: number;
  /** When an authorisation ends by itself. */
  captureBeforeMs: number | undefined;
  /** Why the last try to pay was declined, by the provider's word. */
  declineReason: string | undefined;
  /** Whether there is a dispute of it, or was one. */
  isDisputed: boolean;
}

export interface Dispute {
  /** The provider's. */
  disputeId: string;
  paymentId: string;
  state: DisputeState;
  /** The provider's word. */
  reason: string;
  currency: string;
  /** Without the provider's fee. */
  amountMinor: number;
  createdAtMs: number;
  /** Until when the shop can answer, where it can. */
  answerByMs: number | undefined;
  /** Whether the provider still gives the payment's money back. */
  isRefundable: boolean;
}

/** One visit to the provider's page, which ends with at most one payment. */
export interface PaymentSession {
  sessionId: string;
  attemptId: string | undefined;
  /** Of the payment, once there is one. */
  state: PaymentState;
  /** Of the page, as long as one can pay there. */
  url: string | undefined;
  endsAtMs: number;
  /** Undefined until somebody tries to pay. */
  payment: Payment | undefined;
}

export interface Refund {
  /** The provider's. */
  providerRefundId: string;
  /** Ours, kept by the provider; undefined for one that was made on the provider's own pages. */
  refundId: string | undefined;
  paymentId: string;
  state: 'done' | 'failed' | 'pending';
  currency: string;
  amountMinor: number;
}

/** Something happened to what it names; whoever hears of it asks for the present state. */
export interface ProviderEvent {
  eventId: string;
  /** The provider's word. */
  kind: string;
  createdAtMs: number;
  /** Undefined for what is no session and no payment. */
  about: { kind: 'payment' | 'session'; id: string } | undefined;
}

export interface SessionPlan {
  attemptId: string;
  orderId: string;
  currency: string;
  lines: readonly { name: string; unitMinor: number; quantity: number }[];
  /** Where the shopper returns to; the provider puts the session's id in the place of `{sessionId}`. */
  successUrl: string;
  cancelUrl: string;
  language: 'de' | 'en';
  /** When the attempt began, so that the same plan is the same request whenever it is sent. */
  begunAtMs: number;
  /** When it is to end; the provider may allow a later time only. */
  endsAtMs: number;
}

/** What the provider did, or why it did not. Everything else is a thrown PaymentFault. */
export type Outcome<Value, Code extends string> =
  | { kind: 'done'; value: Value }
  | { kind: 'refused'; code: Code };

export interface Page<Entry> {
  entries: Entry[];
  /** Given as `after` it brings the next page; undefined on the last one. */
  next: string | undefined;
}

export interface RefundWish {
  paymentId: string;
  /** Ours. */
  refundId: string;
  amountMinor: number;
  /** That of the payment. */
  currency: string;
}

/** From `fromMs`, that itself included, to before `toMs`; the newest first. */
export interface TimeRange {
  fromMs: number;
  toMs: number;
  after?: string | undefined;
}

/**
 * A change is done once for its key within 24 hours, and its outcome, a refusal too, is what the key stands
 * for: whoever wants a refused change to be looked at again uses another key.
 */
export interface PaymentProvider {
  /** Why it takes no such total, which is more than 0; undefined where it does, as far as is known here. */
  amountFault(totalMinor: number, currency: string): AmountFault | undefined;
  createSession(plan: SessionPlan, key: string): Promise<Outcome<PaymentSession, AmountFault>>;
  /** `session_over`: it was paid or has ended. */
  expireSession(
    sessionId: string,
    key: string,
  ): Promise<Outcome<PaymentSession, 'session_over' | 'unknown'>>;
  readSession(sessionId: string): Promise<PaymentSession | undefined>;
  readPayment(paymentId: string): Promise<Payment | undefined>;
  /** Takes the whole amount. */
  capture(
    paymentId: string,
    key: string,
  ): Promise<Outcome<Payment, 'declined' | 'not_authorised' | 'unknown'>>;
  /** Ends an authorisation for free. */
  release(paymentId: string, key: string): Promise<Outcome<Payment, 'not_authorised' | 'unknown'>>;
  refund(
    wish: RefundWish,
    key: string,
  ): Promise<
    Outcome<
      Refund,
      | 'amount_not_payable'
      | 'amount_too_large'
      | 'disputed'
      | 'not_captured'
      | 'nothing_left'
      | 'unknown'
    >
  >;
  /** All of a payment. */
  listRefunds(paymentId: string): Promise<Refund[]>;
  /** All of a payment. */
  listDisputes(paymentId: string): Promise<Dispute[]>;
  /** Where a person sees a dispute and answers it; undefined where nobody can. */
  disputePage(disputeId: string): string | undefined;
  /** Those of an attempt; a payment of the last minute may be missing. */
  findPayments(attemptId: string): Promise<Payment[]>;
  listPayments(range: TimeRange): Promise<Page<Payment>>;
  listEvents(range: TimeRange): Promise<Page<ProviderEvent>>;
  /** Of an event's word: it says that a payment was captured, and nothing else. */
  tellsOfCapture(kind: string): boolean;
}
