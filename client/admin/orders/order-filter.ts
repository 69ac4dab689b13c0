/** Which orders an address asks for, and the address that asks for them. Must not navigate. */
import type { OrderStatus } from '../../../worker/contract/orders.ts';

export interface OrderPlace {
  readonly event?: string | undefined;
  readonly customer?: string | undefined;
  readonly status?: OrderStatus | undefined;
  /** As it is written in the address: see `orderNumberTyped`. */
  readonly number?: string | undefined;
}

const NUMBER_CHARS = 12;

export const ORDER_STATUSES = ['pending', 'confirmed', 'cancelled', 'expired'] as const;

/** @param query as the address has it; what is not known is left out. */
export function orderPlaceOf(query: Readonly<Record<string, string | undefined>>): OrderPlace {
  return {
    event: query['event'] || undefined,
    customer: query['customer'] || undefined,
    status: ORDER_STATUSES.find((status) => status === query['status']),
    number: query['number'] || undefined,
  };
}

export function orderPath(place: OrderPlace): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? '/admin/orders' : `/admin/orders?${text}`;
}

/**
 * An order's number as somebody wrote or heard it: in small letters, with other dashes or none, with
 * letters that the alphabet of ids leaves out, since they look like digits.
 *
 * @returns twelve characters in groups of four; null for what can be no number
 */
export function orderNumberTyped(typed: string): string | null {
  const bare = typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const read = bare.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (read.length !== NUMBER_CHARS || read.includes('U')) return null;
  return read.match(/.{4}/g)?.join('-') ?? null;
}
