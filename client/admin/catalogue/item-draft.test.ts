import { expect, test } from 'vitest';
import type { VariantId } from '../../../worker/contract/ids.ts';
import { LIMITS } from '../../../worker/contract/values.ts';
import { lookOf as lookThere } from '../../../worker/contract/visible-text.ts';
import {
  type ItemDraft,
  LABEL_CHARS_MAX,
  labelsIn,
  lookOf,
  moved,
  NO_ITEM,
  readDraft,
  rebased,
  VARIANTS_MAX,
  withMore,
} from './item-draft.ts';

const named = (...labels: string[]): ItemDraft => ({
  ...NO_ITEM,
  name: 'Shoe',
  variants: labels.map((label) => ({ label })),
});

const known = (id: string, label: string) => ({ id: id as VariantId, label });

test('labels stand between commas, semicolons, tabs or lines, and half sizes stay whole', () => {
  expect(labelsIn('38, 39,40')).toEqual(['38', '39', '40']);
  expect(labelsIn('S,M,L')).toEqual(['S', 'M', 'L']);
  expect(labelsIn('41\r\n41,5\n42\t42,5;43')).toEqual(['41', '41,5', '42', '42,5', '43']);
  expect(labelsIn(' , \n ')).toEqual([]);
});

test('what is there already, or there twice, or does not fit, is not added', () => {
  const added = withMore(named('38').variants, '39, 38, 39');
  expect(added).toEqual({
    variants: [{ label: '38' }, { label: '39' }],
    count: 1,
    there: ['38'],
    left: 0,
  });
  const many = Array.from({ length: VARIANTS_MAX + 2 }, (_, n) => `no ${n}`).join('\n');
  expect(withMore(named('38').variants, many)).toMatchObject({ count: VARIANTS_MAX - 1, left: 3 });
});

test('what looks like a label that is there is that label', () => {
  const added = withMore(
    named('rose\u0301', 'dark blue').variants,
    'ros\u00e9, dark\u00a0blue, 38, 38\u200b',
  );
  expect(added.variants.map(({ label }) => label)).toHaveLength(3);
  expect(added.there).toHaveLength(2);
  const reading = readDraft(named('rose\u0301', 'ros\u00e9'));
  expect(reading.ok ? [] : reading.errors.map(({ path }) => path)).toEqual(['variants.1.label']);
});

test('an empty label and a second of one label are faults at their fields', () => {
  const reading = readDraft(named('38', ' ', ' 38'));
  expect(reading.ok ? [] : reading.errors).toEqual([
    { path: 'variants.1.label', message: 'must be filled in' },
    { path: 'variants.2.label', message: 'must not have two of one label' },
  ]);
});

test('more variants than an item may have are not left out without a word', () => {
  const labels = Array.from({ length: VARIANTS_MAX }, (_, n) => `no ${n}`);
  const reading = readDraft({ ...named(...labels), more: 'another' });
  expect(reading.ok ? [] : reading.errors).toEqual([
    { path: 'variants', message: 'must have at most 50 variants in all' },
  ]);
});

test('the limits and the looks are those of the contract', () => {
  for (const label of [
    'ros\u00e9',
    'rose\u0301',
    'M\u200b',
    ' a \u00a0b',
    '\u{1F3F4}\u{E0067}\u{E007F}',
  ]) {
    expect(lookOf(label)).toBe(lookThere(label));
  }
  expect(VARIANTS_MAX).toBe(LIMITS.variantsPerItemMax);
  expect(LABEL_CHARS_MAX).toBe(LIMITS.variantLabelCharsMax);
});

test('what is moved beyond an end stays where it is', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});

test('what others added under a label of mine is that one, and what they took away is new', () => {
  const mine = [
    { label: 'new' },
    known('var_b', 'renamed'),
    known('var_a', 'a'),
    { label: 'mine' },
  ];
  const there = [known('var_b', 'b'), known('var_c', 'c'), known('var_d', 'new')];
  expect(rebased(mine, there)).toEqual([
    known('var_d', 'new'),
    known('var_b', 'renamed'),
    { label: 'a' },
    { label: 'mine' },
  ]);
});
