// Buys a unit by a client that openapi-fetch makes of the types in api.ts, and reads the audit log.
// Run by .ci/clients, which writes api.ts beside a copy of this file.
import createClient from 'openapi-fetch';
import type { components, paths } from './api.ts';

type Order = components['schemas']['Order'];
interface Reply<T> {
  data?: T;
  error?: { code: string };
}

declare const process: { argv: string[] };

/** Sample data, on this machine only. */
const ADMIN = { email: 'admin@swiftdrop.com', password: 'Admin@1234' };
const CUSTOMER = { email: 'typescript@example.com', password: 'correct horse' };

const shop = createClient<paths>({ baseUrl: process.argv[2] ?? '' });

function must<T>({ data, error }: Reply<T>): T {
  if (data === undefined) throw new Error(`refused: ${error?.code}`);
  return data;
}

async function signIn(credentials: typeof ADMIN): Promise<{ Authorization: string }> {
  const { accessToken } = must(await shop.POST('/auth/login', { body: credentials }));
  return { Authorization: `Bearer ${accessToken}` };
}

async function buy(headers: { Authorization: string }): Promise<Order> {
  const { events } = must(await shop.GET('/events'));
  const live = events.find(({ status }) => status === 'live');
  if (live === undefined) throw new Error('no event is live');
  const event = must(await shop.GET('/events/{id}', { params: { path: { id: live.id } } }));
  const item = event.items[0];
  if (item === undefined) throw new Error('the event has no item');
  const held = must(
    await shop.POST('/purchase/{event_item_id}', {
      params: { path: { event_item_id: item.id }, header: { 'Idempotency-Key': '"buy-1"' } },
      body: { quantity: 1 },
      headers,
    }),
  );
  const path = { order_id: held.order.id };
  return must(await shop.POST('/purchase/{order_id}/confirm', { params: { path }, headers })).order;
}

must(await shop.POST('/auth/register', { body: { ...CUSTOMER, displayName: 'TypeScript' } }));
const customer = await signIn(CUSTOMER);
const bought = await buy(customer);
const history = must(await shop.GET('/profile/orders', { headers: customer }));
const found = history.orders.find(({ id }) => id === bought.id);
const status: Order['status'] | undefined = found?.status;
if (status !== 'confirmed') throw new Error(`the order is ${status}`);

const admin = await signIn(ADMIN);
// The generator asks for what has a default too.
const about = { description: '', category: 'electronics', imageUrl: null };
const item = { name: 'Made by a generated client', ...about };
must(await shop.POST('/admin/items', { body: item, headers: admin }));
const { entries } = must(await shop.GET('/admin/audit', { headers: admin }));
const change: components['schemas']['AuditEntry'] | undefined = entries[0];
if (change === undefined) throw new Error('the audit log is empty');
console.log(`TypeScript: the order is ${status}; the last change is ${change.action}`);
