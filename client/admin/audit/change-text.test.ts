import { expect, test } from 'vitest';
import { changeText } from './change-text.ts';

test('the variants of an item or of a plan are a line each, by their labels', () => {
  expect(changeText({ variants: [{ id: 'var_1', label: '41' }] })).toBe(
    '{\n  "variants": [\n    "41: var_1"\n  ]\n}',
  );
  const line = { variantId: 'var_1', label: '41', stock: 5, priceCents: 9_000 };
  expect(changeText({ items: [{ variants: [line] }] })).toContain(
    '"41: stock 5, priceCents 9000, var_1"',
  );
});

test('anything else is shown as it was recorded', () => {
  const plain = { total: 5, variants: [{ variantId: 'var_1' }], name: null };
  expect(changeText(plain)).toBe(JSON.stringify(plain, null, 2));
});
