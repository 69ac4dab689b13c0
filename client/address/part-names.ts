/** What a postal code, a town and a region are called where: the kinds that the page has words for. */
import type { ADDRESS_EN } from '../texts/lazy/address-en.ts';

type Kinds<Part extends 'postalCode' | 'city' | 'region'> = {
  readonly [Kind in keyof (typeof ADDRESS_EN)[Part]]?: string;
};

/** By Google's address data service, as address-table.ts; all other countries have the usual kind. */
const POSTAL_CODES: Kinds<'postalCode'> = {
  zip: 'AS FM GU MH MP PR PW UM US VI',
  eircode: 'IE',
  pin: 'IN',
};
const CITIES: Kinds<'city'> = {
  suburb: 'AU',
  post_town: 'GB NO SE SJ',
  district: 'HK PE SD SY TR TW',
};
const REGIONS: Kinds<'region'> = {
  emirate: 'AE',
  state: 'AS AU BR FM IN MH MP MX MY NG PW UM US VE VI',
  parish: 'BB JM',
  island: 'BS CV KI KN KY PF SC TV',
  department: 'CO HN NI',
  area: 'HK',
  county: 'IE TW',
  prefecture: 'JP',
  do_si: 'KR',
  district: 'NR',
  oblast: 'RU UA',
};

export interface PartNames {
  readonly postalCode: keyof (typeof ADDRESS_EN)['postalCode'];
  readonly city: keyof (typeof ADDRESS_EN)['city'];
  readonly region: keyof (typeof ADDRESS_EN)['region'];
}

export function partNamesIn(country: string): PartNames {
  return {
    postalCode: kindIn(POSTAL_CODES, country) ?? 'postal',
    city: kindIn(CITIES, country) ?? 'city',
    region: kindIn(REGIONS, country) ?? 'province',
  };
}

function kindIn<Kind extends string>(
  kinds: { readonly [Name in Kind]?: string },
  country: string,
): Kind | undefined {
  const entries = Object.entries(kinds) as [Kind, string][];
  return entries.find(([, countries]) => countries.split(' ').includes(country))?.[0];
}
