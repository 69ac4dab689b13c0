import { expect, test } from 'vitest';
import type { EventItemId, ItemId, VariantId } from '../../worker/contract/ids.ts';
import { anItem, NOON_MS } from '../testing/builders.ts';
import type { LiveItem } from './live.ts';
import { byItem, together } from './variants.ts';

const shoe = 'itm_000000000000000002' as ItemId;

function size(label: string, fields: Partial<LiveItem> = {}): LiveItem {
  const variant = { id: `var_${label}` as VariantId, label };
  const id = `evi_000000000001_${label}` as EventItemId;
  return { ...anItem({ id, itemId: shoe, variant }), ...fields };
}

test('event items of one catalogue item are one group, where its first one is', () => {
  const items = [size('41'), anItem(), size('42')];
  const ids = byItem(items).map((variants) => variants.map(({ id }) => id));
  expect(ids).toEqual([['evi_000000000001_41', 'evi_000000000001_42'], [anItem().id]]);
});

test('together they have all the stock, the lowest price, the earliest release and no label', () => {
  const stock = { total: 3, remaining: 1, held: 1, sold: 1 };
  const all = together([
    size('41', { stock, priceCents: 9_500, nextReleaseAtMs: NOON_MS + 2 }),
    size('42', { stock, priceCents: 9_000, nextReleaseAtMs: null }),
    size('43', { stock, priceCents: 9_900, nextReleaseAtMs: NOON_MS + 1 }),
  ]);
  expect(all).toMatchObject({
    stock: { total: 9, remaining: 3, held: 3, sold: 3 },
    priceCents: 9_000,
    nextReleaseAtMs: NOON_MS + 1,
    variant: { label: '' },
  });
  expect(together([size('41', { stock })]).nextReleaseAtMs).toBeNull();
});
