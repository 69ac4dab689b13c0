/** The audit log as admins read it: what its ids stand for. */
import { beforeAll, expect, it } from 'vitest';
import type { AuditList, NamedAuditEntry } from '../../contract/audit.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import { type Admin, makeAdmin } from '../../testing/admin.ts';
import { makePaidOrder } from '../../testing/paid-orders.ts';
import { makeEvent, makeShopper } from '../../testing/shop.ts';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function lastOf(subject: string): Promise<NamedAuditEntry | undefined> {
  const answer = await admin.call('GET', `/audit?subject=${encodeURIComponent(subject)}`);
  expect(answer.status).toBe(200);
  return (await answer.json<AuditList>()).entries[0];
}

it('names the event, its item and who did it', async () => {
  const { eventId, eventItemId } = await makeEvent({ title: 'Sunday sound' });
  await admin.call('PUT', `/events/${eventId}/items/${eventItemId}/stock`, { total: 31 });
  const entry = await lastOf(eventItemId);
  expect(entry?.names).toMatchObject({
    actor: expect.any(String),
    subject: expect.any(String),
    event: { id: eventId, title: 'Sunday sound', currency: 'EUR' },
    orderNumber: null,
  });
});

it('names an order by its number and a customer by their name', async () => {
  const { orderId } = await makePaidOrder();
  await admin.call('PUT', `/orders/${orderId}/note`, { note: 'Call first' });
  expect((await lastOf(orderId))?.names.orderNumber).toBe(orderNumberOf(orderId));
  const { user } = await makeShopper();
  await admin.call('POST', `/users/${user.id}/deactivate`);
  expect((await lastOf(user.id))?.names.subject).toBe(user.displayName);
});

it('has no name of an item that was deleted', async () => {
  const item = await (await admin.call('POST', '/items', { name: 'Kettle' })).json<{
    id: string;
  }>();
  expect((await lastOf(item.id))?.names).toMatchObject({ subject: 'Kettle', itemId: item.id });
  await admin.call('DELETE', `/items/${item.id}`);
  expect((await lastOf(item.id))?.names).toMatchObject({ subject: null, itemId: null });
});
