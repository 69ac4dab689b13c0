import { expect, test } from 'vitest';
import type { VariantId } from '../../../worker/contract/ids.ts';
import { NOON_MS } from '../../testing/builders.ts';
import { newDraft } from './event-draft.ts';
import type { ItemDraft } from './item-lines.ts';
import { keepingPromises, promiseFaults } from './promises.ts';

const line = (itemId: string, fields: Partial<ItemDraft> = {}): ItemDraft => ({
  itemId,
  name: itemId,
  price: '19.90',
  stock: '5',
  limit: '2',
  variants: [],
  ...fields,
});
const size = (stock: string) => ({
  variantId: 'var_1' as VariantId,
  label: '42',
  price: '',
  stock,
});
const SHOE = line('shoe', { stock: '', variants: [size('3')] });
const SAVED = { ...newDraft(NOON_MS, 'UTC'), title: 'Night', items: [line('lamp'), SHOE] };

test('what was typed is kept where it may still change, and taken back elsewhere', () => {
  const typed = {
    ...SAVED,
    title: 'Long night',
    startsAt: '2026-11-22T09:00',
    endsAt: '2026-11-22T23:00',
    published: false,
    admission: 'draw' as const,
    items: [
      { ...SHOE, variants: [size('9')] },
      line('chair'),
      line('lamp', { price: '1', stock: '7', limit: '4' }),
    ],
  };
  expect(keepingPromises(typed, SAVED)).toEqual({
    ...SAVED,
    title: 'Long night',
    endsAt: '2026-11-22T23:00',
    items: [{ ...SHOE, variants: [size('9')] }, line('lamp', { stock: '7', limit: '4' })],
  });
  expect(keepingPromises({ ...SAVED, items: [] }, SAVED)).toEqual(SAVED);
});

test('what would become less is a fault at its field, and what becomes more is none', () => {
  const less = {
    ...SAVED,
    endsAt: SAVED.startsAt,
    items: [line('lamp', { stock: '4', limit: '1' }), { ...SHOE, variants: [size('')] }],
  };
  expect(promiseFaults(less, SAVED).map(({ path }) => path)).toEqual([
    'endsAt',
    'items.0.limitPerCustomer',
    'items.0.stock',
    'items.1.variants.0.stock',
  ]);
  expect(promiseFaults(less, null)).toEqual([]);
  const more = {
    ...SAVED,
    endsAt: `${SAVED.endsAt}:00`,
    items: [line('lamp', { stock: '6', limit: '9' }), SHOE],
  };
  expect(promiseFaults(more, SAVED)).toEqual([]);
});
