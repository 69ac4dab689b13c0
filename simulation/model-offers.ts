/** The order that the model offers to somebody who waits. Pure. */
import { offerOrderId } from '../worker/contract/ids.ts';
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

export function offerOf(
  { id: entryId, eventItemId, customerId }: EntryRow,
  { quantity, priceCents, variantLabel, nowMs, settlement }: OfferTerms,
  { eventId, endsAtMs, holdSeconds, queuePlan }: Scenario,
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
    payOnline: false,
    payment: null,
    unitsReturned: 0,
    madeIn: settlement,
    endedIn: null,
  };
}
