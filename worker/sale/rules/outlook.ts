/**
 * Whether the queue will reach an entry, as far as can be told. Pure.
 *
 * It rests on the units before the entry, on those that are free or held now, and on how many of the
 * sale's holds lapsed so far: a unit that is held comes back if its hold lapses, is offered to whoever is
 * next, and may come back from them again. It knows neither how much time is left nor whether units will be
 * added, and takes each held unit for a hold of its own.
 */
import type { Outlook } from '../../contract/queue.ts';

/** What became of a sale's holds so far; those that are held still are in neither. */
export interface HoldCounts {
  /** Confirmed. */
  kept: number;
  /** Cancelled, or ended without a confirmation. */
  lapsed: number;
}

/** What an entry waits behind and for. */
export interface Place {
  minQuantity: number;
  /** Wished for by those who are served before it; null where its rank is not known yet. */
  unitsAhead: number | null;
  /** Of its item. */
  free: number;
  held: number;
}

/** As good as having seen so many holds end, one in five of them lapsed: the first ones mean little. */
export const HOLDS_BEFORE_THE_FIRST: HoldCounts = { kept: 8, lapsed: 2 };
/** How far the number of units that come back may be from the expected one, in standard deviations. */
const LIKELY_BELOW = 0.5;
const POSSIBLE_ABOVE = 2;

/**
 * The number of held units that come back has a beta-binomial distribution: the share that lapses is
 * itself only known from the holds so far. `likely` counts those that come back from the present holds,
 * `possible` also those that come back again from whoever was offered them.
 */
export function outlookOf(place: Place, holds: HoldCounts): Outlook {
  const { minQuantity, unitsAhead, free, held } = place;
  if (free + held < minQuantity) return 'impossible';
  if (unitsAhead === null) return 'unknown';
  const needed = unitsAhead + minQuantity;
  const lapsed = holds.lapsed + HOLDS_BEFORE_THE_FIRST.lapsed;
  const ended = holds.kept + HOLDS_BEFORE_THE_FIRST.kept + lapsed;
  const share = lapsed / ended;
  const expected = held * share;
  const deviation = Math.sqrt((expected * (1 - share) * (ended + held)) / (ended + 1));
  if (needed <= free + Math.max(0, expected - LIKELY_BELOW * deviation)) return 'likely';
  const again = (free + expected) / (1 - share);
  return needed <= again + POSSIBLE_ABOVE * deviation ? 'possible' : 'unlikely';
}
