import { describe, expect, it } from 'vitest';
import { ALARM_LATE_MS, Dispatcher, EVICTED_MS, RUN_GAP_MS } from './dispatcher.ts';

const NOW_MS = 1_000_000;

function object(dispatches = true) {
  const alarm: { atMs: number | null; was: (number | null)[] } = { atMs: null, was: [] };
  const clock = { nowMs: NOW_MS };
  const runs: PromiseWithResolvers<number | undefined>[] = [];
  const dispatcher = new Dispatcher({
    dispatches,
    drain: () => {
      const run = Promise.withResolvers<number | undefined>();
      runs.push(run);
      return run.promise;
    },
    getAlarm: async () => alarm.atMs,
    setAlarm: async (atMs) => {
      alarm.atMs = atMs;
      alarm.was.push(atMs);
    },
    deleteAlarm: async () => {
      alarm.atMs = null;
      alarm.was.push(null);
    },
    nowMs: () => clock.nowMs,
  });
  return { dispatcher, alarm, runs, clock };
}

async function settled(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve();
}

describe('the outbox’s object', () => {
  it('sets its alarm for now when it is woken, once', async () => {
    const { dispatcher, alarm } = object();
    await dispatcher.wake();
    await dispatcher.wake();
    expect(alarm.was).toEqual([NOW_MS]);
  });

  it('neither wakes nor works where another Worker works off the outbox', async () => {
    const { dispatcher, alarm, runs } = object(false);
    await dispatcher.wake();
    expect(alarm.was).toEqual([]);
    alarm.atMs = NOW_MS;
    await dispatcher.onAlarm();
    expect(alarm.atMs).toBeNull();
    expect(runs).toEqual([]);
  });

  it('wakes sooner than it had planned to, and does not believe in an alarm that never came', async () => {
    for (const atMs of [NOW_MS + 60_000, NOW_MS - ALARM_LATE_MS]) {
      const { dispatcher, alarm } = object();
      alarm.atMs = atMs;
      await dispatcher.wake();
      expect(alarm.was).toEqual([NOW_MS]);
    }
  });

  it('has an alarm while it runs, and after it the one that the run asked for', async () => {
    const { dispatcher, alarm, runs } = object();
    const run = dispatcher.onAlarm();
    await settled();
    expect(alarm.atMs).toBe(NOW_MS + EVICTED_MS);
    runs[0]?.resolve(NOW_MS + 7_000);
    await run;
    expect(alarm.atMs).toBe(NOW_MS + 7_000);
  });

  it('has none where nothing waits', async () => {
    const { dispatcher, alarm, runs } = object();
    const run = dispatcher.onAlarm();
    await settled();
    runs[0]?.resolve(undefined);
    await run;
    expect(alarm.atMs).toBeNull();
  });

  it('runs again soon for rows that were written during a run', async () => {
    const { dispatcher, alarm, runs } = object();
    const run = dispatcher.onAlarm();
    await settled();
    await dispatcher.wake();
    runs[0]?.resolve(undefined);
    await run;
    expect(alarm.atMs).toBe(NOW_MS + RUN_GAP_MS);
  });

  it('keeps the wish of rows that were written while it sets the alarm behind its run', async () => {
    const { dispatcher, alarm, runs } = object();
    const run = dispatcher.onAlarm();
    await settled();
    runs[0]?.resolve(NOW_MS + 7_000);
    await Promise.resolve();
    await Promise.resolve();
    await dispatcher.wake();
    await run;
    expect(alarm.atMs).toBe(NOW_MS + RUN_GAP_MS);
  });

  it('does not run twice at a time, and still has an alarm and runs again after it', async () => {
    const { dispatcher, alarm, runs } = object();
    const run = dispatcher.onAlarm();
    await settled();
    alarm.atMs = null;
    await dispatcher.onAlarm();
    expect(runs.length).toBe(1);
    expect(alarm.atMs).toBe(NOW_MS + EVICTED_MS);
    runs[0]?.resolve(undefined);
    await run;
    expect(alarm.atMs).toBe(NOW_MS + RUN_GAP_MS);
  });

  it('pauses between two runs, also where an alarm was set before the first one ended', async () => {
    const { dispatcher, alarm, runs, clock } = object();
    const run = dispatcher.onAlarm();
    await settled();
    runs[0]?.resolve(undefined);
    await run;
    clock.nowMs += RUN_GAP_MS - 1;
    await dispatcher.onAlarm();
    expect(runs.length).toBe(1);
    expect(alarm.atMs).toBe(NOW_MS + RUN_GAP_MS);
    clock.nowMs++;
    void dispatcher.onAlarm();
    await settled();
    expect(runs.length).toBe(2);
  });

  it('sets its alarm after an alarm that is being set', async () => {
    const alarm: { atMs: number | null } = { atMs: null };
    const deleted = Promise.withResolvers<void>();
    const slow = new Dispatcher({
      dispatches: true,
      drain: async () => undefined,
      getAlarm: async () => alarm.atMs,
      setAlarm: async (atMs) => void (alarm.atMs = atMs),
      deleteAlarm: async () => {
        await deleted.promise;
        alarm.atMs = null;
      },
      nowMs: () => NOW_MS,
    });
    const run = slow.onAlarm();
    await settled();
    const woken = slow.wake();
    await settled();
    deleted.resolve();
    await Promise.all([run, woken]);
    expect(alarm.atMs).toBe(NOW_MS + RUN_GAP_MS);
  });
});
