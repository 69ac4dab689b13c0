import { describe, expect, it } from 'vitest';
import { costsOf, NO_TAX, type TaxMode, taxBesidePrices, totalsOf } from './totals.ts';

const rates = new Map([
  ['DE', 19_000],
  ['AT', 20_000],
  ['CH', 8_100],
  ['*', 0],
]);
interface Sold {
  itemsCents: number;
  country: string | null;
  shippingCents?: number;
}

const totals = (mode: TaxMode, { itemsCents, country, shippingCents = 0 }: Sold) =>
  totalsOf(itemsCents, costsOf(itemsCents, { shippingCents, country, tax: { mode, rates } }));

describe('the totals of an order', () => {
  it('are its items alone where nothing is delivered or taxed', () => {
    const costs = costsOf(1_999, { shippingCents: null, country: null, tax: NO_TAX });
    expect(totalsOf(1_999, costs)).toEqual({
      lines: [{ kind: 'items', amountCents: 1_999, included: false }],
      totalCents: 1_999,
    });
  });

  it('tell the tax that is in items and delivery, and add nothing', () => {
    expect(totals('included', { itemsCents: 10_000, country: 'DE', shippingCents: 590 })).toEqual({
      lines: [
        { kind: 'items', amountCents: 10_000, included: false },
        { kind: 'shipping', amountCents: 590, included: false, country: 'DE' },
        { kind: 'tax', amountCents: 1_691, included: true, ratePercent: 19, country: 'DE' },
      ],
      totalCents: 10_590,
    });
  });

  it('add the tax on items and delivery', () => {
    const added = totals('added', { itemsCents: 1_000, country: 'CH', shippingCents: 500 });
    expect(added.totalCents).toBe(1_622);
    expect(added.lines[2]).toMatchObject({ amountCents: 122, included: false, ratePercent: 8.1 });
  });

  it.each([
    { mode: 'added', itemsCents: 50, amountCents: 10 },
    { mode: 'added', itemsCents: 13, amountCents: 3 },
    { mode: 'added', itemsCents: 12, amountCents: 2 },
    { mode: 'included', itemsCents: 3, amountCents: 1 },
    { mode: 'included', itemsCents: 2, amountCents: 0 },
  ] as const)('round half up, once: %o', ({ mode, itemsCents, amountCents }) => {
    const { lines } = totals(mode, { itemsCents, country: 'AT' });
    expect(lines.at(-1)).toMatchObject({ amountCents });
  });

  it('round what is half a cent up', () => {
    const { lines } = totals('added', { itemsCents: 50, country: 'DE' });
    expect(lines.at(-1)).toMatchObject({ amountCents: 10 });
  });

  it('have no tax where its rate is nothing, or nobody has an address', () => {
    for (const country of ['FR', null]) {
      expect(
        totals('added', { itemsCents: 1_000, country }).lines.map(({ kind }) => kind),
      ).not.toContain('tax');
    }
  });

  it('are exact beyond what a product of numbers holds', () => {
    const { totalCents } = totals('added', { itemsCents: 4_500_000_000_000_000, country: 'AT' });
    expect(totalCents).toBe(5_400_000_000_000_000);
  });
});

describe('beside a price', () => {
  it('tax is told where some order may have it', () => {
    const sent = { needsAddress: true };
    const kept = { needsAddress: false };
    expect(taxBesidePrices({ mode: 'included', rates }, sent)).toBe('included');
    expect(taxBesidePrices({ mode: 'added', rates }, kept)).toBe('none');
    expect(taxBesidePrices({ mode: 'added', rates: new Map([['*', 1]]) }, kept)).toBe('added');
    expect(taxBesidePrices(NO_TAX, sent)).toBe('none');
  });
});
