/** Proves that plots show what they are given, to scale, and nothing that was smuggled in. */
import { expect, test } from 'vitest';
import { barPlot, linePlot, ticks } from './plot.ts';
import type { Entry } from './recorder.ts';
import { timelineOf } from './timeline.ts';

function entry(step: Entry['step'], answeredAtMs: number, tookMs: number): Entry {
  return { step, answeredAtMs, tookMs, outcome: 'held', isError: false };
}

test('a timeline counts from the opening, in moments of one length', () => {
  const purchases = Array.from({ length: 100 }, (_, n) => entry('purchase', 10_000 + n, n));
  const { momentMs, rates, latencies } = timelineOf(
    [entry('browse', 6_000, 5), ...purchases, entry('purchase', 11_000, 7)],
    { steps: ['browse', 'purchase'], opensAtMs: 10_000 },
  );
  expect(momentMs).toBe(100);
  const [browse, purchase] = rates;
  expect(browse?.points[0]).toEqual([-4, 10]);
  expect(purchase?.points.find(([x]) => x === 0)).toEqual([0, 1_000]);
  expect(purchase?.points.find(([x]) => x === 0.5)).toEqual([0.5, 0]);
  expect(latencies.map(({ name, points }) => [name, points])).toEqual([
    [
      'p50',
      [
        [0, 49],
        [1, 7],
      ],
    ],
    [
      'p95',
      [
        [0, 94],
        [1, 7],
      ],
    ],
    [
      'p99',
      [
        [0, 98],
        [1, 7],
      ],
    ],
  ]);
});

test('a line goes from corner to corner of its plot', () => {
  const points: [number, number][] = [
    [0, 0],
    [10, 50],
  ];
  const svg = linePlot({ title: 'T', xUnit: 's', series: [{ name: 'a', points }] });
  expect(svg).toContain('points="56.0,200.0 708.0,28.0"');
  expect(svg).toContain('>10 s<');
});

test('the longest bar fills the room, and errors look like errors', () => {
  const svg = barPlot('T', [
    { name: 'held', value: 40, isError: false },
    { name: '503 busy', value: 20, isError: true },
  ]);
  expect(svg).toContain('class="fill s0" x="190" y="31" width="460.0"');
  expect(svg).toContain('class="fill bad" x="190" y="53" width="230.0"');
});

test('a shop that answers with markup does not get it into the page', () => {
  const svg = barPlot('T', [{ name: '<script>"&', value: 1, isError: true }]);
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&#60;script&#62;&#34;&#38;');
});

test('nothing measured is said, not drawn', () => {
  expect(linePlot({ title: 'T', xUnit: 's', series: [] })).toContain('nothing to show');
  expect(timelineOf([], { steps: [], opensAtMs: 5 }).latencies[0]?.points).toEqual([]);
});

test.each([
  [0, 10, [0, 2, 4, 6, 8, 10]],
  [-4, 6, [-4, -2, 0, 2, 4, 6]],
  [0, 0, [0]],
  [0, 1_234, [0, 500, 1_000]],
])('ticks from %d to %d are round', (min, max, expected) => {
  expect(ticks(min, max).map((tick) => tick + 0)).toEqual(expected);
});
