/**
 * A sale in which something breaks, and its recount: no unit is sold twice, none is lost, and nobody
 * has more of an item than its limit, whichever sizes they pressed.
 */
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Db } from '../../worker/stores/postgres/client.ts';
import { findDifferences } from '../../worker/stores/postgres/reconciliation.ts';
import { type FaultyShop, openFaultyShop } from './faulty-shop.ts';
import { rehearseWhile } from './rehearsed-sale.ts';

const SHOPPERS = 200;
const STOCK = 30;
/** Of a second item, with one limit over all. */
const SIZES = [10, 20, 20];

/** Plays it in a shop of its own, and breaks something as soon as the first units are held. */
export async function expectKeptWhile(
  breaking: (shop: FaultyShop) => Promise<void>,
): Promise<void> {
  const shop = await openFaultyShop();
  try {
    const sale = { ...shop, shoppers: SHOPPERS, stock: STOCK, sizes: SIZES };
    const verdict = await rehearseWhile(sale, () => breaking(shop));
    expect(verdict).toMatchObject({ ok: true, oversold: 0, lost: 0, overLimit: 0 });
    expect(verdict.variants.map(({ sold }) => sold)).toEqual(SIZES);
    expect(await findDifferences(shop.db)).toEqual([]);
    expect(await customersOverLimit(shop.db)).toEqual([]);
  } finally {
    await shop.close();
  }
}

async function customersOverLimit(db: Db): Promise<unknown[]> {
  const { rows } = await db.execute(sql`
    SELECT o.customer_id, i.event_id, i.item_id, sum(o.quantity - o.units_returned) AS units
      FROM orders o JOIN event_items i ON i.id = o.event_item_id
     WHERE o.status IN ('pending', 'confirmed')
     GROUP BY o.customer_id, i.event_id, i.item_id
    HAVING sum(o.quantity - o.units_returned) > min(i.limit_per_customer)`);
  return rows;
}
