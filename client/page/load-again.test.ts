import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LOAD_AGAIN_MS, loadAgain } from './load-again.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const aLoad = () => vi.fn<() => Promise<string>>(async () => 'part');

test('what is there is loaded once', async () => {
  const load = aLoad();
  expect(await loadAgain(load)).toBe('part');
  expect(load).toHaveBeenCalledOnce();
});

test('what failed is loaded once more after a while, and no third time', async () => {
  const load = aLoad();
  load.mockRejectedValueOnce(new Error('dropped'));
  const loading = loadAgain(load);
  await vi.advanceTimersByTimeAsync(LOAD_AGAIN_MS - 1);
  expect(load).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1);
  expect(await loading).toBe('part');

  load.mockRejectedValueOnce(new Error('dropped')).mockRejectedValueOnce(new Error('gone'));
  const failing = loadAgain(load).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(LOAD_AGAIN_MS);
  expect(await failing).toEqual(new Error('gone'));
  expect(load).toHaveBeenCalledTimes(4);
});
