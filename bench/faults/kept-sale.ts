/** A sale in which something breaks, and its recount: no unit is sold twice, and none is lost. */
import { expect } from 'vitest';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import { rehearseWhile } from './rehearsed-sale.ts';

const SHOPPERS = 200;
const STOCK = 30;

/** Plays it in a shop of its own, and breaks something as soon as the first units are held. */
export async function expectKeptWhile(
  breaking: (shop: FaultyShop) => Promise<void>,
): Promise<void> {
  const shop = await openFaultyShop();
  try {
    const sale = { ...shop, shoppers: SHOPPERS, stock: STOCK };
    const verdict = await rehearseWhile(sale, () => breaking(shop));
    expect(verdict).toMatchObject({ ok: true, oversold: 0, lost: 0 });
    expect(await findDifferences(shop.db)).toEqual([]);
  } finally {
    await shop.close();
  }
}
