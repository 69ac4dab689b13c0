/** The order that the model offers to somebody who waits. Pure. */
import { type OrderId, offerOrderId } from '../worker/contract/ids.ts';
import type { OrderRow } from './ledger.ts';
import type { EntryRow } from './queue-rows.ts';
import type { Scenario } from './scenario.ts';

const CURRENCY = 'EUR';

export interface OfferTerms {
  quantity: number;
  priceCents: number;
  variantLabel: string | null;
  nowMs: number;
  settlement: number;
}

/** Whether the order would have the id of one made at the same time, for another entry with the same end. */
export function isIdTaken(
  { id }: EntryRow,
  { nowMs }: { nowMs: number },
  orders: { get(id: OrderId): OrderRow | undefined },
): boolean {
  return orders.get(offerOrderId(id, nowMs)) !== undefined;
}

export function offerOf(
  { id: entryId, eventItemId, customerId }: EntryRow,
  { quantity, priceCents, variantLabel, nowMs, settlement }: OfferTerms,
  { eventId, endsAtMs, holdSeconds, queuePlan, payOnline }: Scenario,
): OrderRow {
  const lastMs = endsAtMs + holdSeconds * 1_000;
  return {
    id: offerOrderId(entryId, nowMs),
    eventId,
    eventItemId,
    customerId,
    status: 'pending',
    quantity,
    unitPriceCents: priceCents,
    currency: CURRENCY,
    variantLabel,
    reservedAtMs: nowMs,
    expiresAtMs: Math.min(nowMs + queuePlan.offerSeconds * 1_000, lastMs),
    reserveKey: null,
    confirmKey: null,
    cancelKey: null,
    entryId,
    payOnline: payOnline && priceCents > 0,
    payment: null,
    unitsReturned: 0,
    paying: false,
    paymentId: null,
    madeIn: settlement,
    endedIn: null,
  };
}
