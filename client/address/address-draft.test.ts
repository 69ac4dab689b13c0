import { describe, expect, it } from 'vitest';
import { ADDRESS_CHARS_MAX, type Address } from '../../worker/contract/address.ts';
import { countryCodes, countryRulesOf } from '../../worker/contract/address-rules.ts';
import { LAZY_EN } from '../texts/lazy/en.ts';
import {
  draftOfAddress,
  faultsIn,
  faultsOf,
  inCountry,
  PART_CHARS_MAX,
  partsToFill,
  readAddress,
} from './address-draft.ts';

const { faults } = LAZY_EN.address;
const BERLIN: Address = {
  name: 'Maja Holm',
  line1: 'Torstraße 1',
  postalCode: '10119',
  city: 'Berlin',
  country: 'DE',
};

it('has room for as much as the contract', () => {
  expect(PART_CHARS_MAX).toEqual(ADDRESS_CHARS_MAX);
});

/** Between the street and the phone number. */
function local(country: string) {
  return partsToFill(countryRulesOf(country)).slice(4, -1);
}

describe('the fields of a country', () => {
  it('stand in the order in which they are written there', () => {
    expect(local('DE')).toEqual(['postalCode', 'city']);
    expect(local('GB')).toEqual(['city', 'postalCode']);
    expect(local('US')).toEqual(['city', 'region', 'postalCode']);
    expect(partsToFill(countryRulesOf('??'))).toEqual([]);
  });

  it('can be filled in everywhere: what is required is asked for', () => {
    const unasked = countryCodes().filter((country) => {
      const rules = countryRulesOf(country);
      const asked = new Set<string>(partsToFill(rules));
      return [...(rules?.required ?? [])].some((part) => !asked.has(part));
    });
    expect(unasked).toEqual([]);
  });
});

describe('a draft', () => {
  it('begins with a likely country, and without one that is none', () => {
    expect(draftOfAddress(null, 'AT')).toMatchObject({ country: 'AT', name: '', region: '' });
    expect(draftOfAddress(null, '001').country).toBe('');
    expect(draftOfAddress(BERLIN, 'AT')).toMatchObject(BERLIN);
  });

  it('without a country is asked for that, and for nothing else', () => {
    expect(faultsIn(draftOfAddress(null, ''))).toEqual({ country: faults.notChosen });
  });

  it('says of each part what it lacks', () => {
    const draft = { ...draftOfAddress(null, 'US'), name: ' ', line1: '1 Main St', city: 'Boise' };
    expect(faultsIn(draft)).toEqual({
      name: faults.missing,
      region: faults.notChosen,
      postalCode: faults.missing,
    });
    expect(faultsIn({ ...draftOfAddress(BERLIN, ''), postalCode: '1011' })).toEqual({
      postalCode: faults.postalCode('Germany'),
    });
    expect(faultsIn(draftOfAddress(BERLIN, ''))).toEqual({});
  });

  it('keeps what was typed when the country is another, but no region that it does not have', () => {
    const texan = { ...draftOfAddress(BERLIN, ''), country: 'US', region: 'TX' };
    expect(inCountry(texan, 'DE').region).toBe('TX');
    expect(inCountry(texan, 'CA')).toEqual({ ...texan, country: 'CA', region: '' });
  });

  it('is sent without what is empty or has no place in its country', () => {
    const draft = { ...draftOfAddress(BERLIN, ''), name: ' Maja Holm ', region: 'TX', phone: ' ' };
    expect(readAddress(draft)).toEqual(BERLIN);
  });
});

describe('what the server refuses', () => {
  const draft = { ...draftOfAddress(BERLIN, ''), company: 'a\u202eb' };

  it('is said at its part', () => {
    const problem = {
      code: 'malformed',
      fields: [
        { path: 'address.postalCode', message: '', reason: 'postal_code_wrong' },
        { path: 'address.company', message: 'must not turn the direction of text' },
        { path: 'address.phone', message: '' },
        { path: 'saveAddress', message: '' },
      ],
    } as const;
    expect(faultsOf(problem, draft)).toEqual({
      postalCode: faults.postalCode('Germany'),
      company: faults.characters,
      phone: faults.missing,
    });
  });

  it('is said at the country, where nothing is delivered there', () => {
    expect(faultsOf({ code: 'not_delivered_there' }, draft)).toEqual({
      country: faults.notDelivered('Germany'),
    });
    expect(faultsOf({ code: 'unavailable' }, draft)).toEqual({});
  });
});
