/** The outbox's rows of a sale: one for each order that was confirmed, and one for each offer. */
import type {
  EventId,
  OrderId,
  PaymentId,
  QueueEntryId,
  RefundId,
  UserId,
} from '../worker/contract/ids.ts';

type OfOrder = { userId: UserId; orderId: OrderId };
/** `providerEventId` of looks. */
type OfPayment = { paymentId: PaymentId; providerEventId?: null };

export interface OutboxRow {
  kind: string;
  key: string;
  userId: UserId | null;
  payload: OfOrder | OfPayment | { refundId: RefundId } | { userId: UserId; eventId: EventId };
  priority: number;
  createdAtMs: number;
  dueAtMs: number;
  /** Null for what is never too late. */
  dropAfterMs: number | null;
  /** How it ended; null before. */
  outcome: string | null;
}

/** @param nowMs when it was confirmed, by the clock of the sale. */
export function confirmationOf(
  { id, customerId }: { id: OrderId; customerId: UserId },
  nowMs: number,
): OutboxRow {
  return {
    kind: 'mail.order_confirmed',
    key: `order_confirmed/${id}`,
    userId: customerId,
    payload: { userId: customerId, orderId: id },
    priority: 1,
    createdAtMs: nowMs,
    dueAtMs: nowMs,
    dropAfterMs: null,
    outcome: null,
  };
}

/** @param order the offer. */
export function turnOf(
  order: { id: OrderId; customerId: UserId; reservedAtMs: number; expiresAtMs: number },
  entryId: QueueEntryId,
): OutboxRow {
  const { id, customerId, reservedAtMs, expiresAtMs } = order;
  return {
    ...confirmationOf(order, reservedAtMs),
    kind: 'mail.your_turn',
    key: `your_turn/${entryId}`,
    payload: { userId: customerId, orderId: id },
    dropAfterMs: expiresAtMs,
  };
}

/** One for each person, however much of theirs ends with the event. */
export function cancellationOf(
  payload: { userId: UserId; eventId: EventId },
  nowMs: number,
): OutboxRow {
  return {
    kind: 'mail.event_cancelled',
    key: `event_cancelled/${payload.eventId}/${payload.userId}`,
    userId: payload.userId,
    payload,
    priority: 1,
    createdAtMs: nowMs,
    dueAtMs: nowMs,
    dropAfterMs: null,
    outcome: null,
  };
}

/** The refund of a cancelled order: one for each payment, as its id is made of the payment's. */
export function cancelRefundIdOf(paymentId: PaymentId): RefundId {
  return `ref_${paymentId.slice('pay_'.length)}` as RefundId;
}
