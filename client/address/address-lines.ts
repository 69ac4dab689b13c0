/** An address as it stands on a letter, line by line. Pure. */
import type { Address } from '../../worker/contract/address.ts';
import { type CountryPart, countryRulesOf } from '../../worker/contract/address-rules.ts';
import { countryName } from './country-names.ts';

/** Of a country that the table does not have any more. */
const USUAL: readonly CountryPart[] = ['line1', 'postalCode', 'city', 'region'];

/** The country is the last line, in the language of the page. The phone number is on no letter. */
export function addressLines(address: Address): string[] {
  const { name, company, line1, line2, country } = address;
  const written = countryRulesOf(country)?.written ?? USUAL;
  const street = written.indexOf('line1');
  // Nothing is lost where the country has no place for it.
  const unplaced = USUAL.filter((part) => !written.includes(part));
  const town = (parts: readonly CountryPart[]) =>
    parts.flatMap((part) => address[part] ?? []).join(' ');
  const lines = [
    name,
    company,
    town(written.slice(0, street)),
    line1,
    line2,
    town([...written.slice(street + 1), ...unplaced]),
    countryName(country),
  ];
  return lines.filter((line) => line !== undefined && line !== '') as string[];
}
