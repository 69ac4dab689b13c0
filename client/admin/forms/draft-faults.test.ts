import { expect, test } from 'vitest';
import { wholeOf } from './draft-faults.ts';

test('a count is digits and nothing else', () => {
  expect(wholeOf(' 12 ')).toBe(12);
  for (const typed of ['', '-1', '1.0', '1e3', '0x10', '1234567890']) {
    expect(wholeOf(typed), typed).toBeNull();
  }
});
