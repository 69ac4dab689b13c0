import { expect, it } from 'vitest';
import { ALARM_PAUSE_MS } from '../rules/wake-times.ts';
import { Alarm } from './alarm.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOLD_SECONDS = 60;

it('a later time that is on its way to storage does not overtake an earlier one', async () => {
  const asked: { atMs: number; end: () => void }[] = [];
  let storedMs: number | null = null;
  const alarm = new Alarm({
    getAlarm: async () => storedMs,
    setAlarm: async (atMs) => {
      await new Promise<void>((end) => asked.push({ atMs, end }));
      storedMs = atMs;
    },
    nowMs: () => NOW_MS,
  });
  alarm.wentOff();
  const reserving = { holdSeconds: HOLD_SECONDS };
  const both = Promise.all([
    alarm.setFor({ nowMs: NOW_MS, reserving }),
    alarm.setFor({ nowMs: NOW_MS, expiryFailed: true }),
  ]);
  // Storage answers first whoever asked last.
  for (let answered = 0; answered < 2; answered++) {
    await new Promise((done) => setTimeout(done));
    asked.pop()?.end();
  }
  await both;
  expect(storedMs).toBe(NOW_MS + ALARM_PAUSE_MS);
});
