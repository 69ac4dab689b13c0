/** Stripe's objects in the shop's words. Pure. */
import type { DisputeState } from '../../contract/disputes.ts';
import type {
  Dispute,
  Payment,
  PaymentSession,
  PaymentState,
  ProviderEvent,
  Refund,
} from '../provider.ts';
import { minorAmount } from './amounts.ts';
import type { Intent, Session, StripeDispute, StripeEvent, StripeRefund } from './objects.ts';

/** Stripe ends an authorisation of its own accord with one of these. */
const ENDED_BY_STRIPE: ReadonlySet<string> = new Set(['automatic', 'expired']);

export function paymentOf(intent: Intent): Payment {
  const currency = intent.currency.toUpperCase();
  const { capturedAmount, refundedAmount } = takenOf(intent);
  const { last_payment_error: error, latest_charge: charge } = intent;
  const captureBeforeS = charge?.payment_method_details?.card?.capture_before;
  return {
    paymentId: intent.id,
    attemptId: intent.metadata['attemptId'],
    state: stateOfPayment(intent),
    currency,
    amountMinor: minorAmount(intent.amount, currency),
    capturedMinor: minorAmount(capturedAmount, currency),
    refundedMinor: minorAmount(refundedAmount, currency),
    createdAtMs: intent.created * 1_000,
    captureBeforeMs: captureBeforeS == null ? undefined : captureBeforeS * 1_000,
    declineReason: error?.decline_code ?? error?.code ?? undefined,
    isDisputed: charge?.disputed ?? false,
  };
}

export function sessionOf(session: Session): PaymentSession {
  const payment = session.payment_intent == null ? undefined : paymentOf(session.payment_intent);
  return {
    sessionId: session.id,
    attemptId: session.metadata['attemptId'],
    state: stateOfSession(session, payment?.state),
    url: session.status === 'open' ? (session.url ?? undefined) : undefined,
    endsAtMs: session.expires_at * 1_000,
    payment,
  };
}

/** @param paymentId of the payment whose refunds were asked for. */
export function refundOf(refund: StripeRefund, paymentId: string): Refund {
  const currency = refund.currency.toUpperCase();
  return {
    providerRefundId: refund.id,
    refundId: refund.metadata?.['refundId'],
    paymentId,
    state: stateOfRefund(refund.status),
    currency,
    amountMinor: minorAmount(refund.amount, currency),
  };
}

/** @param paymentId of the payment whose disputes were asked for. */
export function disputeOf(dispute: StripeDispute, paymentId: string): Dispute {
  const currency = dispute.currency.toUpperCase();
  const { due_by: dueBy } = dispute.evidence_details;
  return {
    disputeId: dispute.id,
    paymentId,
    state: DISPUTE_STATES[dispute.status],
    reason: dispute.reason,
    currency,
    amountMinor: minorAmount(dispute.amount, currency),
    createdAtMs: dispute.created * 1_000,
    answerByMs: dueBy == null ? undefined : dueBy * 1_000,
    isRefundable: dispute.is_charge_refundable,
  };
}

/** https://docs.stripe.com/disputes/how-disputes-work */
const DISPUTE_STATES: Readonly<Record<StripeDispute['status'], DisputeState>> = {
  needs_response: 'needs_answer',
  under_review: 'answered',
  won: 'won',
  lost: 'lost',
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry_answered',
  warning_closed: 'closed',
  prevented: 'closed',
};

export function eventOf({ id, type, created, data: { object } }: StripeEvent): ProviderEvent {
  return { eventId: id, kind: type, createdAtMs: created * 1_000, about: aboutOf(object) };
}

function stateOfPayment(intent: Intent): PaymentState {
  switch (intent.status) {
    case 'requires_action':
    case 'requires_confirmation':
    case 'requires_payment_method':
      return 'open';
    case 'processing':
      return 'processing';
    case 'requires_capture':
      return 'authorised';
    case 'canceled':
      return isLapsed(intent) ? 'failed' : 'released';
    case 'succeeded':
      return stateOfTaken(intent);
    default:
      return intent.status satisfies never;
  }
}

function stateOfTaken(intent: Intent): PaymentState {
  const { capturedAmount, refundedAmount } = takenOf(intent);
  if (refundedAmount === 0) return 'captured';
  return refundedAmount < capturedAmount ? 'partly_refunded' : 'refunded';
}

function takenOf({ status, amount_received: received, latest_charge: charge }: Intent) {
  if (status !== 'succeeded') return { capturedAmount: 0, refundedAmount: 0 };
  return { capturedAmount: received, refundedAmount: charge?.amount_refunded ?? 0 };
}

function isLapsed({ cancellation_reason: reason, latest_charge: charge }: Intent): boolean {
  return ENDED_BY_STRIPE.has(reason ?? '') && charge != null && charge.status !== 'failed';
}

/** What is known of the money counts more than what is known of the page. */
function stateOfSession(
  { status, payment_intent: intent }: Session,
  payment: PaymentState | undefined,
): PaymentState {
  if (payment !== undefined && payment !== 'open') return payment;
  switch (status) {
    case null:
    case 'open':
      return 'open';
    case 'expired':
      return 'released';
    case 'complete':
      // Complete without a payment is one of nothing; the shop asks for none. With one that is not paid, its
      // money is waited for, such as that of a voucher; or it did not come, and nobody can pay there again.
      return intent == null || intent.status === 'requires_payment_method'
        ? 'released'
        : 'processing';
    default:
      return status satisfies never;
  }
}

function stateOfRefund(status: StripeRefund['status']): Refund['state'] {
  switch (status) {
    case 'succeeded':
      return 'done';
    case 'pending':
    case 'requires_action':
    case null:
      return 'pending';
    case 'canceled':
    case 'failed':
      return 'failed';
    default:
      return status satisfies never;
  }
}

function aboutOf(object: StripeEvent['data']['object']): ProviderEvent['about'] {
  const { object: kind, id, payment_intent: paymentId } = object;
  if (kind === 'checkout.session') return id == null ? undefined : { kind: 'session', id };
  if (kind === 'payment_intent') return id == null ? undefined : { kind: 'payment', id };
  return paymentId == null ? undefined : { kind: 'payment', id: paymentId };
}
