import { expect, it } from 'vitest';
import { waitMs } from './throttle.ts';

it('tells at once what is first or late, and else waits for what is left', () => {
  expect(waitMs({ sentAtMs: undefined, everyMs: 250 }, 1_000)).toBe(0);
  expect(waitMs({ sentAtMs: 1_000, everyMs: 250 }, 1_000)).toBe(250);
  expect(waitMs({ sentAtMs: 1_000, everyMs: 250 }, 1_249)).toBe(1);
  expect(waitMs({ sentAtMs: 1_000, everyMs: 250 }, 1_250)).toBe(0);
  expect(waitMs({ sentAtMs: 1_000, everyMs: 250 }, 9_000)).toBe(0);
});

it('waits no longer than usual after the clock was set back', () => {
  expect(waitMs({ sentAtMs: 90_000, everyMs: 250 }, 1_000)).toBe(250);
});
