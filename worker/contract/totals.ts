/** What an order costs: items, delivery and tax. Pure, and the same wherever it is computed. */
import * as z from 'zod';
import { countryCodeSchema } from './address.ts';

/** Thousandths of a percent in one. */
export const MILLI = 1_000;
/** Of a whole. */
const MILLI_PERCENTS = 100 * MILLI;

/** `included`: the prices have it in them. `added`: it is paid on top of them. */
export const taxModeSchema = z.enum(['none', 'included', 'added']);
export type TaxMode = z.infer<typeof taxModeSchema>;

export interface TaxPlan {
  mode: TaxMode;
  /** Thousandths of a percent by country; `*` where there is no address, or no other rate. */
  rates: ReadonlyMap<string, number>;
}

export const NO_TAX: TaxPlan = { mode: 'none', rates: new Map() };

/** The tax of one order. */
export interface Tax {
  amountCents: number;
  included: boolean;
  /** Thousandths of a percent. */
  rateMilli: number;
}

/** What an order costs beside its items. */
export interface OrderCosts {
  /** Null where nothing is delivered, or nobody knows yet where to. */
  shippingCents: number | null;
  tax: Tax | null;
  /** Where it is delivered to. */
  country: string | null;
}

export const totalsLineSchema = z.object({
  kind: z.enum(['items', 'shipping', 'tax']),
  amountCents: z.int().min(0),
  included: z.boolean().meta({
    description:
      'Whether it is in the other lines already. Those that are not add up to the total.',
  }),
  ratePercent: z.number().optional().meta({ description: 'Of a tax.' }),
  country: countryCodeSchema.optional().meta({
    description: 'Of delivery and tax: the country that they depend on.',
  }),
});
export type TotalsLine = z.infer<typeof totalsLineSchema>;

export const totalsSchema = z.object({
  lines: z.array(totalsLineSchema),
  totalCents: z.int().min(0),
});
export type Totals = z.infer<typeof totalsSchema>;

/** How the tax of an event's orders is told beside its prices: not at all where no order has any. */
export function taxBesidePrices(
  { mode, rates }: TaxPlan,
  { needsAddress }: { needsAddress: boolean },
): TaxMode {
  const rate = needsAddress ? Math.max(0, ...rates.values()) : (rates.get('*') ?? 0);
  return rate > 0 ? mode : 'none';
}

/** @param shippingCents null where nothing is delivered, or nobody knows yet where to */
export function costsOf(
  itemsCents: number,
  { shippingCents, country, tax }: { tax: TaxPlan } & Omit<OrderCosts, 'tax'>,
): OrderCosts {
  return { shippingCents, country, tax: taxOf(itemsCents + (shippingCents ?? 0), country, tax) };
}

export function totalCentsOf(itemsCents: number, { shippingCents, tax }: OrderCosts): number {
  return itemsCents + (shippingCents ?? 0) + (tax && !tax.included ? tax.amountCents : 0);
}

export function totalsOf(itemsCents: number, costs: OrderCosts): Totals {
  const { shippingCents, tax } = costs;
  const where = costs.country === null ? {} : { country: costs.country };
  return {
    lines: [
      { kind: 'items', amountCents: itemsCents, included: false },
      ...(shippingCents === null
        ? []
        : [{ kind: 'shipping' as const, amountCents: shippingCents, included: false, ...where }]),
      ...(tax === null
        ? []
        : [
            {
              kind: 'tax' as const,
              amountCents: tax.amountCents,
              included: tax.included,
              ratePercent: tax.rateMilli / MILLI,
              ...where,
            },
          ]),
    ],
    totalCents: totalCentsOf(itemsCents, costs),
  };
}

/** Rounded half up, once. */
function taxOf(netOrGross: number, country: string | null, { mode, rates }: TaxPlan): Tax | null {
  if (mode === 'none') return null;
  const rateMilli = (country === null ? undefined : rates.get(country)) ?? rates.get('*') ?? 0;
  if (rateMilli === 0) return null;
  const whole = mode === 'included' ? MILLI_PERCENTS + rateMilli : MILLI_PERCENTS;
  return {
    amountCents: dividedHalfUp(BigInt(netOrGross) * BigInt(rateMilli), BigInt(whole)),
    included: mode === 'included',
    rateMilli,
  };
}

/** Exact: a product of money and a rate may be greater than what a number holds. */
function dividedHalfUp(dividend: bigint, divisor: bigint): number {
  return Number((2n * dividend + divisor) / (2n * divisor));
}
