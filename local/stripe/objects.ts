/** Stripe's objects, with the fields that this server fills, as its API names them. Types only. */
import type { Method } from './methods.ts';
import type { Metadata } from './params.ts';
import type { SessionFault } from './session-faults.ts';

export type CaptureMethod = 'automatic' | 'automatic_async' | 'manual';

interface Base {
  id: string;
  /** In seconds, as all of Stripe's times. */
  created: number;
  livemode: false;
}

export interface Session extends Base {
  object: 'checkout.session';
  amount_subtotal: number;
  amount_total: number;
  cancel_url: string | null;
  client_reference_id: string | null;
  currency: string;
  expires_at: number;
  metadata: Metadata;
  mode: 'payment';
  /** Null until somebody tries to pay. */
  payment_intent: string | null;
  payment_method_types: Method[];
  payment_status: 'paid' | 'unpaid';
  status: 'complete' | 'expired' | 'open';
  success_url: string;
  url: string | null;
}

export interface PaymentError {
  type: 'card_error' | 'invalid_request_error';
  code: string;
  decline_code?: string;
  message: string;
  charge?: string;
}

export interface Intent extends Base {
  object: 'payment_intent';
  amount: number;
  amount_capturable: number;
  amount_received: number;
  canceled_at: number | null;
  cancellation_reason: string | null;
  capture_method: CaptureMethod;
  currency: string;
  description: string | null;
  last_payment_error: PaymentError | null;
  latest_charge: string | null;
  metadata: Metadata;
  payment_method_types: string[];
  status:
    | 'canceled'
    | 'processing'
    | 'requires_action'
    | 'requires_capture'
    | 'requires_confirmation'
    | 'requires_payment_method'
    | 'succeeded';
}

export interface Charge extends Base {
  object: 'charge';
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  captured: boolean;
  currency: string;
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  metadata: Metadata;
  paid: boolean;
  payment_intent: string;
  payment_method_details: {
    type: Method;
    /** Of a card only. */
    card?: { brand: string; last4: string; capture_before?: number };
  };
  refunded: boolean;
  status: 'failed' | 'pending' | 'succeeded';
}

export interface Refund extends Base {
  object: 'refund';
  amount: number;
  charge: string;
  currency: string;
  failure_reason?: string;
  metadata: Metadata;
  payment_intent: string;
  reason: string | null;
  status: 'canceled' | 'failed' | 'pending' | 'requires_action' | 'succeeded';
}

export interface Dispute extends Base {
  object: 'dispute';
  amount: number;
  charge: string;
  currency: string;
  evidence_details: {
    due_by: number;
    has_evidence: boolean;
    past_due: boolean;
    submission_count: number;
  };
  is_charge_refundable: boolean;
  metadata: Metadata;
  payment_intent: string;
  reason: string;
  status:
    | 'lost'
    | 'needs_response'
    | 'under_review'
    | 'warning_closed'
    | 'warning_needs_response'
    | 'warning_under_review'
    | 'won';
}

export type ApiObject = Charge | Dispute | Intent | Refund | Session;

export interface ApiEvent extends Base {
  object: 'event';
  api_version: string;
  data: { object: ApiObject };
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

/** What Stripe does not show. */
export interface SessionRecord {
  object: Session;
  captureMethod: CaptureMethod;
  /** Cards are authorised first, whatever else is taken at once. */
  areCardsManual?: boolean;
  /** Those of the payment to be. */
  intentMetadata: Metadata;
  description: string | null;
  lines: { name: string; quantity: number; amount: number }[];
  fault: SessionFault;
  /** The card of an authentication that is waited for. */
  cardNumber?: string;
  /** Another method whose own page is waited for. */
  method?: Method;
}

export interface IntentRecord {
  object: Intent;
  sessionId: string;
}

export interface ChargeRecord {
  object: Charge;
  refund?: 'pending' | 'fails';
  /** Its owner disputes it once it was captured. */
  isDisputed?: boolean;
}
