/** A postal address as it is kept and shown. Which parts it must have where: see address-rules.ts. */
import * as z from 'zod';

/** Characters that a part of an address may have. */
export const ADDRESS_CHARS_MAX = {
  name: 100,
  company: 100,
  line1: 120,
  line2: 120,
  postalCode: 20,
  city: 80,
  region: 80,
  phone: 30,
} as const;

/** Why a part of an address is refused. */
export const ADDRESS_FAULTS = [
  'country_unknown',
  'part_required',
  'postal_code_wrong',
  'region_unknown',
] as const;
export type AddressFault = (typeof ADDRESS_FAULTS)[number];

/** ISO 3166-1, alpha-2, in capitals. */
export const countryCodeSchema = z.string().regex(/^[A-Z]{2}$/, { abort: true });

/** A part that an address does not have is left out. */
export const addressSchema = z.object({
  name: z.string(),
  company: z.string().optional(),
  line1: z.string(),
  line2: z.string().optional(),
  postalCode: z.string().optional(),
  city: z.string().optional(),
  region: z.string().optional(),
  country: countryCodeSchema,
  phone: z.string().optional(),
});
export type Address = z.infer<typeof addressSchema>;
export type AddressPart = keyof Address;

/** The names of the parts in which two addresses differ, in the order of the letters. */
export function changedParts(before: Address | null, after: Address): AddressPart[] {
  const names = Object.keys(addressSchema.shape) as AddressPart[];
  return names.filter((name) => before?.[name] !== after[name]);
}

/** What an account keeps for its next order. */
export const profileAddressSchema = z.strictObject({ address: addressSchema.nullable() });
export type ProfileAddress = z.infer<typeof profileAddressSchema>;
