/** What a shopper does with a hold that has to be paid online. Must not know HTTP or time. */
import type { Role } from './roles.ts';

/**
 * - `pay`: pays and comes back to the shop. `no_return`: pays, and looks into their orders later.
 * - `decline`: is declined, and pays again. `authenticate`: the bank asks them first.
 * - `two_pages`: begins in two windows, and pays in both at once.
 * - `cancel`: gives the hold back, and pays on the page that is still open. `race`: both at once.
 * - `abandon`: leaves the page. `late`: pays after the hold. `very_late`: when it was kept no longer.
 */
export type PayPart =
  | 'abandon'
  | 'authenticate'
  | 'cancel'
  | 'decline'
  | 'late'
  | 'no_return'
  | 'pay'
  | 'race'
  | 'two_pages'
  | 'very_late';

const PARTS: Readonly<Record<Role['ending'], readonly PayPart[]>> = {
  keep: ['pay', 'decline', 'no_return', 'two_pages', 'authenticate'],
  cancel: ['race', 'cancel'],
  leave: ['late', 'abandon', 'very_late'],
};

/** In turn within each ending, so that the shares are exact. By the index of the shopper. */
export function dealPayParts(roles: readonly Role[]): PayPart[] {
  const dealt: Record<Role['ending'], number> = { keep: 0, cancel: 0, leave: 0 };
  return roles.map(({ ending }) => {
    const parts = PARTS[ending];
    return parts[dealt[ending]++ % parts.length] ?? 'pay';
  });
}

/** Whoever does not keep and may be left with a unit all the same, since their money came in time. */
export function countMaybeBuyers(parts: readonly PayPart[]): number {
  return parts.filter((part) => part === 'late' || part === 'very_late' || part === 'race').length;
}
