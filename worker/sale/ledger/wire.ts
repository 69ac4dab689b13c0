/**
 * What `settle_group` answers, word for word, and how it is read. Pure: says nothing that the
 * attempt or the event says already, because a group has hundreds of answers.
 */
import type { ItemState, QueueState } from '../../contract/event-state.ts';
import {
  type EventId,
  type EventItemId,
  type OrderId,
  offerOrderId,
  type QueueEntryId,
  type UserId,
} from '../../contract/ids.ts';
import type { ItemQueue } from '../../contract/queue.ts';
import { type ShippingGroup, shippingPriceOf } from '../../contract/shipping.ts';
import type { LedgerAnswer, Settlement, StampedAttempt } from '../rules/attempts.ts';
import type { OrderDelivery, OrderRecord } from '../rules/order-record.ts';

export interface WireSettlement
  extends Omit<Settlement, 'items' | 'answers' | 'unaskedOrders' | 'queue' | 'hasPaymentRows'> {
  /** ISO 4217. */
  currency: string;
  /** Whether its orders are paid online, those that cost anything. */
  payOnline: boolean;
  /** Whether its orders are for an address. */
  needsAddress?: boolean;
  /** Null where they are not. */
  delivery: {
    shipping: readonly ShippingGroup[];
    /** What is known of where an order goes, by the order's id. */
    of: Record<OrderId, Pick<OrderDelivery, 'address' | 'country'>>;
  } | null;
  hasPaymentRows: boolean;
  items: (Omit<ItemState, 'queue'> & {
    priceCents: number;
    variantLabel: string | null;
    /** Null in an event without a queue. */
    queue: ItemQueue | null;
  })[];
  answers: (LedgerAnswer | { granted: true })[];
  queue: (QueueState & { nowMs: number; offerEndsAtMs: number; offered: Offer[] }) | null;
}

/** Whom an offer was made to. */
type Offer = [
  entryId: QueueEntryId,
  customerId: UserId,
  eventItemId: EventItemId,
  quantity: number,
];

/** The group as it was sent, and when by the sale's clock. */
export interface SentGroup {
  eventId: EventId;
  attempts: StampedAttempt[];
  nowMs: number;
}

/** Completes what was granted by what the group and the event say of it. */
export function readSettlement(wire: WireSettlement, group: SentGroup): Settlement {
  const { currency: _, payOnline: _p, needsAddress: _n, delivery: _d, ...rest } = wire;
  const { hasPaymentRows, items, answers, ...more } = rest;
  const { queue, ...event } = more;
  return {
    ...event,
    ...(hasPaymentRows && { hasPaymentRows }),
    ...(queue && { queue: queueOf(queue) }),
    items: items.map(({ priceCents: _price, variantLabel: _label, queue: itemQueue, ...item }) => ({
      ...item,
      ...(itemQueue && { queue: itemQueue }),
    })),
    answers: answers.map((answer, n) => {
      if ('order' in answer) return { ...answer, order: withDelivery(wire, answer.order) };
      if (!('granted' in answer)) return answer;
      return { order: withDelivery(wire, grantedOrder(wire, group, n)), replayed: false };
    }),
    unaskedOrders: (queue?.offered ?? []).map((offer) => ({
      customerId: offer[1],
      order: offeredOrder(wire, offer, group.eventId),
    })),
  };
}

function queueOf({ drawAtMs, locksAtMs, hasMore }: QueueState): QueueState {
  return { drawAtMs, locksAtMs, hasMore };
}

function grantedOrder(wire: WireSettlement, group: SentGroup, n: number): OrderRecord {
  const attempt = group.attempts[n];
  if (attempt?.kind !== 'reserve') throw new Error(`answer ${n} grants what was not asked for`);
  const { orderId: id, eventItemId, quantity } = attempt;
  // In an event with a queue the ledger's clock never goes back, whatever the caller's does.
  const reservedAtMs = wire.queue?.nowMs ?? group.nowMs;
  const expiresAtMs = reservedAtMs + wire.holdSeconds * 1_000;
  const times = { reservedAtMs, expiresAtMs };
  const terms = termsOf(wire, eventItemId);
  return { id, eventId: group.eventId, quantity, ...terms, ...times, entryId: null };
}

function offeredOrder(wire: WireSettlement, offer: Offer, eventId: EventId): OrderRecord {
  const [entryId, , eventItemId, quantity] = offer;
  if (wire.queue === null) throw new Error(`${entryId} was offered without a queue`);
  const { nowMs: reservedAtMs, offerEndsAtMs: expiresAtMs } = wire.queue;
  const id = offerOrderId(entryId, reservedAtMs);
  const times = { reservedAtMs, expiresAtMs };
  return { id, eventId, quantity, ...termsOf(wire, eventItemId), ...times, entryId };
}

function withDelivery({ delivery }: WireSettlement, order: OrderRecord): OrderRecord {
  if (delivery === null) return order;
  const { address, country } = delivery.of[order.id] ?? { address: null, country: null };
  const shippingCents =
    country === null ? null : (shippingPriceOf(delivery.shipping, country) ?? null);
  return { ...order, needsAddress: true, delivery: { address, country, shippingCents } };
}

/** What a new order takes over from its item. */
function termsOf(wire: WireSettlement, eventItemId: EventItemId) {
  const item = wire.items.find((one) => one.id === eventItemId);
  if (item === undefined) throw new Error(`${eventItemId} was granted and is not there`);
  return {
    eventItemId,
    status: 'pending' as const,
    unitPriceCents: item.priceCents,
    variantLabel: item.variantLabel,
    currency: wire.currency,
    payOnline: wire.payOnline && item.priceCents > 0,
    ...(wire.needsAddress && { needsAddress: true }),
    payment: null,
    unitsReturned: 0,
  };
}
