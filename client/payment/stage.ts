/** Where an order and its money stand, as one word that the page has words for. Pure. */
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { Decline, OwnOrder } from '../../worker/contract/own-order.ts';
import type { PaymentStatus } from '../../worker/contract/payments.ts';
import type { CheckState } from './payment-check.ts';

export type Stage =
  /** Held, and to be paid for. */
  | { readonly kind: 'to_pay' | 'unfinished' }
  | { readonly kind: 'declined'; readonly why: Decline }
  /** Whether it was paid is being asked. */
  | { readonly kind: 'checking' | 'slow' }
  /** Confirmed. */
  | { readonly kind: 'approved' | 'failed' | 'paid' | 'partly_refunded' | 'refunded' }
  /** Not confirmed: nothing was charged, or it is being given back, or it was. */
  | { readonly kind: 'gone' | 'returned' | 'returning' };

/** How the customer came back from the provider's page; undefined where they did not come from there. */
export type Return = 'cancelled' | 'returned' | undefined;

export interface Situation {
  readonly order: Pick<OwnOrder, 'payment' | 'payOnline' | 'receipt'>;
  /** As of now: a hold whose time is over has expired. */
  readonly status: OrderStatus;
  readonly check: CheckState;
  readonly cameBack: Return;
  /** Whether the hold ended so short ago that the shop still waits for a payment that was made in time. */
  readonly isInGrace: boolean;
}

/** As long as PAY_GRACE_SECONDS of the contract. */
export const GRACE_MS = 15_000;

/** @returns null where the order has nothing to do with money */
export function stageOf(situation: Situation): Stage | null {
  const { order, status } = situation;
  const { payment } = order;
  if (payment === null) {
    return status === 'pending' && order.payOnline ? { kind: 'to_pay' } : null;
  }
  switch (status) {
    case 'confirmed':
      return { kind: WHEN_CONFIRMED[payment.status] };
    case 'pending':
      return whenHeld(payment.status, situation);
    case 'expired':
    case 'cancelled':
      // The shop waits some seconds for a payment that was made in time.
      return isAwaited(payment.status, situation)
        ? { kind: 'checking' }
        : { kind: WHEN_LOST[payment.status] };
    default:
      return status satisfies never;
  }
}

/** Of the payment that confirmed it: `open` and `released` ones never do. */
const WHEN_CONFIRMED = {
  open: 'approved',
  authorised: 'approved',
  captured: 'paid',
  released: 'approved',
  failed: 'failed',
  refunded: 'refunded',
  partly_refunded: 'partly_refunded',
} as const satisfies Record<PaymentStatus, Stage['kind']>;

const WHEN_LOST = {
  open: 'returning',
  authorised: 'returning',
  captured: 'returning',
  released: 'gone',
  failed: 'gone',
  refunded: 'returned',
  partly_refunded: 'returned',
} as const satisfies Record<PaymentStatus, Stage['kind']>;

function whenHeld(payment: PaymentStatus, { order, check, cameBack }: Situation): Stage {
  switch (payment) {
    case 'authorised':
    case 'captured':
      return { kind: check === 'over' ? 'slow' : 'checking' };
    case 'open': {
      const why = order.receipt?.declined;
      if (why) return { kind: 'declined', why };
      if (cameBack !== 'returned') return { kind: 'unfinished' };
      return { kind: check === 'over' ? 'slow' : 'checking' };
    }
    case 'released':
    case 'failed':
    case 'refunded':
    case 'partly_refunded':
      return { kind: 'to_pay' };
    default:
      return payment satisfies never;
  }
}

function isAwaited(payment: PaymentStatus, situation: Situation): boolean {
  const { check, cameBack, isInGrace, status } = situation;
  // What was taken at once may still be decided.
  const isOpen = payment === 'open' || payment === 'authorised' || payment === 'captured';
  const isKept = isInGrace && status === 'expired';
  return isOpen && (isKept || (cameBack === 'returned' && check === 'running'));
}

export function isPayable({ kind }: Stage): boolean {
  return kind === 'to_pay' || kind === 'unfinished' || kind === 'declined';
}
