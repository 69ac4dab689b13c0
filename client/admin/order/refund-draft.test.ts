import { expect, test } from 'vitest';
import { instant, NOON_MS, priceAlone } from '../../testing/builders.ts';
import {
  amountOf,
  keptWithin,
  NEW_REFUND,
  type RefundDraft,
  readRefund,
  shippingCents,
} from './refund-draft.ts';

const order = {
  unitPriceCents: 1_990,
  currency: 'EUR',
  totals: priceAlone(3_980),
  refundable: { amountCents: 3_480, units: 2 },
  sentAt: null,
};

function aDraft(fields: Partial<RefundDraft>) {
  return keptWithin({ ...NEW_REFUND, reason: 'Scratched', ...fields }, order);
}

test('units go back on sale as their price goes back, unless somebody chose otherwise', () => {
  expect(aDraft({}).restock).toBe(2);
  expect(aDraft({ measure: 'units', units: 1 }).restock).toBe(1);
  expect(aDraft({ measure: 'amount', amount: '5' }).restock).toBe(0);
  expect(aDraft({ restock: 0 }).restock).toBe(0);
  expect(aDraft({ measure: 'amount', restock: 2 }).restock).toBe(2);
});

test('of an order that was sent no unit goes back on sale before somebody says so', () => {
  const sent = { ...order, sentAt: instant(NOON_MS) };
  expect(keptWithin(NEW_REFUND, sent).restock).toBe(0);
  expect(keptWithin({ ...NEW_REFUND, restock: 1 }, sent).restock).toBe(1);
});

test('the whole is what is left, and units cost what is left of their price', () => {
  expect(amountOf(aDraft({}), order)).toBe(3_480);
  expect(amountOf(aDraft({ measure: 'units', units: 1 }), order)).toBe(1_990);
  expect(amountOf(aDraft({ measure: 'units', units: 2 }), order)).toBe(3_480);
});

test('units cost their price with the tax that was added to it, and no part of the delivery', () => {
  const tax = { kind: 'tax', amountCents: 849, ratePercent: 19, country: 'DE' } as const;
  const shipping = { kind: 'shipping', amountCents: 490, included: false } as const;
  const { lines } = priceAlone(3_980);
  const refundable = { amountCents: 5_319, units: 2 };
  const added = { lines: [...lines, shipping, { ...tax, included: false }], totalCents: 5_319 };
  const units = (count: number, totals: typeof added) =>
    amountOf(aDraft({ measure: 'units', units: count }), { ...order, totals, refundable });
  expect([units(1, added), units(2, added)]).toEqual([2_368, 4_736]);
  const included = { lines: [...lines, shipping, { ...tax, included: true }], totalCents: 4_470 };
  expect(units(2, included as never)).toBe(3_980);
});

test('what units leave out is the delivery, with the tax that was added to it', () => {
  const { lines } = priceAlone(3_980);
  const shipping = { kind: 'shipping', amountCents: 490, included: false } as const;
  const tax = { kind: 'tax', amountCents: 849, ratePercent: 19, included: false } as const;
  const of = (more: (typeof shipping | typeof tax)[], totalCents: number) =>
    shippingCents({ totals: { lines: [...lines, ...more], totalCents } });
  expect(of([shipping, tax], 5_319)).toBe(5_319 - 4_736);
  expect(of([shipping], 4_470)).toBe(490);
  expect(of([{ ...shipping, amountCents: 0 } as never, tax], 4_736)).toBe(0);
  expect(of([tax], 4_736)).toBe(0);
});

test('what is asked for names its amount and its units, so that nothing else is done', () => {
  expect(readRefund(aDraft({ restock: 1, reason: ' Scratched ' }), order)).toEqual({
    amountCents: 3_480,
    restockUnits: 1,
    reason: 'Scratched',
  });
  expect(readRefund(aDraft({ measure: 'amount', amount: '5,00' }), order)).toEqual({
    amountCents: 500,
    restockUnits: 0,
    reason: 'Scratched',
  });
});

test('an amount that is none, nothing, or more than is left is not asked for', () => {
  for (const [amount, message] of [
    ['', 'must be filled in'],
    ['five', 'must be an amount, with no more decimals than the currency has'],
    ['0', 'must be an amount, with no more decimals than the currency has'],
    ['34.81', 'must be at most 34.80 EUR'],
  ]) {
    const draft = aDraft({ measure: 'amount', amount: amount ?? '' });
    expect(readRefund(draft, order)).toEqual([{ path: 'amountCents', message }]);
    expect(amountOf(draft, order)).toBeNull();
  }
});

test('a refund needs a reason', () => {
  expect(readRefund(aDraft({ reason: ' ' }), order)).toEqual([
    { path: 'reason', message: 'must be filled in' },
  ]);
});

test('units that others have put back on sale meanwhile are asked for no more', () => {
  const draft = aDraft({ measure: 'units', units: 2, restock: 2 });
  const of = (units: number) =>
    keptWithin(draft, { ...order, refundable: { amountCents: 1, units } });
  expect(of(2)).toEqual(draft);
  expect(of(1)).toEqual({ ...draft, units: 1, restock: 1 });
  expect(of(0)).toEqual({ ...draft, measure: 'whole', units: 1, restock: 0 });
});
