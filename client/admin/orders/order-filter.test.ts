import { expect, test } from 'vitest';
import { orderPath, orderPlaceOf } from './order-filter.ts';

test('an address and what it asks for are two spellings of the same', () => {
  for (const place of [
    { event: 'evt_1', customer: undefined, status: undefined },
    { event: undefined, customer: 'usr_1', status: 'confirmed' as const },
    { event: 'evt_1', customer: 'usr_1', status: 'expired' as const },
  ]) {
    const { searchParams } = new URL(orderPath(place), 'https://shop.example');
    expect(orderPlaceOf(Object.fromEntries(searchParams))).toEqual(place);
  }
  expect(orderPath({})).toBe('/admin/orders');
});

test('a state that no order has is not asked for', () => {
  expect(orderPlaceOf({ event: '', status: 'lost' })).toEqual({});
});
