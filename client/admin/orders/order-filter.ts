/** Which orders an address asks for, and the address that asks for them. Must not navigate. */
import type { OrderDelivery, OrderStatus } from '../../../worker/contract/orders.ts';
import type { PaymentStatus } from '../../../worker/contract/payments.ts';

export interface OrderPlace {
  /** A number, or part of a name, of an address or of an item's name. */
  readonly q?: string | undefined;
  readonly event?: string | undefined;
  readonly customer?: string | undefined;
  readonly status?: OrderStatus | undefined;
  readonly payment?: PaymentStatus | undefined;
  readonly delivery?: OrderDelivery | undefined;
}

export const ORDER_STATUSES = ['pending', 'confirmed', 'cancelled', 'expired'] as const;
export const PAYMENT_STATUSES = [
  'open',
  'authorised',
  'captured',
  'partly_refunded',
  'refunded',
  'released',
  'failed',
] as const;
export const DELIVERIES = ['to_send', 'sent'] as const;

/** @param query as the address has it; what is not known is left out. */
export function orderPlaceOf(query: Readonly<Record<string, string | undefined>>): OrderPlace {
  return {
    // Addresses from before there was one search name a number by itself.
    q: query['q'] || query['number'] || undefined,
    event: query['event'] || undefined,
    customer: query['customer'] || undefined,
    status: ORDER_STATUSES.find((status) => status === query['status']),
    payment: PAYMENT_STATUSES.find((payment) => payment === query['payment']),
    delivery: DELIVERIES.find((delivery) => delivery === query['delivery']),
  };
}

export function orderPath(place: OrderPlace): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? '/admin/orders' : `/admin/orders?${text}`;
}

/** An order's page, which leads back to the list as it was. */
export function singleOrderPath(id: string, place: OrderPlace): string {
  return orderPath(place).replace('/admin/orders', `/admin/orders/${id}`);
}
