/** What orders of the simulation cost beside their items: by their ids, so that a seed plays what it played before. */
import type { OrderId } from '../worker/contract/ids.ts';
import { type OrderCosts, totalCentsOf } from '../worker/contract/totals.ts';

const NOTHING: OrderCosts = { shippingCents: null, tax: null, country: null };
const COSTS: readonly OrderCosts[] = [
  NOTHING,
  { ...NOTHING, shippingCents: 490 },
  { ...NOTHING, shippingCents: 0, tax: { amountCents: 160, included: true, rateMilli: 19_000 } },
  { ...NOTHING, shippingCents: 250, tax: { amountCents: 47, included: false, rateMilli: 19_000 } },
];

/** Fixed when somebody begins to pay. */
export function costsOfOrder(id: OrderId): OrderCosts {
  return COSTS[id.charCodeAt(id.length - 1) % COSTS.length] ?? NOTHING;
}

/** What a payment of it must be. */
export function totalOfOrder(order: {
  id: OrderId;
  quantity: number;
  unitPriceCents: number;
}): number {
  return totalCentsOf(order.quantity * order.unitPriceCents, costsOfOrder(order.id));
}
