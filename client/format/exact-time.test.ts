import { expect, test } from 'vitest';
import { exactTime } from './exact-time.ts';

test('a moment is written with its day and its second', () => {
  const text = exactTime('2026-11-22T12:00:55.000Z', 'en-GB');
  expect(text).toMatch(/Sun.*22 Nov.*:00:55/);
});
