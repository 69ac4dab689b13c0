import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { adjustClock, type Clock, isSuspect, readClock, UNSET_CLOCK } from './clock.ts';

const NOON_MS = Date.parse('2026-11-22T12:00:00.000Z');
const HOUR_MS = 3_600_000;

/** A sample whose answer was written exactly half-way, as seen by a client `aheadMs` ahead. */
function sampleAt(serverMs: number, { aheadMs = 0, roundTripMs = 100 } = {}) {
  return {
    serverMs,
    sentMs: serverMs + aheadMs - roundTripMs / 2,
    receivedMs: serverMs + aheadMs + roundTripMs / 2,
  };
}

test('the offset is measured from the middle of the round trip', () => {
  const clock = adjustClock(UNSET_CLOCK, sampleAt(NOON_MS, { roundTripMs: 800 }));
  expect(clock.offsetMs).toBe(0);
  expect(clock.errorMs).toBe(400);
});

test.each([
  ['ahead', HOUR_MS],
  ['behind', -HOUR_MS],
])('a client an hour %s reads the server time', (_, aheadMs) => {
  const clock = adjustClock(UNSET_CLOCK, sampleAt(NOON_MS, { aheadMs }));
  expect(clock.offsetMs).toBe(-aheadMs);
  expect(readClock(clock, NOON_MS + aheadMs + 5_000)).toBe(NOON_MS + 5_000);
});

test('a quick answer replaces a slow one and not the other way round', () => {
  const slow = adjustClock(UNSET_CLOCK, sampleAt(NOON_MS, { roundTripMs: 2_000 }));
  const quick = adjustClock(slow, sampleAt(NOON_MS + 3_000, { roundTripMs: 20 }));
  expect(quick.errorMs).toBe(10);
  expect(adjustClock(quick, sampleAt(NOON_MS + 6_000, { roundTripMs: 2_000 }))).toBe(quick);
});

test('an answer from an edge cache does not set the clock back', () => {
  const clock = adjustClock(UNSET_CLOCK, sampleAt(NOON_MS, { roundTripMs: 20 }));
  const stale = { serverMs: NOON_MS + 4_000, sentMs: NOON_MS + 4_990, receivedMs: NOON_MS + 5_010 };
  expect(adjustClock(clock, stale)).toBe(clock);
});

test('after a sleep in which the monotonic clock stood still the reading jumps forward', () => {
  const clock = adjustClock(UNSET_CLOCK, sampleAt(NOON_MS, { roundTripMs: 20 }));
  const wokenMs = NOON_MS + 1_000;
  const after = adjustClock(clock, {
    serverMs: NOON_MS + HOUR_MS,
    sentMs: wokenMs - 10,
    receivedMs: wokenMs + 10,
  });
  expect(readClock(after, wokenMs)).toBe(NOON_MS + HOUR_MS);
});

test('a correction backwards stands still until the time is reached again', () => {
  // The answer took 4 s one way, so the first reading runs 2 s ahead of the server.
  const late = { serverMs: NOON_MS, sentMs: NOON_MS - 4_000, receivedMs: NOON_MS };
  const clock = adjustClock(UNSET_CLOCK, late);
  const shownMs = readClock(clock, NOON_MS + 1_000);
  const better = adjustClock(clock, sampleAt(NOON_MS + 1_000, { roundTripMs: 0 }));
  expect(readClock(better, NOON_MS + 1_000)).toBe(shownMs);
  expect(readClock(better, NOON_MS + 2_000)).toBe(shownMs);
  expect(readClock(better, NOON_MS + 9_000)).toBe(NOON_MS + 9_000);
});

test('a correction too large for jitter is shown at once', () => {
  const clock = adjustClock(UNSET_CLOCK, sampleAt(NOON_MS + HOUR_MS, { aheadMs: -HOUR_MS }));
  const after = adjustClock(clock, sampleAt(NOON_MS + 1_000));
  expect(readClock(after, NOON_MS + 1_000)).toBe(NOON_MS + 1_000);
});

test('whatever the network does, time never runs back and stays within the error', () => {
  const step = fc.record({
    passMs: fc.integer({ min: 0, max: 20_000 }),
    upMs: fc.integer({ min: 0, max: 4_000 }),
    downMs: fc.integer({ min: 0, max: 4_000 }),
  });
  const aheads = fc.integer({ min: -HOUR_MS, max: HOUR_MS });
  fc.assert(
    fc.property(aheads, fc.array(step, { minLength: 1, maxLength: 40 }), (aheadMs, steps) => {
      let clock: Clock = UNSET_CLOCK;
      let serverMs = NOON_MS;
      let shownMs = Number.NEGATIVE_INFINITY;
      for (const { passMs, upMs, downMs } of steps) {
        serverMs += passMs;
        const sentMs = serverMs + aheadMs;
        serverMs += upMs + downMs;
        const receivedMs = serverMs + aheadMs;
        clock = adjustClock(clock, { serverMs: serverMs - downMs, sentMs, receivedMs });
        const readMs = readClock(clock, receivedMs);
        expect(readMs).toBeGreaterThanOrEqual(shownMs);
        expect(Math.abs(readMs - serverMs)).toBeLessThanOrEqual(4_000);
        shownMs = readMs;
      }
    }),
  );
});

test('a machine that slept is suspected, one that ticked on is not', () => {
  const before = { wallMs: NOON_MS, monotonicMs: 1_000 };
  expect(isSuspect(before, { wallMs: NOON_MS + 60_000, monotonicMs: 61_020 })).toBe(false);
  expect(isSuspect(before, { wallMs: NOON_MS + 60_000, monotonicMs: 1_500 })).toBe(true);
  expect(isSuspect(before, { wallMs: NOON_MS - HOUR_MS, monotonicMs: 2_000 })).toBe(true);
});
