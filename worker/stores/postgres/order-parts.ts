/**
 * The parts into which orders are listed: each order is in exactly one, which says how it ended and whether it
 * was sent. The indexes orders_listed and orders_of_item begin with it, so a list of any state, or of what is
 * still to be sent, is read newest first without reading others.
 */
import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, check, text } from 'drizzle-orm/pg-core';
import type { OrderDelivery, OrderStatus } from '../../contract/orders.ts';
import { instant } from './columns.ts';

export const orderDelivery = {
  /** When somebody of the shop said that it was sent. */
  sentAt: instant('sent_at'),
  trackingUrl: text('tracking_url'),
  /** What admins tell each other of it; null without a word. */
  note: text('note'),
};

export const orderDeliveryCheck = (t: Record<'sentAt' | 'status' | 'trackingUrl', AnyPgColumn>) =>
  check(
    'orders_sent',
    sql`${t.sentAt} IS NULL AND ${t.trackingUrl} IS NULL OR ${t.sentAt} IS NOT NULL AND ${t.status} = 'confirmed'`,
  );

const PARTS = ['pending', 'to_send', 'sent', 'returned', 'cancelled', 'expired'] as const;
export type OrderPart = (typeof PARTS)[number];

/** In the words of the indexes: another spelling would not use them. */
export function orderPart(
  t: Record<'quantity' | 'sentAt' | 'status' | 'unitsReturned', AnyPgColumn>,
): SQL {
  return sql`(CASE WHEN ${t.status} <> 'confirmed' THEN ${t.status} WHEN ${t.sentAt} IS NOT NULL THEN 'sent'
    WHEN ${t.unitsReturned} < ${t.quantity} THEN 'to_send' ELSE 'returned' END)`;
}

const OF_STATUS: Record<OrderStatus, readonly OrderPart[]> = {
  pending: ['pending'],
  confirmed: ['to_send', 'sent', 'returned'],
  cancelled: ['cancelled'],
  // A hold that has ended is expired, whether or not anything has written it off yet.
  expired: ['expired', 'pending'],
};

/** The parts in which orders of this state can be; none where no order can be both. */
export function orderPartsOf({
  status,
  delivery,
}: {
  status?: OrderStatus | undefined;
  delivery?: OrderDelivery | undefined;
}): readonly OrderPart[] {
  const ofStatus = status === undefined ? PARTS : OF_STATUS[status];
  return delivery === undefined ? ofStatus : ofStatus.filter((part) => part === delivery);
}
