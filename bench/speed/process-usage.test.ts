/** Proves the reading of /proc, with text as Linux writes it. */
import { expect, test } from 'vitest';
import { parseUsage, usageOf } from './process-usage.ts';

const STAT = '42 (a (strange) name) S 1 42 42 0 -1 4194560 900 0 0 0 150 50 7 7 20 0 9 0 1 1 1';
const STATUS = 'Name:\ta\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nThreads:\t9\n';

test('CPU is user and system time in seconds, memory is what is resident', () => {
  expect(parseUsage(STAT, STATUS)).toEqual({ cpuSeconds: 2, rssBytes: 1024 * 1024 });
});

test('a process that has ended has used nothing more', () => {
  expect(usageOf([2 ** 22 + 1])).toEqual({ cpuSeconds: 0, rssBytes: 0 });
});
