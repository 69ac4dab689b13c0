/** Proves that the table shows what was found, and says when it was wrong. */
import { expect, test } from 'vitest';
import { completeResults } from './results.ts';
import type { Sample } from './samples.ts';
import { tableLines } from './table.ts';

function sample(connections: number, p99Ms: number): Sample {
  return {
    name: 'reserve',
    connections,
    round: 0,
    perSecond: 12_345.6,
    p50Ms: 10,
    p99Ms,
    slowestMs: 2 * p99Ms,
    errors: connections === 32 ? {} : { '503 busy': 2 },
    cpu: { runtime: 0.5, endpoint: 0.1, postgres: 0.2, load: 0.05 },
    runtimeUsEach: 300.4,
    rssBytes: 100e6,
  };
}

const results = completeResults({
  at: '2026-11-22T18:00:00.000Z',
  machine: { cores: 2, node: '24.0.0', loadAverage: [0.5, 2.25] },
  postgres: { version: '18.4', fsync: 'on', synchronousCommit: 'on' },
  rounds: 1,
  seconds: 2,
  samples: [sample(32, 20), sample(256, 90)],
  memory: { purchases: [1_000, 100_000], rssBytes: [100e6, 110e6] },
  wrong: ['the law does not hold'],
});

test('each row is a line in columns, with its errors by code', () => {
  const lines = tableLines(results).filter((line) => line.startsWith('reserve '));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/ 32 +12,346 +10\.0 +20\.0 .* none$/);
  expect(lines[1]).toMatch(/ 256 +12,346 +10\.0 +90\.0 .* 503 busy: 2$/);
  expect(lines[0]?.indexOf('12,346')).toBe(lines[1]?.indexOf('12,346'));
});

test('each ratio shows its reach, its target and whether that is met', () => {
  const text = tableLines(results).join('\n');
  expect(text).toMatch(/p99_vs_p50_256 +9\.00 +<= 5 +NO/);
  expect(text).toMatch(/memory_growth +1\.10 +<= 1\.3 +yes/);
  expect(text).not.toContain('sold_out_vs_ok');
});

test('what was wrong stands below', () => {
  expect(tableLines(results)).toContain('WRONG  the law does not hold');
});
