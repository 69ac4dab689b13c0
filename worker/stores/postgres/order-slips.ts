/** What goes into the parcels of several orders, to be printed; each is written into the audit log, as it has an address. */
import { eq, inArray, sql } from 'drizzle-orm';
import type { OrderId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { OrderSlip } from '../../contract/order-slips.ts';
import type { TaxPlan, Totals } from '../../contract/totals.ts';
import { orderAddresses } from './address-schema.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded } from './client.ts';
import { costFieldsOf, orderCostsSql } from './order-costs.ts';
import { eventItemTexts, orderTexts, orderTextsOn, unitPriceOf } from './order-texts.ts';
import { eventItems, events, orders, users } from './schema.ts';

export interface SlipWish {
  ids: readonly OrderId[];
  actor: string;
  tax: TaxPlan;
}

/** In the order of `ids`; without those of which there is nothing to send, or that are not there. */
export async function readSlips(db: Db, { ids, actor, tax }: SlipWish): Promise<OrderSlip[]> {
  const { eventTitle, itemName, variantLabel } = orderTexts;
  const toPack = sql`orders.status = 'confirmed' AND orders.units_returned < orders.quantity`;
  const [rows] = await guarded(() =>
    db.batch([
      db
        .select({
          order: orders,
          basis: orderCostsSql,
          address: orderAddresses.address,
          eventTitle,
          itemName,
          variantLabel,
          customerName: users.displayName,
          language: users.language,
        })
        .from(orders)
        .innerJoin(eventItems, orderTextsOn.eventItems)
        .innerJoin(events, orderTextsOn.events)
        .innerJoin(itemCatalog, orderTextsOn.itemCatalog)
        .leftJoin(eventItemTexts, orderTextsOn.eventItemTexts)
        .innerJoin(users, eq(users.id, orders.customerId))
        .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
        .where(sql`${inArray(orders.id, [...ids])} AND ${toPack}`),
      db.execute(sql`
        INSERT INTO audit_log (actor, action, subject)
        SELECT ${actor}, 'order.slip', id FROM orders WHERE id IN ${ids} AND ${toPack} ORDER BY id`),
    ]),
  );
  const slips = rows.map(({ order, basis, ...texts }) => ({
    ...texts,
    ...totalsIn(costFieldsOf(order, basis, tax)),
    id: order.id,
    number: orderNumberOf(order.id),
    units: order.quantity - order.unitsReturned,
    boughtAt: (order.endedAt ?? order.reservedAt).toISOString(),
    unitPriceCents: unitPriceOf(order),
    currency: order.currency,
  }));
  const byId = new Map(slips.map((slip) => [slip.id, slip]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function totalsIn({ totals }: { totals: Totals }): Pick<OrderSlip, 'totals' | 'totalCents'> {
  return { totals, totalCents: totals.totalCents };
}
