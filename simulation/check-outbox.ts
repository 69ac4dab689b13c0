/** Each confirmed order has one row in the outbox at every moment, and nothing else has one. */
import { isDeepStrictEqual } from 'node:util';
import type { ReportViolation } from './first-violation.ts';
import type { Snapshot } from './ledger.ts';
import { confirmationOf } from './outbox-rows.ts';

export function checkOutbox({ orders, outbox }: Snapshot, violated: ReportViolation): void {
  const keys = new Set<string>();
  for (const row of outbox) {
    if (keys.has(row.key)) violated('no order has two rows in the outbox', row.key);
    keys.add(row.key);
    const order = orders.get(row.payload.orderId);
    if (order?.status !== 'confirmed') {
      violated('a row in the outbox is of a confirmed order', `${row.key}: ${order?.status}`);
    } else if (!isDeepStrictEqual(row, confirmationOf(order, row.createdAtMs))) {
      violated('a row in the outbox says what its order is', JSON.stringify(row));
    }
  }
  for (const { id, status } of orders.values()) {
    if (status === 'confirmed' && !keys.has(`order_confirmed/${id}`)) {
      violated('a confirmed order has its row in the outbox', id);
    }
  }
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
