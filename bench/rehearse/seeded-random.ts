/** Seeded random numbers: the same seed gives the same sale. Must not use any other source. */

import { seededRandom as randomOf } from '../../local/random/seeded-random.ts';

/** Uniform in [0, 1). */
export type Random = () => number;

export const SEED_MAX = 2 ** 32 - 1;

/**
 * `stream` sets apart the generators of one seed, one for each shopper, so that the
 * order in which answers arrive does not change what a shopper does next.
 */
export function seededRandom(seed: number, stream = 0): Random {
  return randomOf(seed ^ Math.imul(stream + 1, 0x9e3779b1));
}

/** Uniform in [min, max). */
export function between(random: Random, min: number, max: number): number {
  return min + random() * (max - min);
}

/** The whole numbers below `count`, in random order (Fisher-Yates). */
export function shuffledIndexes(count: number, random: Random): number[] {
  const indexes = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    const picked = indexes[pick] ?? 0;
    indexes[pick] = indexes[last] ?? 0;
    indexes[last] = picked;
  }
  return indexes;
}
