/** What one's place in a queue comes to now: of all that could be said, the one thing that is true. Pure. */
import type { Stock } from '../../worker/contract/events.ts';
import type { Outlook } from '../../worker/contract/queue.ts';
import { aheadNow, outlookNow, type Place } from './place.ts';

/** From then on the close is what counts for whoever waits. */
export const CLOSING_MS = 10 * 60_000;

/**
 * `next`: what comes back is offered to this place first; `behind`: others are before it; `short`: less can
 * come back than it would take; `gone`: nothing can come back by itself.
 */
export type Standing = 'next' | 'behind' | 'short' | 'gone' | 'closing' | 'closed';

export interface StandingFacts {
  readonly standing: Standing;
  /** Null where it has no rank. */
  readonly ahead: number | null;
  /** Units that are free, and those that are held and can come back. */
  readonly canCome: number;
  readonly least: number;
  readonly outlook: Outlook;
}

export interface Waited {
  readonly stock: Stock;
  /** Until the drop closes. */
  readonly closesInMs: number;
}

/** @param place of one that waits; its turn is an order, which says what is to be said of it */
export function standingOf(place: Place, { stock, closesInMs }: Waited): StandingFacts {
  const ahead = aheadNow(place)?.entries ?? null;
  const canCome = stock.remaining + stock.held;
  const { minQuantity: least } = place.entry;
  const facts = { ahead, canCome, least, outlook: outlookNow(place, stock) };
  const is = (standing: Standing): StandingFacts => ({ standing, ...facts });
  if (closesInMs <= 0) return is('closed');
  if (canCome === 0) return is('gone');
  if (canCome < least) return is('short');
  if (closesInMs <= CLOSING_MS) return is('closing');
  return is(ahead === 0 ? 'next' : 'behind');
}

/**
 * How many of the units that are free or held have to come to whoever enters now, for one unit of theirs: one
 * more than all who wait already wish for. Null where even all of them are too few.
 */
export function neededToCome(stock: Stock, waitingUnits: number): number | null {
  const needed = waitingUnits + 1;
  return needed <= stock.remaining + stock.held ? needed : null;
}
