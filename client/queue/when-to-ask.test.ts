import { expect, it } from 'vitest';
import { aQueue, aQueueEntry, NOON_MS } from '../testing/builders.ts';
import { type Place, takeEntry, takeFailure, takeQueue } from './place.ts';
import {
  AGAIN_MS_FIRST,
  AGAIN_MS_MAX,
  askInMs,
  FAR_SPREAD_MS,
  NEAR_ENTRIES,
  REACHED_ASKS_MAX,
  REACHED_SPREAD_MS,
  reasonToAsk,
} from './when-to-ask.ts';

const LATER_MS = NOON_MS + 60_000;
const FAR = aQueueEntry({ rank: 1_000, ahead: { entries: 999, units: 999 } });
const BEFORE = aQueue({ waiting: 2_000, offers: 10, servedRank: 10 });

/** Asked for at noon, with the queue as it was then. */
function asked(entry = FAR): Place {
  const known = takeQueue(takeEntry(undefined, entry, { nowMs: NOON_MS }), BEFORE, NOON_MS);
  return { ...known, offersAsked: BEFORE.offers };
}
const seen = (place: Place, queue: Partial<typeof BEFORE>) =>
  takeQueue(place, { ...BEFORE, ...queue }, LATER_MS);
const wait = (place: Place, nowMs = LATER_MS, random = 1) => askInMs(place, { nowMs, random });

it('asks for nothing while nothing is offered, or it is for others far ahead', () => {
  expect(wait(asked())).toBeNull();
  expect(wait(seen(asked(), { offers: 60, servedRank: 60 }))).toBeNull();
  expect(wait(seen(asked({ ...FAR, status: 'left' }), { offers: 2_000, servedRank: 2_000 }))).toBe(
    null,
  );
});

it('asks within two seconds once the queue is served as far as it', () => {
  const reached = seen(asked(), { offers: 900, servedRank: 1_000 });
  expect([0, 0.5, 1].map((random) => wait(reached, LATER_MS, random))).toEqual([
    0,
    REACHED_SPREAD_MS / 2,
    REACHED_SPREAD_MS,
  ]);
});

it('asks at each offer while few are ahead', () => {
  const near = asked({ ...FAR, ahead: { entries: NEAR_ENTRIES + 1, units: 11 } });
  expect(wait(near)).toBeNull();
  expect(wait(seen(near, { offers: 11, servedRank: 11 }))).toBe(REACHED_SPREAD_MS);
});

it('asks when somebody left while few are ahead, and not where many are', () => {
  const left = { waiting: BEFORE.waiting - 1 };
  const near = asked({ ...FAR, ahead: { entries: NEAR_ENTRIES, units: 10 } });
  expect(wait(seen(near, left))).toBe(REACHED_SPREAD_MS);
  expect(wait(seen(near, { waiting: BEFORE.waiting + 1 }))).toBeNull();
  expect(wait(seen(asked(), left))).toBeNull();
});

it('asks once more, spread widely, when half of those ahead are gone', () => {
  expect(wait(seen(asked(), { offers: 509, servedRank: 509 }))).toBeNull();
  expect(wait(seen(asked(), { offers: 510, servedRank: 510 }))).toBe(FAR_SPREAD_MS);
});

it('rests longer and longer where asking brings nothing new', () => {
  let passed = seen(asked(), { offers: 2_000, servedRank: 2_000 });
  const waits: (number | null)[] = [];
  for (let offers = 2_001; offers < 2_012; offers++) {
    passed = takeEntry(passed, FAR, { nowMs: LATER_MS, reason: 'reached' });
    waits.push(wait(seen(passed, { offers, servedRank: offers }), LATER_MS, 0));
  }
  expect(waits.slice(0, 3)).toEqual([AGAIN_MS_FIRST, 2 * AGAIN_MS_FIRST, 4 * AGAIN_MS_FIRST]);
  expect(waits.at(-1)).toBe(AGAIN_MS_MAX);
});

it('is not left waiting by one answer that was too old, nor asks for ever without news', () => {
  let passed = seen(asked(), { offers: 2_000, servedRank: 2_000 });
  let asks = 0;
  while (wait(passed) !== null) {
    passed = takeEntry(passed, FAR, { nowMs: LATER_MS, reason: 'reached' });
    asks++;
  }
  expect(asks).toBe(REACHED_ASKS_MAX);
});

it('asks within two seconds when reached, however many behind it have left before', () => {
  const near = aQueueEntry({ rank: 14, ahead: { entries: 3, units: 3 } });
  let nowMs = NOON_MS;
  let place = asked(near);
  let plannedMs = Number.POSITIVE_INFINITY;
  let asks = 0;
  for (let left = 1; left <= 150; left++) {
    nowMs += 10_000;
    place = takeQueue(place, { ...BEFORE, waiting: BEFORE.waiting - left }, nowMs);
    const waitMs = wait(place, nowMs);
    if (waitMs !== null) plannedMs = Math.min(plannedMs, nowMs + waitMs);
    if (nowMs < plannedMs) continue;
    place = takeEntry(place, near, { nowMs, reason: reasonToAsk(place) });
    asks++;
    plannedMs = Number.POSITIVE_INFINITY;
  }
  expect(asks).toBeGreaterThan(2);
  expect(asks).toBeLessThan(15);
  const reached = takeQueue(place, { ...BEFORE, waiting: 90, offers: 14, servedRank: 14 }, nowMs);
  expect(wait(reached, nowMs)).toBe(REACHED_SPREAD_MS);
  const failed = takeFailure(place, { nowMs, reason: 'offered' });
  const afterFailure = takeQueue(failed, { ...BEFORE, offers: 14, servedRank: 14 }, nowMs);
  expect(wait(afterFailure, nowMs)).toBe(REACHED_SPREAD_MS);
});

it('asks within two seconds when reached, however often it was told the same without asking', () => {
  let place = asked();
  for (let wake = 1; wake <= 8; wake++) place = takeEntry(place, FAR, { nowMs: LATER_MS });
  const reached = seen(place, { offers: 900, servedRank: 1_000 });
  expect(wait(reached)).toBe(REACHED_SPREAD_MS);
});

it('tries again after a failure', () => {
  const reached = seen(asked(), { offers: 900, servedRank: 1_000 });
  expect(wait(takeFailure(reached, { nowMs: LATER_MS, reason: 'reached' }), LATER_MS, 0)).toBe(
    AGAIN_MS_FIRST,
  );
});

it('asks for its rank when a draw is over: soon where it may be reached, else spread widely', () => {
  const undrawn = asked(aQueueEntry({ rank: null, ahead: null }));
  expect(wait(undrawn)).toBeNull();
  const drawn = (rankMin: number) => ({
    ...seen(undrawn, { servedRank: 500 }),
    drawn: { rankMin },
  });
  expect(wait(drawn(500))).toBe(REACHED_SPREAD_MS);
  expect(wait(drawn(501))).toBe(FAR_SPREAD_MS);
});
