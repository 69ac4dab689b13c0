/** Whether the beacon that decides draws is one for an environment that is deployed. */
import type { Environment } from '../environments.ts';

type Vars = Record<string, unknown>;

/** What keeps the shop from being deployed. */
export function beaconComplaints({ DRAW_RELAYS: relays }: Vars): string[] {
  if (typeof relays !== 'string' || !/\bhttp:\/\//.test(relays)) return [];
  return [
    'DRAW_RELAYS is malformed; it must be https origins: http ones are for a machine of one’s own',
  ];
}

/** What it can be deployed with, and does not prove to anybody outside. */
export function beaconWarnings(environment: Environment, { DRAW_BEACON: beacon }: Vars): string[] {
  if (environment !== 'production' || beacon === 'drand') return [];
  return [
    'DRAW_BEACON is not drand: draws are decided by a beacon of the shop’s own, and prove nothing to outsiders',
  ];
}
