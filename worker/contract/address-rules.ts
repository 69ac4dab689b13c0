/**
 * What a postal address must have in a country, and what its postal code and region look like. Browsers load
 * it late: it is for forms and for checking what was sent. The table behind it is address-table.ts.
 */
import type { AddressFault } from './address.ts';
import { ADDRESS_COUNTRIES, ADDRESS_REGIONS } from './address-table.ts';

/** Parts that differ by country. */
export type CountryPart = 'city' | 'line1' | 'postalCode' | 'region';

export interface CountryRules {
  /** Those that an address must have there. */
  required: ReadonlySet<CountryPart>;
  /** Those that one writes there, in the order in which they stand on a letter. */
  written: readonly CountryPart[];
  /** What a whole postal code matches; undefined where any text does. */
  postalCode: RegExp | undefined;
  /** Regions by their code, where one writes the code; empty where a region is any text. */
  regions: ReadonlyMap<string, string>;
}

export interface AddressPartFault {
  part: CountryPart | 'country';
  fault: AddressFault;
}

const PARTS: Readonly<Record<string, CountryPart>> = {
  A: 'line1',
  C: 'city',
  S: 'region',
  Z: 'postalCode',
};

/** A line of the table: country, parts that are required, parts in the order of a letter, postal code. */
const ENTRY = /^(\w\w):(\w*):(\w*):(.*)$/;
let table: ReadonlyMap<string, RegExpExecArray> | undefined;
let regionTable: ReadonlyMap<string, string> | undefined;
const read = new Map<string, CountryRules>();

/** All countries of ISO 3166-1, alpha-2, sorted. */
export function countryCodes(): string[] {
  return [...countryTable().keys()];
}

export function isCountry(code: string): boolean {
  return countryTable().has(code);
}

/** @returns undefined for what is no country. */
export function countryRulesOf(country: string): CountryRules | undefined {
  const known = read.get(country);
  if (known !== undefined) return known;
  const entry = countryTable().get(country);
  if (entry === undefined) return undefined;
  const [, , required = '', written = '', postalCode = ''] = entry;
  const rules = {
    required: new Set(partsIn(required)),
    written: partsIn(written),
    postalCode: postalCode === '' ? undefined : new RegExp(`^(?:${postalCode})$`, 'i'),
    regions: regionsOf(country),
  };
  read.set(country, rules);
  return rules;
}

/** What is wrong with an address for its country; parts may be left out or empty. */
export function addressPartFaults(
  address: Partial<Record<CountryPart, string | undefined>> & { country: string },
): AddressPartFault[] {
  const rules = countryRulesOf(address.country);
  if (rules === undefined) return [{ part: 'country', fault: 'country_unknown' }];
  const missing = [...rules.required]
    .filter((part) => (address[part] ?? '') === '')
    .map((part) => ({ part, fault: 'part_required' as const }));
  const { postalCode = '', region = '' } = address;
  return [
    ...missing,
    ...(postalCode !== '' && rules.postalCode?.test(postalCode) === false
      ? [{ part: 'postalCode' as const, fault: 'postal_code_wrong' as const }]
      : []),
    ...(region !== '' && rules.regions.size > 0 && regionCodeOf(rules, region) === undefined
      ? [{ part: 'region' as const, fault: 'region_unknown' as const }]
      : []),
  ];
}

/** The code of a region that is written as its code or its name, in any case. */
export function regionCodeOf({ regions }: CountryRules, written: string): string | undefined {
  const wanted = written.toLowerCase();
  for (const [code, name] of regions) {
    if (code.toLowerCase() === wanted || name.toLowerCase() === wanted) return code;
  }
  return undefined;
}

function partsIn(letters: string): CountryPart[] {
  return letters.split('').flatMap((letter) => PARTS[letter] ?? []);
}

function countryTable(): ReadonlyMap<string, RegExpExecArray> {
  table ??= new Map(
    ADDRESS_COUNTRIES.trim()
      .split(/[\n\t]/)
      .flatMap((line) => {
        const entry = ENTRY.exec(line);
        return entry?.[1] === undefined ? [] : [[entry[1], entry] as const];
      }),
  );
  return table;
}

function regionsOf(country: string): ReadonlyMap<string, string> {
  regionTable ??= new Map(
    ADDRESS_REGIONS.trim()
      .split('\n')
      .map((line) => [line.slice(0, 2), line.slice(3)] as const),
  );
  const pairs = regionTable.get(country)?.split('~') ?? [];
  return new Map(
    pairs.map((pair) => {
      const [code = '', name = code] = pair.split('=');
      return [code, name] as const;
    }),
  );
}
