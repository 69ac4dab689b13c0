/** Which round of which beacon decides a draw that is planned now, and when its entries close. */
import type { BeaconKind, NamedBeacon } from '../contract/draw.ts';
import { type BeaconChain, nameRound, QUICKNET } from './beacon-rounds.ts';

export interface BeaconPlan {
  /** How long before the opening entries close. */
  leadSeconds: number;
  /** @param startsAtMs of the sale. Throws a Fault. */
  nameRound(startsAtMs: number): Promise<NamedBeacon>;
}

/** @param localChain tells the chain of the shop's own beacon, which stays the same. Throws a Fault. */
export function createBeaconPlan(
  config: { beacon: BeaconKind; leadSeconds: number },
  localChain: () => Promise<BeaconChain>,
): BeaconPlan {
  const { beacon: kind, leadSeconds } = config;
  let known: BeaconChain | undefined = kind === 'drand' ? QUICKNET : undefined;
  return {
    leadSeconds,
    async nameRound(startsAtMs) {
      known ??= await localChain();
      return nameRound(kind, known, startsAtMs);
    },
  };
}
