import { expect, test } from 'vitest';
import { orderPath, orderPlaceOf } from './order-filter.ts';

const NOTHING = {
  q: undefined,
  event: undefined,
  customer: undefined,
  status: undefined,
  payment: undefined,
  delivery: undefined,
};

test('an address and what it asks for are two spellings of the same', () => {
  for (const asked of [
    { event: 'evt_1' },
    { customer: 'usr_1', status: 'confirmed' as const, delivery: 'to_send' as const },
    { event: 'evt_1', customer: 'usr_1', q: 'lamp & Ørsted', payment: 'captured' as const },
  ]) {
    const place = { ...NOTHING, ...asked };
    const { searchParams } = new URL(orderPath(place), 'https://shop.example');
    expect(orderPlaceOf(Object.fromEntries(searchParams))).toEqual(place);
  }
  expect(orderPath({})).toBe('/admin/orders');
});

test('a state that no order or payment has is not asked for', () => {
  expect(orderPlaceOf({ event: '', status: 'lost', payment: 'lost', delivery: 'lost' })).toEqual(
    NOTHING,
  );
});

test('an older address that names a number searches for it', () => {
  expect(orderPlaceOf({ number: '4F7K-9QX2-M3HT' })).toEqual({ ...NOTHING, q: '4F7K-9QX2-M3HT' });
});
