/** What shoppers observed: the answers they got, and when. Must not judge. */
import type { EventItemId, OrderId } from '../../worker/contract/ids.ts';
import type { Sample } from './statistics.ts';

/** All times in ms since the epoch by the server's clock. */
export interface ObservedHold {
  shopper: number;
  eventItemId: EventItemId;
  orderId: OrderId;
  units: number;
  reservedAtMs: number;
  expiresAtMs: number;
  /** The `serverNow` of the answer: the hold was committed by then. */
  committedByMs: number;
  /** When the shopper had the answer. */
  toldAtMs: number;
  /** When the confirm or cancel was first sent; null before, and for who walks away. */
  endAskedAtMs: number | null;
  ending: 'held' | 'confirmed' | 'cancelled' | 'left' | 'lapsed';
  /** The `serverNow` of the answer that ended it; null before. */
  endedByMs: number | null;
  /** When the provider's page said first that it was paid; missing before. */
  paidAtMs?: number;
}

export type Counts = Map<string, number>;

export interface Observations {
  holds: ObservedHold[];
  samples: Sample[];
  /** Shoppers who have had a first answer after the opening, and the last time one got it. */
  firstAnswers: number;
  lastFirstAnswerAtMs: number;
  refused: Counts;
  retries: Counts;
  gaveUp: Counts;
  /** Answers that no correct shop gives, by what was wrong. */
  unexpected: Counts;
  /** Double clicks that made two orders. */
  doubled: number;
  /** Shoppers told that nothing will come back. */
  toldFinal: number;
  /** What pages to pay on answered, and what became of each part of those who paid. */
  paying: Counts;
  /** From the page's yes until the shopper was told that the order is confirmed. */
  paidToConfirmedMs: number[];
}

export function newObservations(): Observations {
  return {
    holds: [],
    samples: [],
    firstAnswers: 0,
    lastFirstAnswerAtMs: 0,
    refused: new Map(),
    retries: new Map(),
    gaveUp: new Map(),
    unexpected: new Map(),
    doubled: 0,
    toldFinal: 0,
    paying: new Map(),
    paidToConfirmedMs: [],
  };
}

export function increment(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

export function total(counts: Counts): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

export function confirmedUnits(holds: readonly ObservedHold[]): number {
  return holds.reduce((sum, hold) => sum + (hold.ending === 'confirmed' ? hold.units : 0), 0);
}
