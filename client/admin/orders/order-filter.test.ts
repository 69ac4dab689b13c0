import { expect, test } from 'vitest';
import { orderNumberTyped, orderPath, orderPlaceOf } from './order-filter.ts';

test('an address and what it asks for are two spellings of the same', () => {
  for (const place of [
    { event: 'evt_1', customer: undefined, status: undefined, number: undefined },
    { event: undefined, customer: 'usr_1', status: 'confirmed' as const, number: undefined },
    { event: 'evt_1', customer: 'usr_1', status: 'expired' as const, number: '4F7K-9QX2-M3HT' },
  ]) {
    const { searchParams } = new URL(orderPath(place), 'https://shop.example');
    expect(orderPlaceOf(Object.fromEntries(searchParams))).toEqual(place);
  }
  expect(orderPath({})).toBe('/admin/orders');
});

test('a state that no order has is not asked for', () => {
  expect(orderPlaceOf({ event: '', status: 'lost' })).toEqual({});
});

test('a number is read as people write it, and as they hear it', () => {
  for (const typed of ['4F7K-9QX2-M3HT', ' 4f7k 9qx2 m3ht', '4F7K9QX2M3HT']) {
    expect(orderNumberTyped(typed)).toBe('4F7K-9QX2-M3HT');
  }
  expect(orderNumberTyped('olil-0000-0000')).toBe('0111-0000-0000');
});

test('what can be no number is none', () => {
  for (const typed of ['', '4F7K', '4F7K-9QX2-M3HU', '4F7K-9QX2-M3HTT']) {
    expect(orderNumberTyped(typed), typed).toBeNull();
  }
});
