/** What must be true of every committed state: counters equal a recount of the orders, and who may hold. */

import { checkQueueRows } from './check-entries.ts';
import { checkOutbox } from './check-outbox.ts';
import { checkRevenue } from './check-revenue.ts';
import type { ReportViolation } from './first-violation.ts';
import { ENDED_WITH_ACCOUNT, type OrderRow, type Snapshot, shareLimit, unitsOf } from './ledger.ts';

export function checkInvariants(snapshot: Snapshot, violated: ReportViolation): void {
  const { items, orders, inactive } = snapshot;
  for (const item of items) {
    const { id, total, remaining, held, sold } = item;
    const seen = `${id}: ${remaining} + ${held} + ${sold} of ${total}`;
    if (remaining < 0 || held < 0 || sold < 0) violated('no counter is negative', seen);
    if (remaining + held + sold !== total) violated('remaining + held + sold = total', seen);
    const counted = { held: 0, sold: 0 };
    for (const order of orders.values()) {
      if (order.eventItemId !== id) continue;
      if (order.status === 'pending') counted.held += order.quantity;
      if (order.status === 'confirmed') counted.sold += order.quantity - order.unitsReturned;
    }
    if (counted.held !== held || counted.sold !== sold) {
      violated(
        'the counters are a recount of the orders',
        `${seen}, recounted ${JSON.stringify(counted)}`,
      );
    }
    if (counted.held + counted.sold > total) {
      violated('never more units promised than there are', seen);
    }
  }
  for (const { id, status, customerId } of orders.values()) {
    if (status === 'pending' && inactive.has(customerId)) {
      violated('nobody deactivated holds anything', id);
    }
  }
  checkOutbox(snapshot, violated);
  checkQueueRows(snapshot, violated);
  checkRevenue(snapshot, violated);
}

/** A key names one request of its customer, for ever. */
export function checkKeys(orders: Iterable<OrderRow>, violated: ReportViolation): void {
  const seen = new Set<string>();
  for (const order of orders) {
    for (const key of [order.reserveKey, order.confirmKey, order.cancelKey]) {
      if (key === null || key === ENDED_WITH_ACCOUNT) continue;
      const name = `${order.customerId} ${key}`;
      if (seen.has(name)) violated('one key names one request', `${name} at ${order.id}`);
      seen.add(name);
    }
  }
}

/** @param changed the customers' orders that a commit made or confirmed. */
export function checkLimits(after: Snapshot, changed: OrderRow[], violated: ReportViolation): void {
  for (const order of changed) {
    const limit = after.items.find(({ id }) => id === order.eventItemId)?.limit ?? 0;
    const { held, bought } = unitsOf(
      { orders: after.orders.values(), items: after.items },
      order,
      shareLimit(after),
    );
    if (held + bought > limit) {
      const detail = `${order.customerId} has ${held} + ${bought} of ${limit} after ${order.id}`;
      violated('nobody has more than the limit', detail);
    }
  }
}
