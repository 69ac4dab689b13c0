/** The outbox's rows of a sale: one for each order that was confirmed, and one for each offer. */
import type { OrderId, PaymentId, QueueEntryId, RefundId, UserId } from '../worker/contract/ids.ts';

type OfOrder = { userId: UserId; orderId: OrderId };
/** `providerEventId` of looks. */
type OfPayment = { paymentId: PaymentId; providerEventId?: null };

export interface OutboxRow {
  kind: string;
  key: string;
  userId: UserId | null;
  payload: OfOrder | OfPayment | { refundId: RefundId };
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
