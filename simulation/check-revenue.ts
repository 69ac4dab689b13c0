/** The counters of revenue are a recount of the orders that were ever confirmed, at every moment. */
import { isDeepStrictEqual } from 'node:util';
import type { ReportViolation } from './first-violation.ts';
import type { RevenueSums, Snapshot } from './ledger.ts';
import { totalOfOrder } from './order-totals.ts';

/** What was confirmed stays so, also where its units come back. */
export function checkRevenue({ orders, revenue }: Snapshot, violated: ReportViolation): void {
  if (revenue === undefined) return;
  const counted: RevenueSums = { orders: 0, units: 0, grossMinor: 0 };
  for (const order of orders.values()) {
    if (order.status !== 'confirmed') continue;
    counted.orders++;
    counted.units += order.quantity;
    // Delivery and taxes are fixed when somebody begins to pay.
    counted.grossMinor += order.paying
      ? totalOfOrder(order)
      : order.quantity * order.unitPriceCents;
  }
  if (isDeepStrictEqual(counted, revenue)) return;
  const seen = `${JSON.stringify(revenue)}, recounted ${JSON.stringify(counted)}`;
  violated('revenue is a recount of the confirmed orders', seen);
}
