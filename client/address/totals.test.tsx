import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import { anOwnOrder, aSession, priceAlone, sentTotals } from '../testing/builders.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(order: OwnOrder) {
  const server = fakeReviews();
  server.answer(`GET /profile/orders/${order.id}`, order);
  await openShop({ api: server.api, session: aSession(), path: `/orders/${order.id}` });
  for (let turn = 0; turn < 4; turn++) await settle();
}

const TO_PAY = { payOnline: true, quantity: 2 } as const;
const shown = () => document.querySelector('.totals')?.textContent;
const facts = () =>
  [...document.querySelectorAll('.order-facts > div')].map(
    (row) => `${row.firstElementChild?.textContent}: ${row.lastElementChild?.textContent}`,
  );

test('what one is to pay is shown line by line, with what is in the total below it', async () => {
  await open(anOwnOrder({ ...TO_PAY, totals: sentTotals(49_800) }));
  expect(shown()).toBe(
    'Items€498.00 2 × €249.00Shipping to Germany€4.90 Total€502.90Including 19% tax€80.29 ',
  );
  expect(screen.getByRole('button', { name: 'Buy now – pay €502.90' })).toBeTruthy();
  expect(facts().slice(0, 6)).toEqual([
    'Quantity: 2',
    'Price of one: €249.00',
    'Items: €498.00',
    'Shipping to Germany: €4.90',
    'Total: €502.90',
    'Including 19% tax: €80.29',
  ]);
});

test('tax that is added stands above the total, and delivery for nothing is called so', async () => {
  const { lines } = priceAlone(49_800);
  const tax = { kind: 'tax', amountCents: 4_108, included: false, ratePercent: 8.25 } as const;
  const shipping = { kind: 'shipping', amountCents: 0, included: false } as const;
  const totals = { lines: [...lines, shipping, tax], totalCents: 53_908 };
  await open(anOwnOrder({ ...TO_PAY, totals }));
  expect(shown()).toBe(
    'Items€498.00 2 × €249.00ShippingFree of charge Plus 8.25% tax€41.08 Total€539.08',
  );
});

test('of a price alone the total says it all', async () => {
  await open(anOwnOrder(TO_PAY));
  expect(shown()).toBe('Total€498.002 × €249.00');
  expect(facts()[2]).toBe('Total: €498.00');
});
