/** The model's pure functions on attempts, prices and orders, and its answers. */
import type { EventId, OrderId } from '../worker/contract/ids.ts';
import type {
  LedgerAnswer,
  ReserveAttempt,
  StampedAttempt,
} from '../worker/sale/rules/attempts.ts';
import { type OrderRow, recordOf } from './ledger.ts';
import { releasedAtMs } from './payment-rows.ts';

type Price = Pick<OrderRow, 'unitPriceCents' | 'currency'>;

/** An attempt without a price accepts any. */
export function isAsShown(
  { shownPriceCents, shownCurrency }: ReserveAttempt,
  price: Price,
): boolean {
  return (
    (shownPriceCents ?? price.unitPriceCents) === price.unitPriceCents &&
    (shownCurrency ?? price.currency) === price.currency
  );
}

export function changed({ unitPriceCents, currency }: Price): LedgerAnswer {
  return { refusal: 'changed', priceCents: unitPriceCents, currency };
}

export function yes(order: OrderRow, replayed: boolean): LedgerAnswer {
  return { order: recordOf(order), replayed };
}

/** The row of a hold that is granted. */
export function holdOf(
  { orderId: id, eventItemId, customerId, quantity, key }: ReserveAttempt & { orderId: OrderId },
  offer: Price & Pick<OrderRow, 'variantLabel'>,
  sale: {
    nowMs: number;
    settlement: number | null;
    eventId: EventId;
    holdSeconds: number;
    payOnline: boolean;
  },
): OrderRow {
  return {
    id,
    eventId: sale.eventId,
    eventItemId,
    customerId,
    status: 'pending',
    quantity,
    ...offer,
    reservedAtMs: sale.nowMs,
    expiresAtMs: sale.nowMs + sale.holdSeconds * 1_000,
    reserveKey: key,
    confirmKey: null,
    cancelKey: null,
    entryId: null,
    payOnline: sale.payOnline && offer.unitPriceCents > 0,
    payment: null,
    unitsReturned: 0,
    paying: false,
    paymentId: null,
    madeIn: sale.settlement,
    endedIn: null,
  };
}

/** A confirmation that came before the hold's end, even if it is settled after it. */
export function confirmsInTime(attempt: StampedAttempt, order: OrderRow): boolean {
  if (attempt.kind !== 'confirm' && attempt.kind !== 'confirm_paid') return false;
  const isMine = attempt.orderId === order.id && attempt.customerId === order.customerId;
  return isMine && attempt.atMs < releasedAtMs(order);
}

export function isSameKey(known: string | null, key: string | null): boolean {
  return known !== null && known === key;
}

export function units(orders: OrderRow[]): number {
  return orders.reduce((sum, { quantity, unitsReturned }) => sum + quantity - unitsReturned, 0);
}
