/** What shoppers do, in tests in workerd: reserve, confirm, cancel, and look at the stock. */
import { expect, vi } from 'vitest';
import type { EventId } from '../contract/ids.ts';
import type { OrderAnswer } from '../contract/orders.ts';
import { call, readEvent, readIntegrity, type Shopper } from './shop.ts';

export function reserve({ token }: Shopper, eventItemId: string, key?: string): Promise<Response> {
  const headers = key === undefined ? {} : { 'Idempotency-Key': `"${key}"` };
  return call('POST', `/purchase/${eventItemId}`, { token, headers });
}

/** As a page sends it: with what it showed, and a key. */
export function reserveAsShown(
  { token }: Shopper,
  eventItemId: string,
  { key, ...body }: { key: string; shownPriceCents?: number; shownCurrency?: string },
): Promise<Response> {
  const headers = { 'Idempotency-Key': `"${key}"` };
  return call('POST', `/purchase/${eventItemId}`, { token, headers, body });
}

export async function hold(shopper: Shopper, eventItemId: string): Promise<OrderAnswer['order']> {
  const response = await reserve(shopper, eventItemId);
  expect(response.status).toBe(201);
  return (await response.json<OrderAnswer>()).order;
}

export function settle(
  { token }: Shopper,
  { id }: { id: string },
  how: 'confirm' | 'cancel',
): Promise<Response> {
  return call('POST', `/purchase/${id}/${how}`, { token });
}

/** The stock of an event's only item, once the law was seen to hold. */
export async function stockOf(eventId: EventId) {
  expect((await readIntegrity(eventId)).ok).toBe(true);
  return (await readEvent(eventId)).items[0]?.stock;
}

/** Moves the code's clock; the runtime's own alarms go by the real one. */
export function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}
