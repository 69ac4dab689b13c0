import { describe, expect, it } from 'vitest';
import { aQueue, aQueueEntry, NOON_MS } from '../testing/builders.ts';
import {
  aheadNow,
  isReached,
  outlookNow,
  type Place,
  QUEUE_AGE_MS_MAX,
  takeEntry,
  takeFailure,
  takeQueue,
} from './place.ts';

const LATER_MS = NOON_MS + QUEUE_AGE_MS_MAX;
const at = { nowMs: NOON_MS };
const FAR = aQueueEntry({ rank: 101, ahead: { entries: 100, units: 250 } });

/** Asked for at noon, when ten offers had been made. */
function place(entry = FAR): Place {
  return takeQueue(takeEntry(undefined, entry, at), aQueue({ waiting: 200, offers: 10 }), NOON_MS);
}

describe('who is ahead', () => {
  it('grows less by each offer since, and the units by one for each at least', () => {
    const later = takeQueue(place(), aQueue({ waiting: 150, offers: 60 }), LATER_MS);
    const exact = { isAtMost: false, areUnitsAtMost: false };
    expect(aheadNow(place())).toEqual({ entries: 100, units: 250, ...exact });
    expect(aheadNow(later)).toEqual({ ...exact, entries: 50, units: 200, areUnitsAtMost: true });
    const ofOne = place(aQueueEntry({ rank: 101, ahead: { entries: 100, units: 100 } }));
    const laterOfOne = takeQueue(ofOne, aQueue({ waiting: 150, offers: 60 }), LATER_MS);
    expect(aheadNow(laterOfOne)).toEqual({ entries: 50, units: 50, ...exact });
  });

  it('is never more than wait besides, nor less than nobody', () => {
    const left = takeQueue(place(), aQueue({ waiting: 4, offers: 11 }), LATER_MS);
    expect(aheadNow(left)?.entries).toBe(3);
    const past = takeQueue(place(), aQueue({ waiting: 90, offers: 400 }), LATER_MS);
    expect(aheadNow(past)).toMatchObject({ entries: 0, units: 0, areUnitsAtMost: false });
  });

  it('is at most as many once somebody left, until it is asked for again', () => {
    const left = takeQueue(place(), aQueue({ waiting: 198, offers: 11 }), LATER_MS);
    expect(aheadNow(left)).toMatchObject({ entries: 99, isAtMost: true });
    const grown = takeQueue(left, aQueue({ waiting: 240, offers: 11 }), LATER_MS);
    expect(aheadNow(grown)).toMatchObject({ entries: 99, isAtMost: true });
    expect(aheadNow(takeEntry(grown, FAR, at))).toMatchObject({ entries: 100, isAtMost: false });
  });

  it('is not less by offers that passed it, of which nobody knows how many were ahead', () => {
    const passed = takeQueue(
      place(),
      aQueue({ waiting: 150, offers: 60, servedRank: 102 }),
      LATER_MS,
    );
    expect(aheadNow(passed)).toMatchObject({ entries: 100, isAtMost: true });
  });

  it('does not count twice what an answer and the next public news both tell', () => {
    const soon = takeQueue(place(), aQueue({ waiting: 200, offers: 15 }), LATER_MS - 1);
    expect(aheadNow(soon)?.entries).toBe(100);
    expect(aheadNow(takeQueue(soon, aQueue({ waiting: 200, offers: 16 }), LATER_MS))?.entries).toBe(
      99,
    );
  });

  it('is nobody’s to say before a draw, nor once it waits no more', () => {
    expect(aheadNow(place(aQueueEntry({ rank: null, ahead: null })))).toBeNull();
    expect(aheadNow(place({ ...FAR, status: 'offered' }))).toBeNull();
  });
});

it('leaves what is older or the same as it is', () => {
  const now = place();
  expect(takeQueue(now, aQueue({ waiting: 200, offers: 10 }), LATER_MS)).toBe(now);
  expect(takeQueue(now, aQueue({ waiting: 300, offers: 9 }), LATER_MS)).toBe(now);
});

function isReachedAt(servedRank: number) {
  return isReached(takeQueue(place(), aQueue({ offers: 11, servedRank }), LATER_MS));
}

it('is reached where a rank as high was served', () => {
  expect([100, 101, 102].map(isReachedAt)).toEqual([false, true, true]);
});

it('counts how often asking brought nothing new, by why it was asked', () => {
  const again = takeEntry(place(), FAR, { ...at, reason: 'left' });
  const told = takeEntry(again, FAR, at);
  expect(again.idleAsks).toEqual({ reached: 0, offered: 0, left: 1 });
  expect(told.idleAsks).toEqual(again.idleAsks);
  const failed = takeFailure(told, { ...at, reason: 'reached' });
  expect(failed.idleAsks).toEqual({ reached: 1, offered: 0, left: 1 });
  const moved = takeEntry(failed, { ...FAR, ahead: { entries: 9, units: 9 } }, at);
  expect(moved.idleAsks).toEqual({ reached: 0, offered: 0, left: 0 });
});

it('keeps the name that it was entered by, and no name of another entry', () => {
  const named = takeEntry(undefined, FAR, { ...at, name: 'Shoe · 42' });
  expect(takeEntry(named, FAR, at).name).toBe('Shoe · 42');
  const other = { ...FAR, id: 'ent_000000000001_000000000000000002' as typeof FAR.id };
  expect(takeEntry(named, other, at).name).toBeNull();
});

function stock(remaining: number, held: number) {
  return { total: 9, sold: 0, remaining, held };
}

it('says what the server said, unless nothing can come by now or can again', () => {
  const two = place({ ...FAR, quantity: 2, minQuantity: 2 });
  expect(outlookNow(two, stock(0, 2))).toBe('possible');
  expect(outlookNow(two, stock(0, 1))).toBe('impossible');
  const lost = place({ ...FAR, outlook: 'impossible' });
  expect(outlookNow(lost, stock(0, 0))).toBe('impossible');
  expect(outlookNow(lost, stock(3, 0))).toBe('possible');
});
