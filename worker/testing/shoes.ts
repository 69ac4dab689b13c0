/** Shoes that are sold in sizes, made by the admin routes, in tests in workerd. */
import { expect } from 'vitest';
import type { AdminEvent } from '../contract/administration.ts';
import type { Item } from '../contract/catalogue.ts';
import type { Admin } from './admin.ts';

const MINUTE_MS = 60_000;

/** A catalogue item with these variants. */
export async function makeShoe(admin: Admin, labels = ['41', '42', '43']): Promise<Item> {
  const variants = labels.map((label) => ({ label }));
  const made = await admin.call('POST', '/items', { name: 'Shoe', category: 'shoes', variants });
  expect(made.status).toBe(201);
  return made.json();
}

/** An event in a minute with one of the first size, two of the second and so on, one each, unless `line` differs. */
export function planOf(shoe: Item, line: object = {}) {
  const variants = shoe.variants.map(({ id: variantId }, n) => ({ variantId, stock: n + 1 }));
  const item = { itemId: shoe.id, priceCents: 9_000, limitPerCustomer: 1, variants, ...line };
  const times = { startsAt: at(MINUTE_MS), endsAt: at(60 * MINUTE_MS) };
  return { title: 'Shoes', currency: 'EUR', ...times, items: [item] };
}

/** The same, opened by hand. */
export async function makeShoeSale(
  admin: Admin,
  shoe: Item,
  line: object = {},
): Promise<AdminEvent> {
  const made = await admin.call('POST', '/events', planOf(shoe, line));
  expect(made.status).toBe(201);
  const { id } = await made.json<AdminEvent>();
  const opened = await admin.call('POST', `/events/${id}/open`);
  return opened.json();
}

function at(inMs: number): string {
  return new Date(Date.now() + inMs).toISOString();
}
