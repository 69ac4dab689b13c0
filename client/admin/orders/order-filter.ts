/** Which orders an address asks for, and the address that asks for them. Must not navigate. */
import type { OrderStatus } from '../../../worker/contract/orders.ts';

export interface OrderPlace {
  readonly event?: string | undefined;
  readonly customer?: string | undefined;
  readonly status?: OrderStatus | undefined;
}

export const ORDER_STATUSES = ['pending', 'confirmed', 'cancelled', 'expired'] as const;

/** @param query as the address has it; what is not known is left out. */
export function orderPlaceOf(query: Readonly<Record<string, string | undefined>>): OrderPlace {
  return {
    event: query['event'] || undefined,
    customer: query['customer'] || undefined,
    status: ORDER_STATUSES.find((status) => status === query['status']),
  };
}

export function orderPath(place: OrderPlace): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? '/admin/orders' : `/admin/orders?${text}`;
}
