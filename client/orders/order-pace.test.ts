import { expect, test } from 'vitest';
import { anOrder, aPayment } from '../testing/builders.ts';
import { paceOfOrders } from './order-pace.ts';

test('open holds are watched closely and at their end, settled orders rarely', () => {
  const hold = anOrder();
  const holding = paceOfOrders([hold, anOrder({ status: 'confirmed' })]);
  const settled = paceOfOrders([anOrder({ status: 'confirmed' })]);
  expect(holding.everyMs).toBeLessThan(settled.everyMs);
  expect(holding.momentsMs).toEqual([Date.parse(hold.expiresAt)]);
  expect(settled.momentsMs).toEqual([]);
});

const everyMs = (order: ReturnType<typeof anOrder>) => paceOfOrders([order]).everyMs;

test('money that is on its way is watched as closely as a hold', () => {
  const approved = { status: 'confirmed', payment: aPayment({ status: 'authorised' }) } as const;
  const paid = { status: 'confirmed', payment: aPayment({ status: 'captured' }) } as const;
  expect(everyMs(anOrder(approved))).toBe(everyMs(anOrder()));
  expect(everyMs(anOrder(paid))).toBeGreaterThan(everyMs(anOrder()));
});
