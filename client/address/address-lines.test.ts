import { expect, it } from 'vitest';
import { countryCodes } from '../../worker/contract/address-rules.ts';
import { EN } from '../texts/en.ts';
import { LAZY_EN } from '../texts/lazy/en.ts';
import { addressLines } from './address-lines.ts';
import { countryName, likelyCountry, namedCountries } from './country-names.ts';
import { partNamesIn } from './part-names.ts';

const MAJA = { name: 'Maja Holm', line1: 'Torstraße 1', city: 'Berlin' };

it('writes an address as its country does', () => {
  const german = { ...MAJA, company: 'Holm GmbH', postalCode: '10119', country: 'DE' };
  expect(addressLines(german)).toEqual([
    'Maja Holm',
    'Holm GmbH',
    'Torstraße 1',
    '10119 Berlin',
    'Germany',
  ]);
  const american = { ...MAJA, line2: 'Apt 2', city: 'Boise', region: 'ID', country: 'US' };
  expect(addressLines({ ...american, postalCode: '83702', phone: '+1 208 555 0100' })).toEqual([
    'Maja Holm',
    'Torstraße 1',
    'Apt 2',
    'Boise ID 83702',
    'United States',
  ]);
  const japanese = { ...MAJA, region: 'Tokyo', postalCode: '150-0001', country: 'JP' };
  expect(addressLines(japanese).slice(1, -1)).toEqual(['150-0001 Tokyo', 'Torstraße 1', 'Berlin']);
});

it('leaves no part of an address out, wherever it is', () => {
  const all = { ...MAJA, postalCode: 'CODE', region: 'REGION' };
  const lost = countryCodes().filter((country) => {
    const text = addressLines({ ...all, country }).join(' ');
    return !text.includes('Berlin') || !text.includes('CODE') || !text.includes('REGION');
  });
  expect(lost).toEqual([]);
});

it('calls countries and their parts by names that the page has', () => {
  expect(EN.language).toBe('en');
  expect(namedCountries(['ES', 'DE', 'AT']).map(({ code }) => code)).toEqual(['AT', 'DE', 'ES']);
  expect(countryName('GB')).toBe('United Kingdom');
  const { postalCode, city, region } = LAZY_EN.address;
  const names = partNamesIn('US');
  expect([postalCode[names.postalCode], region[names.region]]).toEqual(['ZIP code', 'State']);
  expect(city[partNamesIn('GB').city]).toBe('Post town');
  expect(partNamesIn('DE')).toEqual({ postalCode: 'postal', city: 'city', region: 'province' });
});

it('guesses the country from the language of the browser', () => {
  expect(['de', 'de-CH', 'en-GB', 'en'].map(likelyCountry)).toEqual(['DE', 'CH', 'GB', 'US']);
});
