import { describe, expect, it } from 'vitest';
import { addressInputSchema } from './address-input.ts';
import { addressPartFaults, countryCodes, countryRulesOf } from './address-rules.ts';

const HERE = { name: 'Ada Example', line1: 'Street 1', city: 'Berlin', country: 'DE' };

describe('the rules of addresses', () => {
  it('know all countries of ISO 3166-1, and read the postal code of each', () => {
    const codes = countryCodes();
    expect(codes).toHaveLength(249);
    for (const code of codes) expect(countryRulesOf(code)?.written).toContain('line1');
  });

  it.each([
    ['DE', '10115', '1011'],
    ['AT', '1010', '10100'],
    ['GB', 'sw1a 1aa', '10115'],
    ['US', '94043-1351', '9404'],
    ['CA', 'K1A 0B1', 'K1A'],
  ])('tell a postal code of %s from another text', (country, right, wrong) => {
    const region = country === 'US' ? 'CA' : country === 'CA' ? 'ON' : undefined;
    const address = { ...HERE, country, region };
    expect(addressPartFaults({ ...address, postalCode: right })).toEqual([]);
    expect(addressPartFaults({ ...address, postalCode: wrong })).toEqual([
      { part: 'postalCode', fault: 'postal_code_wrong' },
    ]);
  });

  it('ask for what an address has in its country', () => {
    expect(addressPartFaults({ ...HERE, city: '' })).toEqual([
      { part: 'city', fault: 'part_required' },
      { part: 'postalCode', fault: 'part_required' },
    ]);
    expect(addressPartFaults({ ...HERE, country: 'IE' })).toEqual([]);
    expect(addressPartFaults({ ...HERE, country: 'ZZ' })).toEqual([
      { part: 'country', fault: 'country_unknown' },
    ]);
  });
});

describe('an address that is sent', () => {
  it('is kept with its postal code in capitals, its region by its code and nothing empty', () => {
    const sent = { ...HERE, country: 'CA', region: 'ontario', postalCode: 'k1a 0b1', company: ' ' };
    expect(addressInputSchema.parse(sent)).toEqual({
      ...HERE,
      country: 'CA',
      region: 'ON',
      postalCode: 'K1A 0B1',
    });
  });

  it.each([
    [{ postalCode: '1' }, 'postalCode', 'postal_code_wrong'],
    [{}, 'postalCode', 'part_required'],
    [{ country: 'XX' }, 'country', 'country_unknown'],
    [{ country: 'US', postalCode: '94043', region: 'Bavaria' }, 'region', 'region_unknown'],
  ])('names the part at fault: %o', (wrong, part, reason) => {
    const { error } = addressInputSchema.safeParse({ ...HERE, ...wrong });
    expect(error?.issues).toMatchObject([{ path: [part], params: { reason } }]);
  });

  it('is text that can be seen, in one line each', () => {
    for (const line1 of ['', ' ', 'a\nb', '\u200b', 'a\u202eb']) {
      expect(addressInputSchema.safeParse({ ...HERE, postalCode: '10115', line1 }).success).toBe(
        false,
      );
    }
  });
});
