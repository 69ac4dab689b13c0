import { expect, test } from 'vitest';
import { anOrder } from '../testing/builders.ts';
import { paceOfOrders } from './order-pace.ts';

test('open holds are watched closely and at their end, settled orders rarely', () => {
  const hold = anOrder();
  const holding = paceOfOrders([hold, anOrder({ status: 'confirmed' })]);
  const settled = paceOfOrders([anOrder({ status: 'confirmed' })]);
  expect(holding.everyMs).toBeLessThan(settled.everyMs);
  expect(holding.momentsMs).toEqual([Date.parse(hold.expiresAt)]);
  expect(settled.momentsMs).toEqual([]);
});
