/** Each confirmed order, and each offer, has one row in the outbox at every moment, and nothing else has one. */
import { isDeepStrictEqual } from 'node:util';
import type { ReportViolation } from './first-violation.ts';
import type { OrderRow, Snapshot } from './ledger.ts';
import { confirmationOf, type OutboxRow, turnOf } from './outbox-rows.ts';

export function checkOutbox(
  { orders, outbox, untoldOffer }: Snapshot,
  violated: ReportViolation,
): void {
  const keys = new Set<string>();
  for (const row of outbox) {
    if (keys.has(row.key)) violated('no order has two rows in the outbox', row.key);
    keys.add(row.key);
    // What is about payments is in check-payments.ts.
    if (!('orderId' in row.payload)) continue;
    const order = orders.get(row.payload.orderId);
    const isTurn = row.kind === 'mail.your_turn';
    if (order === undefined || (isTurn ? order.entryId === null : order.status !== 'confirmed')) {
      violated('a row in the outbox is of a confirmed order', `${row.key}: ${order?.status}`);
    } else if (!isDeepStrictEqual(row, expectedRow(row, order))) {
      violated('a row in the outbox says what its order is', JSON.stringify(row));
    }
  }
  for (const { id, status, entryId } of orders.values()) {
    if (status === 'confirmed' && !keys.has(`order_confirmed/${id}`)) {
      violated('a confirmed order has its row in the outbox', id);
    }
    if (entryId !== null && !keys.has(`your_turn/${entryId}`)) {
      violated('an offer has its row in the outbox', id);
    }
  }
  // Devices only go while a sale is played: who has one now had it when the offer was made.
  if (untoldOffer) violated('an offer is told to each device of its customer', untoldOffer);
}

function expectedRow({ kind, createdAtMs }: OutboxRow, order: OrderRow): OutboxRow {
  if (kind !== 'mail.your_turn' || order.entryId === null)
    return confirmationOf(order, createdAtMs);
  return turnOf(order, order.entryId);
}

/** @param change what a commit found and left, and its time by the clock of the sale. */
export function checkNewRows(
  { before, after, nowMs }: { before: Snapshot; after: Snapshot; nowMs: number },
  violated: ReportViolation,
): void {
  const known = new Set(before.outbox.map(({ key }) => key));
  for (const { key, createdAtMs } of after.outbox) {
    if (!known.has(key) && createdAtMs !== nowMs) {
      violated('a row in the outbox has the time of its commit', `${key} ${createdAtMs}`);
    }
  }
}
