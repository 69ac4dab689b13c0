/** What delivering costs: groups of countries, each with a price for one order. */
import * as z from 'zod';
import { countryCodeSchema } from './address.ts';
import { areUnique } from './values.ts';

export const SHIPPING_GROUPS_MAX = 20;
/** More than there are. */
const COUNTRIES_MAX = 300;

export const shippingGroupSchema = z.object({
  countries: z.array(countryCodeSchema).max(COUNTRIES_MAX).meta({
    description: 'ISO 3166-1, alpha-2. Empty for everywhere else.',
  }),
  priceCents: z.int().min(0).meta({ description: 'For one order, whatever it has.' }),
});
export type ShippingGroup = z.infer<typeof shippingGroupSchema>;

/**
 * What one order costs to deliver. Without groups it is delivered everywhere for nothing.
 * @returns undefined where it is not delivered to that country
 */
export function shippingPriceOf(
  groups: readonly ShippingGroup[],
  country: string,
): number | undefined {
  if (groups.length === 0) return 0;
  const group =
    groups.find(({ countries }) => countries.includes(country)) ??
    groups.find(({ countries }) => countries.length === 0);
  return group?.priceCents;
}

/** What is wrong with groups that were sent, by their places. */
export function shippingFaults(
  groups: readonly ShippingGroup[],
): { path: (string | number)[]; message: string }[] {
  const all = groups.flatMap(({ countries }) => countries);
  const elsewhere = groups.filter(({ countries }) => countries.length === 0).length;
  return [
    ...(areUnique(all) ? [] : [{ path: ['shipping'], message: 'must name each country once' }]),
    ...(elsewhere > 1
      ? [{ path: ['shipping'], message: 'must have one group at most for everywhere else' }]
      : []),
  ];
}
