/** What events and orders keep of delivery and tax, in their own rows. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  integer,
  jsonb,
  text,
} from 'drizzle-orm/pg-core';
import type { ShippingGroup } from '../../contract/shipping.ts';

export const deliveryPlan = {
  needsAddress: boolean('needs_address').notNull().default(false),
  shipping: jsonb('shipping').$type<ShippingGroup[]>().notNull().default([]),
};

/**
 * What an order costs beside its items, fixed when somebody begins to pay for it; until then it follows from
 * its address. The SQL function `order_total` adds it up. Minor units of its currency.
 */
export const orderCosts = {
  costsFixed: boolean('costs_fixed').notNull().default(false),
  /** Null where nothing is delivered. */
  shippingMinor: bigint('shipping_minor', { mode: 'number' }),
  /** Null without a tax. */
  taxMinor: bigint('tax_minor', { mode: 'number' }),
  /** Whether it is in the prices already. */
  taxIncluded: boolean('tax_included'),
  /** Thousandths of a percent. */
  taxRateMilli: integer('tax_rate_milli'),
  /** ISO 3166-1, alpha-2: on which they depend. */
  costsCountry: text('costs_country'),
};

type CostColumns = Record<Exclude<keyof typeof orderCosts, 'costsCountry'>, AnyPgColumn>;

export const orderCostsCheck = (t: CostColumns) =>
  check(
    'orders_costs',
    sql`coalesce(${t.shippingMinor}, 0) >= 0 AND coalesce(${t.taxMinor}, 0) >= 0
      AND (${t.taxMinor} IS NULL) = (${t.taxIncluded} IS NULL) AND (${t.taxMinor} IS NULL) = (${t.taxRateMilli} IS NULL)
      AND (${t.costsFixed} OR ${t.shippingMinor} IS NULL AND ${t.taxMinor} IS NULL)`,
  );
