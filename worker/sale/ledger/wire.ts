/**
 * What `settle_group` answers, word for word, and how it is read. Pure: says nothing that the
 * attempt or the event says already, because a group has hundreds of answers.
 */
import type { ItemState } from '../../contract/event-state.ts';
import type { EventId } from '../../contract/ids.ts';
import type { LedgerAnswer, OrderRecord, Settlement, StampedAttempt } from '../rules/attempts.ts';

export interface WireSettlement extends Omit<Settlement, 'items' | 'answers' | 'unaskedOrders'> {
  /** ISO 4217. */
  currency: string;
  items: (ItemState & { priceCents: number; variantLabel: string | null })[];
  answers: (LedgerAnswer | { granted: true })[];
}

/** The group as it was sent, and when by the sale's clock. */
export interface SentGroup {
  eventId: EventId;
  attempts: StampedAttempt[];
  nowMs: number;
}

/** Completes what was granted by what the group and the event say of it. */
export function readSettlement(wire: WireSettlement, group: SentGroup): Settlement {
  const { currency: _, items, answers, ...event } = wire;
  return {
    ...event,
    items: items.map(({ priceCents: _price, variantLabel: _label, ...item }) => item),
    answers: answers.map((answer, n) => {
      if (!('granted' in answer)) return answer;
      return { order: grantedOrder(wire, group, n), replayed: false };
    }),
    // settle_group makes none yet.
    unaskedOrders: [],
  };
}

function grantedOrder(wire: WireSettlement, group: SentGroup, n: number): OrderRecord {
  const attempt = group.attempts[n];
  if (attempt?.kind !== 'reserve') throw new Error(`answer ${n} grants what was not asked for`);
  const { orderId: id, eventItemId, quantity } = attempt;
  const item = wire.items.find((one) => one.id === eventItemId);
  if (item === undefined) throw new Error(`${eventItemId} was granted and is not there`);
  return {
    id,
    eventId: group.eventId,
    eventItemId,
    status: 'pending',
    quantity,
    unitPriceCents: item.priceCents,
    variantLabel: item.variantLabel,
    currency: wire.currency,
    reservedAtMs: group.nowMs,
    expiresAtMs: group.nowMs + wire.holdSeconds * 1_000,
  };
}
