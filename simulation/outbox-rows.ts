/** The outbox's rows of a sale: one for each order that was confirmed. */
import type { OrderId, UserId } from '../worker/contract/ids.ts';

export interface OutboxRow {
  kind: string;
  key: string;
  userId: UserId | null;
  payload: { userId: UserId; orderId: OrderId };
  priority: number;
  createdAtMs: number;
  dueAtMs: number;
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
  };
}
