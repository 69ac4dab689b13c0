/** Proves what a phase counts. No time is asserted, only which clients ran and what they brought. */
import { expect, test } from 'vitest';
import { type Outcome, runPhase } from './phase.ts';

const times = { rampMs: 1, countMs: 20 };

function client(outcome: Outcome) {
  return () => new Promise<Outcome>((resolve) => setImmediate(() => resolve(outcome)));
}

const broken = () => Promise.reject(new Error('reset'));

test('units are counted between two readings, expected ones from the first to the last', async () => {
  let readings = 0;
  const clients = [client({ units: 3, code: '201', expected: true })];
  const counted = await runPhase(clients, times, () => ++readings);
  expect(counted).toMatchObject({ before: 1, after: 2, errors: {} });
  expect(counted.units).toBe(3 * counted.tookMs.length);
  expect(counted.unitsInAll).toBeGreaterThanOrEqual(counted.units);
});

test('an unexpected answer is counted by its code and adds nothing to what was granted', async () => {
  const clients = [client({ units: 1, code: '503 busy', expected: false })];
  const { errors, unitsInAll } = await runPhase(clients, times, () => 0);
  expect(Object.keys(errors)).toEqual(['503 busy']);
  expect(unitsInAll).toBe(0);
});

test('a lane that breaks stops, and the others go on', async () => {
  const clients = [broken, client({ units: 1, code: '201', expected: true })];
  const { errors, unitsInAll } = await runPhase(clients, times, () => 0);
  expect(errors).toEqual({ 'connection broken': 1 });
  expect(unitsInAll).toBeGreaterThan(0);
});
