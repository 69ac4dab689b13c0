/** Who does what in the sale, drawn from the seed. Must not know HTTP or time. */

import { between, type Random, shuffledIndexes } from './seeded-random.ts';
import type { Timing } from './timing.ts';

/** What a shopper does with a hold: buys it, gives it back, or walks away from it. */
type Ending = 'keep' | 'cancel' | 'leave';

export interface Role {
  ending: Ending;
  /** Sends every purchase twice at once, with one key. */
  doubleClicks: boolean;
  /** Buys this long before the opening; 0 is on time. */
  earlyMs: number;
  thinkMs: number;
}

export interface RoleShares {
  shoppers: number;
  cancelPercent: number;
  leavePercent: number;
}

const DOUBLE_CLICK_SHARE = 0.1;
const EARLY_SHARE = 0.02;

/**
 * The shares are of all shoppers and exact, not drawn one by one. Who keeps never gives up while a
 * unit may come back, and who does not keep leaves after one hold, so whoever wins the race,
 * exactly `min(stock, keepers)` units must be sold in the end.
 */
export function drawRoles(shares: RoleShares, timing: Timing, random: Random): Role[] {
  const cancellers = Math.round((shares.shoppers * shares.cancelPercent) / 100);
  const leavers = Math.round((shares.shoppers * shares.leavePercent) / 100);
  const doubles = new Set(pick(shares.shoppers, DOUBLE_CLICK_SHARE, random));
  const early = new Set(pick(shares.shoppers, EARLY_SHARE, random));
  const roles: Role[] = [];
  for (const place of shuffledIndexes(shares.shoppers, random)) {
    const index = roles.length;
    roles.push({
      ending: endingAt(place, cancellers, leavers),
      doubleClicks: doubles.has(index),
      earlyMs: early.has(index) ? between(random, timing.earlyMsMin, timing.earlyMsMax) : 0,
      thinkMs: between(random, 0, timing.thinkMsMax),
    });
  }
  return roles;
}

export function countKeepers(roles: readonly Role[]): number {
  return roles.filter((role) => role.ending === 'keep').length;
}

function endingAt(place: number, cancellers: number, leavers: number): Ending {
  if (place < cancellers) return 'cancel';
  return place < cancellers + leavers ? 'leave' : 'keep';
}

function pick(count: number, share: number, random: Random): number[] {
  return shuffledIndexes(count, random).slice(0, Math.ceil(count * share));
}
