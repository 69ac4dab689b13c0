/** What an order costs and where it is delivered to, as it is shown: fixed by a payment, or as it would be now. */
import { type SQL, sql } from 'drizzle-orm';
import type { Address } from '../../contract/address.ts';
import type { Order } from '../../contract/orders.ts';
import { type ShippingGroup, shippingPriceOf } from '../../contract/shipping.ts';
import { costsOf, type OrderCosts, type TaxPlan, totalsOf } from '../../contract/totals.ts';
import { unitPriceOf } from './order-texts.ts';
import { events, orders } from './schema.ts';

/** Selected beside an order, from the table under its own name. Looked up only where an address is needed. */
export const orderAddressSql = sql<Address | null>`CASE WHEN ${events.needsAddress} THEN (
  SELECT a.address FROM order_addresses a WHERE a.order_id = ${orders.id}) END`;

/** On what costs depend. The account's address counts while the order is held. */
export const orderCostsSql = {
  needsAddress: events.needsAddress,
  shipping: events.shipping,
  country: sql<string | null>`CASE WHEN ${events.needsAddress} THEN coalesce(
    (SELECT a.address ->> 'country' FROM order_addresses a WHERE a.order_id = ${orders.id}),
    CASE WHEN ${orders.status} = 'pending' THEN (
      SELECT c.address ->> 'country' FROM customer_addresses c WHERE c.customer_id = ${orders.customerId}) END)
    END`,
};

export interface CostBasis {
  needsAddress: boolean;
  shipping: readonly ShippingGroup[];
  /** Of the address that is known. */
  country: string | null;
}

type OrderRow = typeof orders.$inferSelect;

/** The members of an order that are about its costs. */
export function costFieldsOf(
  order: OrderRow,
  basis: CostBasis,
  tax: TaxPlan,
): Pick<Order, 'needsAddress' | 'totals'> {
  const items = itemsMinorOf(order);
  return {
    needsAddress: basis.needsAddress,
    totals: totalsOf(items, shownCosts(order, basis, tax)),
  };
}

export function itemsMinorOf(order: OrderRow): number {
  return order.quantity * unitPriceOf(order);
}

/** What it costs beside its items, if somebody began to pay now. */
export function costsNow(order: OrderRow, basis: CostBasis, tax: TaxPlan): OrderCosts {
  const { needsAddress, shipping, country } = basis;
  const shippingCents =
    needsAddress && country !== null ? (shippingPriceOf(shipping, country) ?? null) : null;
  return costsOf(itemsMinorOf(order), { shippingCents, country, tax });
}

export function fixedCostsOf(order: OrderRow): OrderCosts | undefined {
  const { taxMinor, taxIncluded, taxRateMilli } = order;
  if (!order.costsFixed) return undefined;
  return {
    shippingCents: order.shippingMinor,
    tax:
      taxMinor === null
        ? null
        : { amountCents: taxMinor, included: taxIncluded ?? false, rateMilli: taxRateMilli ?? 0 },
    country: order.costsCountry,
  };
}

export function shownCosts(order: OrderRow, basis: CostBasis, tax: TaxPlan): OrderCosts {
  const fixed = fixedCostsOf(order);
  if (fixed !== undefined) return fixed;
  // Somebody began to pay by the version before, which knew of none.
  if (order.paying) return { shippingCents: null, tax: null, country: null };
  return costsNow(order, basis, tax);
}

/** Assigns what an order costs beside its items. */
export function costColumns(costs: OrderCosts | undefined): SQL {
  const { shippingCents = null, tax = null, country = null } = costs ?? {};
  return sql`shipping_minor = ${shippingCents}::bigint, tax_minor = ${tax?.amountCents ?? null}::bigint,
    tax_included = ${tax?.included ?? null}::boolean, tax_rate_milli = ${tax?.rateMilli ?? null}::int,
    costs_country = ${country}`;
}

/** Whether the order `o` has these costs. */
export function hasCosts({ shippingCents, tax }: OrderCosts): SQL {
  return sql`o.shipping_minor IS NOT DISTINCT FROM ${shippingCents}::bigint
    AND o.tax_minor IS NOT DISTINCT FROM ${tax?.amountCents ?? null}::bigint
    AND o.tax_included IS NOT DISTINCT FROM ${tax?.included ?? null}::boolean`;
}
