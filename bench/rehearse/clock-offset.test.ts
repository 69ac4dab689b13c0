/** Proves the reading of the server's clock. */
import { expect, test } from 'vitest';
import { serverOffsetMs } from './clock-offset.ts';

test('the quickest answer is believed, and its trip is halved', () => {
  const samples = [
    { sentAtMs: 0, answeredAtMs: 400, serverNowMs: 3_600_390 },
    { sentAtMs: 1_000, answeredAtMs: 1_010, serverNowMs: 3_601_005 },
  ];
  expect(serverOffsetMs(samples)).toBe(3_600_000);
});

test('a server that is behind gives a negative offset', () => {
  expect(serverOffsetMs([{ sentAtMs: 5_000, answeredAtMs: 5_000, serverNowMs: 2_000 }])).toBe(
    -3_000,
  );
});

test('without samples there is no offset to make up', () => {
  expect(() => serverOffsetMs([])).toThrow('no clock samples');
});
