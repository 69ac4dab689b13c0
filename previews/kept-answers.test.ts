import { expect, it } from 'vitest';
import { keepAnswers } from './kept-answers.ts';

it('keeps the newest fifty answers, each until it is old', () => {
  const kept = keepAnswers();
  for (let count = 0; count < 60; count++) kept.keep(`/${count}`, 'no_report', 1_000 + count);
  expect(kept.find('/9', 0)).toBeUndefined();
  expect(kept.find('/10', 0)).toBe('no_report');
  expect(kept.find('/59', 1_058)).toBe('no_report');
  expect(kept.find('/59', 1_059)).toBeUndefined();
});
