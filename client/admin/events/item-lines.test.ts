import { expect, test } from 'vitest';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { anItem } from '../../testing/builders.ts';
import { aShoe, aSize } from '../../testing/variants.ts';
import { type ItemDraft, itemDraftsOf, newLine, readItem, withUnsold } from './item-lines.ts';
import { lineText } from './line-text.ts';

const units = (total: number) => ({ total, remaining: total, held: 0, sold: 0 });

function aLine(stocks: readonly string[], prices: readonly string[] = []): ItemDraft {
  const line = newLine(aShoe());
  const variants = line.variants.map((variant, n) => ({
    ...variant,
    stock: stocks[n] ?? '',
    price: prices[n] ?? '',
  }));
  return { ...line, price: '90', variants };
}

function read(item: ItemDraft) {
  const errors: FieldError[] = [];
  return { line: readItem(item, { n: 2, currency: 'EUR', errors }), errors };
}

test('only the variants that have a stock are sold, at the price of the item unless they have one', () => {
  const { line, errors } = read(aLine(['5', ' ', '7'], ['', '80', '95.50']));
  const [first, , third] = aShoe().variants;
  expect(errors).toEqual([]);
  expect(line).toEqual({
    itemId: aShoe().id,
    priceCents: 9_000,
    limitPerCustomer: 1,
    variants: [
      { variantId: first?.id, stock: 5 },
      { variantId: third?.id, stock: 7, priceCents: 9_550 },
    ],
  });
});

test('a fault is named by the place among those that are sold, as the API counts', () => {
  const { errors } = read(aLine(['', '5', 'many'], ['', '1.999', '']));
  expect(errors.map(({ path }) => path)).toEqual([
    'items.2.variants.0.priceCents',
    'items.2.variants.1.stock',
  ]);
});

test('an item of which no variant has a stock is not sent', () => {
  const path = 'items.2.variants';
  expect(read(aLine([])).errors).toEqual([{ path, message: 'must say which variants are sold' }]);
});

test('the event items of one item are one line, at the most common of their prices', () => {
  const items = [
    aSize('43', { priceCents: 9_500, stock: units(3) }),
    anItem(),
    aSize('41', { stock: units(5) }),
    aSize('42', { stock: units(7) }),
  ];
  const [shoe, headphones, ...others] = itemDraftsOf({ items, currency: 'EUR' });
  expect(others).toEqual([]);
  expect(headphones).toMatchObject({ stock: '10', price: '249.00', variants: [] });
  expect(shoe).toMatchObject({ name: 'Shoe', price: '90.00', stock: '', limit: '1' });
  expect(shoe?.variants.map(({ label, stock, price }) => [label, stock, price])).toEqual([
    ['43', '3', '95.00'],
    ['41', '5', ''],
    ['42', '7', ''],
  ]);
  expect(shoe && lineText(shoe)).toBe('Shoe: 90.00 (43 × 3 at 95.00, 41 × 5, 42 × 7)');
  expect(headphones && lineText(headphones)).toBe('Headphones: 249.00 × 10');
  const { line, errors } = read(shoe as ItemDraft);
  expect(errors).toEqual([]);
  expect(line.variants?.map(({ stock, priceCents }) => [stock, priceCents])).toEqual([
    [3, 9_500],
    [5, undefined],
    [7, undefined],
  ]);
});

test('what an event does not sell stands behind its neighbour of the catalogue', () => {
  const [shoe] = itemDraftsOf({ items: [aSize('43'), aSize('41')], currency: 'EUR' });
  const catalogue = aShoe(['40', '41', '42', '43', '44']).variants.map((variant) =>
    variant.label === '41' ? { ...variant, label: '41 wide' } : variant,
  );
  const labels = withUnsold(shoe?.variants ?? [], catalogue).map(({ label }) => label);
  expect(labels).toEqual(['40', '43', '44', '41 wide', '42']);
  expect(withUnsold(shoe?.variants ?? [])).toEqual(shoe?.variants);
});
