/** An address as somebody sends it, checked by the rules of its country; and the calls that carry one. */
import * as z from 'zod';
import {
  ADDRESS_CHARS_MAX,
  type Address,
  type AddressFault,
  countryCodeSchema,
} from './address.ts';
import { addressPartFaults, countryRulesOf, isCountry, regionCodeOf } from './address-rules.ts';
import { lineSchema } from './values.ts';

const MESSAGES: Record<AddressFault, string> = {
  country_unknown: 'must be a country of ISO 3166-1',
  part_required: 'is part of an address in this country',
  postal_code_wrong: 'is no postal code of this country',
  region_unknown: 'is no region of this country',
};

/** What is left out, or empty, is not part of the address. */
function optionalLine(charsMax: number) {
  return z
    .preprocess(
      (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
      lineSchema(charsMax).optional(),
    )
    .optional()
    .meta({ minLength: 0, description: 'Empty as if it was left out.' });
}

const knownCountrySchema = countryCodeSchema.refine(isCountry, {
  error: MESSAGES.country_unknown,
  params: { reason: 'country_unknown' },
  abort: true,
});

/** A postal code is kept in capitals; a region by its code, where the country writes codes. */
export const addressInputSchema = z
  .strictObject({
    name: lineSchema(ADDRESS_CHARS_MAX.name),
    company: optionalLine(ADDRESS_CHARS_MAX.company),
    line1: lineSchema(ADDRESS_CHARS_MAX.line1),
    line2: optionalLine(ADDRESS_CHARS_MAX.line2),
    postalCode: optionalLine(ADDRESS_CHARS_MAX.postalCode),
    city: optionalLine(ADDRESS_CHARS_MAX.city),
    region: optionalLine(ADDRESS_CHARS_MAX.region),
    country: knownCountrySchema,
    phone: optionalLine(ADDRESS_CHARS_MAX.phone),
  })
  .superRefine((address, context) => {
    for (const { part, fault } of addressPartFaults(address)) {
      context.addIssue({
        code: 'custom',
        path: [part],
        message: MESSAGES[fault],
        params: { reason: fault },
      });
    }
  })
  .overwrite(inKeptForm);

function inKeptForm<Given extends Partial<Address> & { country: string }>(address: Given): Given {
  const rules = countryRulesOf(address.country);
  const { region, postalCode } = address;
  const code = rules && region !== undefined ? regionCodeOf(rules, region) : undefined;
  const kept = {
    ...address,
    ...(postalCode !== undefined && { postalCode: postalCode.toUpperCase() }),
    ...(code !== undefined && { region: code }),
  };
  // Compared, stored and shown without what it does not have.
  return Object.fromEntries(
    Object.entries(kept).filter(([, value]) => value !== undefined),
  ) as Given;
}

const saveAddress = z
  .boolean()
  .default(false)
  .meta({ description: 'Whether it is kept with the account too, for the next order.' });

export const payInputSchema = z.strictObject({
  address: addressInputSchema.optional().meta({
    description:
      'Where it is delivered to; without it, the one that is kept with the order, else with the account.',
  }),
  saveAddress,
});

export const orderAddressInputSchema = z.strictObject({
  address: addressInputSchema,
  saveAddress,
});

/** Of the account; and of an order, as an admin corrects it. */
export const addressChangeSchema = z.strictObject({ address: addressInputSchema });
