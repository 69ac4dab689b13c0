import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NOON_MS } from '../testing/builders.ts';
import { POLL_MS, UPDATE_SPREAD_MS, UPDATE_WAIT_MS_MIN } from './update-waits.ts';
import { createUpdates } from './updates-store.ts';

/** Longer than a change takes to be asked for. */
const CHANGE_MS = UPDATE_WAIT_MS_MIN + UPDATE_SPREAD_MS;
const LIVE = { isOn: true, discussedAtMs: NOON_MS, drops: 0 };
const CHANGED = { ...LIVE, discussedAtMs: NOON_MS + 1 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function updatesWith() {
  const page = { isVisible: true };
  const updates = createUpdates({ random: () => 0.5, isVisible: () => page.isVisible });
  return { updates, page, version: () => updates.version.value };
}

it('asks once for changes that come together, and once more for those after the first', () => {
  const { updates, version } = updatesWith();
  updates.see(LIVE, true);
  updates.see(CHANGED, true);
  for (const later of [2, 3]) updates.see({ ...LIVE, discussedAtMs: NOON_MS + later }, true);
  vi.advanceTimersByTime(UPDATE_WAIT_MS_MIN - 1);
  expect(version()).toBe(0);
  vi.advanceTimersByTime(CHANGE_MS);
  expect(version()).toBe(1);
  vi.advanceTimersByTime(10 * CHANGE_MS);
  expect(version()).toBe(2);
});

it('takes what it sees first, and what it has seen, for no change', () => {
  const { updates, version } = updatesWith();
  updates.see(LIVE, true);
  updates.see(LIVE, true);
  vi.advanceTimersByTime(10 * POLL_MS);
  expect(version()).toBe(0);
});

it('asks for a change that came while nobody looked once somebody does', () => {
  const { updates, version } = updatesWith();
  updates.see(LIVE, false);
  updates.see(CHANGED, false);
  vi.advanceTimersByTime(10 * CHANGE_MS);
  expect(version()).toBe(0);
  updates.see(CHANGED, true);
  vi.advanceTimersByTime(CHANGE_MS);
  expect(version()).toBe(1);
});

it('asks now and then without a live socket, while somebody looks at a page that is shown', () => {
  const { updates, page, version } = updatesWith();
  updates.see({ ...LIVE, isOn: false }, true);
  vi.advanceTimersByTime(POLL_MS);
  expect(version()).toBe(1);
  page.isVisible = false;
  vi.advanceTimersByTime(POLL_MS);
  expect(version()).toBe(1);
  page.isVisible = true;
  updates.see({ ...LIVE, isOn: false }, false);
  vi.advanceTimersByTime(POLL_MS);
  updates.see(LIVE, true);
  vi.advanceTimersByTime(10 * POLL_MS);
  expect(version()).toBe(1);
});

it('asks for nothing once it is stopped', () => {
  const { updates, version } = updatesWith();
  updates.see({ ...LIVE, isOn: false }, true);
  updates.see({ ...CHANGED, isOn: false }, true);
  updates.stop();
  vi.advanceTimersByTime(10 * POLL_MS);
  expect(version()).toBe(0);
});
