/** What admins do with orders, as the test of the audit log does it. */
import { sql } from 'drizzle-orm';
import type { Deed } from './event-deeds.ts';
import { makePaidOrder } from './paid-orders.ts';
import { deps } from './shop.ts';

export const of = (id: string, more: { body?: unknown } = {}) => ({
  ids: { id },
  subject: id,
  ...more,
});

const TRACKING = 'https://parcels.example/track/1';
const paid = async (made = {}) => (await makePaidOrder('captured', made)).orderId;

const ADDRESS = {
  name: 'Ada Example',
  line1: 'Graben 1',
  postalCode: '1010',
  city: 'Wien',
  country: 'AT',
};

async function delivered() {
  const id = await paid();
  await deps.stores.db.execute(sql`UPDATE events SET needs_address = true
    WHERE id = (SELECT event_id FROM orders WHERE id = ${id})`);
  return id;
}

export const ORDER_DEEDS: Deed[] = [
  {
    operation: 'GET /admin/orders/to-send.csv',
    action: 'order.export_unsent',
    prepare: async () => ({ subject: 'orders' }),
  },
  {
    operation: 'POST /admin/orders/{id}/refund',
    action: 'order.refund',
    isKeyed: true,
    prepare: async () => of(await paid(), { body: { reason: 'Arrived broken' } }),
  },
  {
    operation: 'POST /admin/orders/{id}/sent',
    action: 'order.sent',
    prepare: async () => of(await paid(), { body: { trackingUrl: TRACKING } }),
  },
  {
    operation: 'POST /admin/orders/sent',
    action: 'order.sent',
    prepare: async () => {
      const id = await paid();
      return { subject: id, body: { ids: [id], trackingUrl: TRACKING } };
    },
  },
  {
    operation: 'DELETE /admin/orders/{id}/sent',
    action: 'order.not_sent',
    prepare: async () => of(await paid({ sent: true })),
  },
  {
    operation: 'POST /admin/orders/slips',
    action: 'order.slip',
    prepare: async () => {
      const id = await paid();
      return { subject: id, body: { ids: [id] } };
    },
  },
  {
    operation: 'PUT /admin/orders/{id}/note',
    action: 'order.note',
    prepare: async () => of(await paid(), { body: { note: 'Rude words' } }),
  },
  {
    operation: 'PUT /admin/orders/{id}/address',
    action: 'order.address',
    prepare: async () => of(await delivered(), { body: { address: ADDRESS } }),
  },
  {
    operation: 'POST /admin/orders/{id}/mail',
    action: 'order.mail',
    isKeyed: true,
    sendsMail: true,
    prepare: async () => of(await paid(), { body: { kind: 'order_confirmed' } }),
  },
];
