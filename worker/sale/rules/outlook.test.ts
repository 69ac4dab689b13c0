/** What an entry's outlook follows from, for any sale. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HoldCounts, outlookOf, type Place } from './outlook.ts';

const ORDER = ['impossible', 'unlikely', 'possible', 'likely'];
const NONE: HoldCounts = { kept: 0, lapsed: 0 };

const anyPlace = fc.record({
  minQuantity: fc.integer({ min: 1, max: 100 }),
  unitsAhead: fc.nat({ max: 100_000 }),
  free: fc.nat({ max: 10_000 }),
  held: fc.nat({ max: 10_000 }),
});
const anyHolds = fc.record({
  kept: fc.nat({ max: 100_000 }),
  lapsed: fc.nat({ max: 100_000 }),
});

/** 0 for the worst. */
function grade(place: Place, holds: HoldCounts): number {
  return ORDER.indexOf(outlookOf(place, holds));
}

function expectNotWorse(
  change: (place: Place, holds: HoldCounts, by: number) => [Place, HoldCounts],
) {
  fc.assert(
    fc.property(anyPlace, anyHolds, fc.nat({ max: 10_000 }), (place, holds, by) => {
      expect(grade(...change(place, holds, by))).toBeGreaterThanOrEqual(grade(place, holds));
    }),
  );
}

describe('the outlook of an entry', () => {
  it('is impossible exactly where fewer units are free and held than it takes', () => {
    fc.assert(
      fc.property(anyPlace, anyHolds, (place, holds) => {
        const isImpossible = outlookOf(place, holds) === 'impossible';
        expect(isImpossible).toBe(place.free + place.held < place.minQuantity);
      }),
    );
  });

  it('is unknown without a rank, unless it is impossible', () => {
    fc.assert(
      fc.property(anyPlace, anyHolds, (place, holds) => {
        const outlook = outlookOf({ ...place, unitsAhead: null }, holds);
        expect(outlook).toBe(
          place.free + place.held < place.minQuantity ? 'impossible' : 'unknown',
        );
      }),
    );
  });

  it('is likely where the free units reach it', () => {
    fc.assert(
      fc.property(anyPlace, anyHolds, (place, holds) => {
        const free = place.unitsAhead + place.minQuantity;
        expect(outlookOf({ ...place, free }, holds)).toBe('likely');
      }),
    );
  });

  it('never gets worse by fewer units before it', () => {
    expectNotWorse((place, holds, by) => [
      { ...place, unitsAhead: Math.max(0, (place.unitsAhead ?? 0) - by) },
      holds,
    ]);
  });

  it('never gets worse by more free units, nor by holds that give theirs back', () => {
    expectNotWorse((place, holds, by) => [{ ...place, free: place.free + by }, holds]);
    expectNotWorse((place, holds, by) => {
      const back = Math.min(by, place.held);
      return [{ ...place, free: place.free + back, held: place.held - back }, holds];
    });
  });

  it('never gets worse where more of the holds lapsed', () => {
    expectNotWorse((place, holds, by) => {
      const more = Math.min(by, holds.kept);
      return [place, { kept: holds.kept - more, lapsed: holds.lapsed + more }];
    });
  });

  it('hardly changes by the first holds, and follows many', () => {
    const place = { minQuantity: 1, unitsAhead: 200, free: 0, held: 500 };
    expect(outlookOf(place, NONE)).toBe('possible');
    expect(outlookOf(place, { kept: 2, lapsed: 0 })).toBe('possible');
    expect(outlookOf(place, { kept: 500, lapsed: 0 })).toBe('unlikely');
    expect(outlookOf(place, { kept: 250, lapsed: 250 })).toBe('likely');
  });
});
