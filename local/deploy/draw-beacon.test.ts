import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS, readEnvironment } from '../environments.ts';
import { beaconComplaints, beaconWarnings } from './draw-beacon.ts';

describe('the beacon of a shop that is deployed', () => {
  it('is a public one, as wrangler.toml says', () => {
    for (const environment of ENVIRONMENTS) {
      const { vars } = readEnvironment('shop', environment);
      expect(vars['DRAW_BEACON']).toBe('drand');
      expect(beaconWarnings(environment, vars)).toEqual([]);
      expect(beaconComplaints(vars)).toEqual([]);
    }
  });

  it('is warned of in production where it is the shop’s own', () => {
    for (const vars of [{ DRAW_BEACON: 'local' }, { DRAW_BEACON: '' }, {}]) {
      expect(beaconWarnings('production', vars)).toHaveLength(1);
      expect(beaconWarnings('staging', vars)).toEqual([]);
    }
  });

  it('is not asked by a relay without TLS', () => {
    const relays = 'https://relay.example,http://127.0.0.1:8799';
    expect(beaconComplaints({ DRAW_RELAYS: relays })).toHaveLength(1);
    expect(beaconComplaints({ DRAW_RELAYS: 'https://relay.example' })).toEqual([]);
  });
});
