/** Proves what a phase counts in which requests arrive by a clock. No time passes but the test's own. */
import { expect, test } from 'vitest';
import { type ArrivalClock, arrivedBy, runArrivals } from './arrivals.ts';
import type { Client, Outcome } from './phase.ts';

const GRANTED: Outcome = { units: 1, code: '201', expected: true };
const TIMES = { rampMs: 100, countMs: 1_000 };

/** Time passes in pauses alone, and what is done by then is done. */
function world() {
  let nowMs = 5_000;
  const sleepers: { atMs: number; wake: () => void }[] = [];
  const clock: ArrivalClock = {
    nowMs: () => nowMs,
    async pause(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = sleepers.toSorted((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined || next.atMs > untilMs) break;
        nowMs = next.atMs;
        sleepers.splice(sleepers.indexOf(next), 1);
        next.wake();
        await new Promise((resolve) => setImmediate(resolve));
      }
      nowMs = untilMs;
    },
  };
  /** Takes so long for each request; the last ones are answered when the phase has ended. */
  const client = (ms: number, outcome = GRANTED): Client => {
    return () =>
      new Promise((resolve) => sleepers.push({ atMs: nowMs + ms, wake: () => resolve(outcome) }));
  };
  const run = async (clients: Client[], perSecond: number) => {
    const ended = runArrivals(clients, { times: TIMES, perSecond, read: () => nowMs, clock });
    const watch = { isOver: false };
    void ended.finally(() => {
      watch.isOver = true;
    });
    // Its own pauses move time while it counts, and these after it.
    await new Promise((resolve) => setImmediate(resolve));
    while (!watch.isOver) {
      if (nowMs >= 5_000 + TIMES.rampMs + TIMES.countMs) await clock.pause(1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return ended;
  };
  return { client, run };
}

test('who has arrived is a matter of the clock', () => {
  expect([-5, 0, 1, 10, 10.1, 1_000].map((ms) => arrivedBy(ms, 100))).toEqual([0, 0, 1, 1, 2, 100]);
});

test('all are answered where there are clients enough, each in the time it takes', async () => {
  const { client, run } = world();
  const counted = await run([client(4), client(4)], 100);
  expect(counted).toMatchObject({ units: 100, errors: {}, ms: 1_000, before: 5_100, after: 6_100 });
  expect(counted.tookMs).toHaveLength(100);
  expect(Math.max(...counted.tookMs)).toBeLessThanOrEqual(5);
  expect(counted.unitsInAll).toBe(110);
});

test('where too few are answered, those who come are not fewer, and their waiting counts', async () => {
  const { client, run } = world();
  const counted = await run([client(20)], 100);
  expect(counted.units).toBe(50);
  expect(counted.tookMs).toHaveLength(100);
  // The last one that was sent had waited for half of the time; those behind it still wait.
  expect(Math.max(...counted.tookMs)).toBeGreaterThan(450);
  expect(counted.unitsInAll).toBeLessThan(60);
});

test('a client that breaks is not used again, and an unexpected answer grants nothing', async () => {
  const { client, run } = world();
  const refused = client(1, { units: 1, code: '409 sold_out', expected: false });
  const { errors, unitsInAll } = await run([refused, () => Promise.reject(new Error('reset'))], 50);
  expect(errors).toEqual({ 'connection broken': 1, '409 sold_out': 54 });
  expect(unitsInAll).toBe(0);
});
