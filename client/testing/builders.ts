/** Sample values of the contract for tests. Must not be imported by the page itself. */
import type { Session } from '../../worker/contract/accounts.ts';
import type { Address } from '../../worker/contract/address.ts';
import type {
  EventDetail,
  EventItem,
  EventList,
  EventSummary,
} from '../../worker/contract/events.ts';
import type {
  EventId,
  EventItemId,
  ItemId,
  OrderId,
  PaymentId,
  QueueEntryId,
  UserId,
} from '../../worker/contract/ids.ts';
import type { OrderNumber } from '../../worker/contract/order-numbers.ts';
import type { Order, OrderHistoryEntry } from '../../worker/contract/orders.ts';
import type { OwnOrder, Receipt } from '../../worker/contract/own-order.ts';
import type { OrderPayment, PaymentAnswer } from '../../worker/contract/payments.ts';
import type { ItemQueue, OwnQueue, QueueEntry } from '../../worker/contract/queue.ts';

type OwnQueueEntry = OwnQueue['entries'][number];

export const NOON_MS = Date.parse('2026-11-22T12:00:00.000Z');
export const MINUTE_MS = 60_000;

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}

export const EVENT_ID = 'evt_000000000001' as EventId;
export const ITEM_ID = 'evi_000000000001_1' as EventItemId;

export function anItem(fields: Partial<EventItem> = {}): EventItem {
  return {
    id: ITEM_ID,
    itemId: 'itm_000000000000000001' as ItemId,
    variant: null,
    name: 'Headphones',
    description: 'They play music.',
    translations: {},
    imageUrl: '/images/headphones.svg',
    pictures: ['/images/headphones.svg'],
    priceCents: 24_900,
    stock: { total: 10, remaining: 6, held: 1, sold: 3 },
    limitPerCustomer: 1,
    queue: { waiting: 0, waitingUnits: 0, servedRank: 0, offers: 0 },
    ...fields,
  };
}

/** On sale since a minute before noon, until an hour after. */
export function anEvent(fields: Partial<EventDetail> = {}): EventDetail {
  return {
    id: EVENT_ID,
    title: 'Sunday sound',
    description: 'One hundred pairs.',
    translations: {},
    coverUrl: null,
    status: 'live',
    startsAt: instant(NOON_MS - MINUTE_MS),
    endsAt: instant(NOON_MS + 60 * MINUTE_MS),
    closedAt: null,
    cancelledAt: null,
    holdSeconds: 300,
    currency: 'EUR',
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    reportPublic: false,
    payment: 'none',
    needsAddress: false,
    shipping: [],
    admission: 'first_come',
    waitlist: true,
    offerSeconds: 600,
    entriesCloseAt: null,
    serverNow: instant(NOON_MS),
    items: [anItem()],
    tax: 'none',
    ...fields,
  };
}

export function aSummary(fields: Partial<EventSummary> = {}): EventSummary {
  const { items, serverNow: _, ...event } = anEvent();
  return {
    ...event,
    itemCount: items.length,
    pictureUrl: '/images/headphones.svg',
    priceFromCents: 24_900,
    priceToCents: 24_900,
    categories: ['electronics'],
    stock: { total: 10, remaining: 6, held: 1, sold: 3 },
    ...fields,
  };
}

export function aList(events: EventSummary[], fields: Partial<EventList> = {}): EventList {
  return { events, nextCursor: null, categories: [], serverNow: instant(NOON_MS), ...fields };
}

/** Held from noon for five minutes. */
export function anOrder(fields: Partial<Order> = {}): Order {
  const { quantity = 1, unitPriceCents = 24_900 } = fields;
  return {
    id: 'ord_000000000001_000000000000000001' as OrderId,
    number: '0000-0000-0001' as OrderNumber,
    eventId: EVENT_ID,
    eventItemId: ITEM_ID,
    variantLabel: null,
    status: 'pending',
    quantity,
    unitPriceCents,
    currency: 'EUR',
    reservedAt: instant(NOON_MS),
    expiresAt: instant(NOON_MS + 5 * MINUTE_MS),
    entryId: null,
    payOnline: false,
    payment: null,
    unitsReturned: 0,
    needsAddress: false,
    address: null,
    totals: priceAlone(quantity * unitPriceCents),
    ...fields,
  };
}

/** What an order costs that is not sent anywhere, without tax. */
export function priceAlone(amountCents: number): Order['totals'] {
  return { lines: [{ kind: 'items', amountCents, included: false }], totalCents: amountCents };
}

/** Third in line since noon. */
export function aQueueEntry(fields: Partial<QueueEntry> = {}): QueueEntry {
  return {
    id: 'ent_000000000001_000000000000000001' as QueueEntryId,
    eventId: EVENT_ID,
    eventItemId: ITEM_ID,
    quantity: 1,
    minQuantity: 1,
    status: 'waiting',
    reason: null,
    enteredAt: instant(NOON_MS),
    seq: 3,
    rank: 3,
    ahead: { entries: 2, units: 2 },
    outlook: 'possible',
    orderId: null,
    record: null,
    receipt: null,
    ...fields,
  };
}

/** As the list of one's own has it. */
export function anOwnEntry(fields: Partial<OwnQueueEntry> = {}): OwnQueueEntry {
  const names = { eventTitle: 'Sunday sound', itemName: 'Headphones', variantLabel: null };
  return { ...aQueueEntry(), ...names, ...fields };
}

export function aQueue(fields: Partial<ItemQueue> = {}): ItemQueue {
  return { waiting: 3, waitingUnits: 3, servedRank: 0, offers: 0, ...fields };
}

export function anEntry(fields: Partial<OrderHistoryEntry> = {}): OrderHistoryEntry {
  return {
    ...anOrder(fields),
    eventTitle: 'Sunday sound',
    itemName: 'Headphones',
    itemDescription: 'They play music.',
    itemImageUrl: '/images/headphones.svg',
    endedAt: null,
    sentAt: null,
    trackingUrl: null,
    ...fields,
  };
}

/** As its own page has it. */
export function anOwnOrder(fields: Partial<OwnOrder> = {}): OwnOrder {
  return { ...anEntry(fields), receipt: null, ...fields };
}

export function aPayment(fields: Partial<OrderPayment> = {}): OrderPayment {
  return { status: 'open', amountCents: 24_900, refundedCents: 0, ...fields };
}

export const BERLIN: Address = {
  name: 'Maja Holm',
  line1: 'Torstraße 1',
  postalCode: '10119',
  city: 'Berlin',
  country: 'DE',
};

/** Sent to Germany for 4.90, with 19 % tax in it. */
export function sentTotals(itemsCents: number): Order['totals'] {
  const country = 'DE';
  const totalCents = itemsCents + 490;
  const amountCents = Math.round((totalCents * 19) / 119);
  return {
    lines: [
      { kind: 'items', amountCents: itemsCents, included: false },
      { kind: 'shipping', amountCents: 490, included: false, country },
      { kind: 'tax', amountCents, included: true, ratePercent: 19, country },
    ],
    totalCents,
  };
}

export function aReceipt(fields: Partial<Receipt> = {}): Receipt {
  return { approvedAt: null, declined: null, refunds: [], ...fields };
}

/** Where to pay for `anOrder`. */
export function aPaymentAnswer(redirectUrl: string | null): PaymentAnswer {
  const { expiresAt } = anOrder();
  const id = 'pay_000000000001_000000000000000001' as PaymentId;
  return {
    payment: { id, status: 'open', redirectUrl, expiresAt },
    serverNow: instant(NOON_MS),
  };
}

export function aSession(fields: Partial<Session> = {}): Session {
  return {
    user: {
      id: 'usr_000000000000000001' as UserId,
      email: 'maja@example.com',
      displayName: 'Maja Holm',
      role: 'customer',
      emailVerified: true,
    },
    accessToken: 'token',
    expiresAt: instant(NOON_MS + 60 * MINUTE_MS),
    ...fields,
  };
}
