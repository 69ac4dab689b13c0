/** What the list of orders says, in English. */
import type { OrderDelivery } from '../../../worker/contract/orders.ts';
import { number, plural } from '../../texts/numbers.ts';

export const ORDERS_EN = {
  title: 'Orders',
  search: 'Number, name, address or item',
  searched: 'Search',
  ofEvent: 'Event',
  anyEvent: 'Any event',
  status: 'State',
  payment: 'Payment',
  delivery: 'Delivery',
  deliveries: { to_send: 'To be sent', sent: 'Sent' } satisfies Record<OrderDelivery, string>,
  everyone: 'Everyone’s orders',
  by: (name: string) => `Orders of ${name}`,
  counts: ({
    confirmed,
    pending,
    cancelled,
    expired,
  }: Readonly<Record<'confirmed' | 'pending' | 'cancelled' | 'expired', number>>) =>
    `${number(confirmed)} confirmed, ${number(pending)} on hold, ${number(cancelled)} cancelled, ${number(expired)} expired`,
  exportUnsent: 'Download addresses of orders to be sent, of all events (CSV)',
  exportUnsentOfEvent: 'Download addresses of orders to be sent, of this event (CSV)',
  exportUnsentHint:
    'The search and the filters do not change the file with addresses, except the filter “Event”.',
  unsentInFile: (count: number) => `The file has ${plural(count, 'order', 'orders')}.`,
  none: 'There are no orders yet.',
  noneMatch: (filters: string) => `No order matches. Filters are set: ${filters}.`,
  clear: 'Clear all filters',
  sent: (time: string) => `Sent ${time}`,
  reserved: (time: string) => `Reserved ${time}`,
  until: (time: string) => `Held until ${time}`,
  ended: {
    confirmed: (time: string) => `Bought ${time}`,
    cancelled: (time: string) => `Given back ${time}`,
    expired: (time: string) => `Ran out ${time}`,
  },
  link: 'Orders',
};
