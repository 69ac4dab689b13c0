import { describe, expect, it } from 'vitest';
import { Histogram } from '../../sale/object/histogram.ts';
import { readOpenMetrics } from '../../testing/openmetrics.ts';
import { openMetricsText } from './openmetrics.ts';

describe('OpenMetrics text', () => {
  it('tells of each family before its samples, and ends as it must', () => {
    const text = openMetricsText([
      {
        name: 'shop_wait_timestamp_seconds',
        type: 'gauge',
        unit: 'seconds',
        help: 'Some "time"\\\nor other.',
        samples: [{ labels: { event: 'a"b\\c\nd' }, value: 1.5 }],
      },
      { name: 'shop_attempts', type: 'counter', help: 'All.', samples: [{ labels: {}, value: 7 }] },
    ]);
    expect(text).toBe(`# TYPE shop_wait_timestamp_seconds gauge
# UNIT shop_wait_timestamp_seconds seconds
# HELP shop_wait_timestamp_seconds Some \\"time\\"\\\\\\nor other.
shop_wait_timestamp_seconds{event="a\\"b\\\\c\\nd"} 1.5
# TYPE shop_attempts counter
# HELP shop_attempts All.
shop_attempts_total 7
# EOF
`);
    const [wait] = readOpenMetrics(text).values();
    expect(wait?.samples[0]?.labels).toEqual({ event: 'a"b\\c\nd' });
  });

  it('adds up the buckets of a histogram, in the family’s unit', () => {
    const histogram = new Histogram([5, 1_000]);
    for (const ms of [1, 5, 6, 1_001, 4_000]) histogram.add(ms);
    const samples = [{ labels: { event: 'e' }, histogram: histogram.figures(), perUnit: 1_000 }];
    const text = openMetricsText([
      { name: 'shop_wait_seconds', type: 'histogram', unit: 'seconds', help: 'Wait.', samples },
    ]);
    expect(text.split('\n').slice(3, 8)).toEqual([
      'shop_wait_seconds_bucket{event="e",le="0.005"} 2',
      'shop_wait_seconds_bucket{event="e",le="1.0"} 3',
      'shop_wait_seconds_bucket{event="e",le="+Inf"} 5',
      'shop_wait_seconds_count{event="e"} 5',
      'shop_wait_seconds_sum{event="e"} 5.013',
    ]);
    expect(() => readOpenMetrics(text)).not.toThrow();
  });

  const wrong: [string, string][] = [
    ['without an end', '# TYPE a gauge\na 1\n'],
    ['with an empty line', '# TYPE a gauge\n\na 1\n# EOF\n'],
    ['of a counter without its suffix', '# TYPE a counter\na 1\n# EOF\n'],
    ['with a unit that the name does not have', '# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n'],
    ['with families that mix', '# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n# EOF\n'],
    ['that says a thing twice', '# TYPE a gauge\na{x="1"} 1\na{x="1"} 2\n# EOF\n'],
    ['with no number', '# TYPE a gauge\na undefined\n# EOF\n'],
    [
      'of a histogram that sinks',
      '# TYPE a histogram\na_bucket{le="1.0"} 3\na_bucket{le="+Inf"} 2\na_count 2\na_sum 1\n# EOF\n',
    ],
  ];

  it.each(wrong)('%s is noticed by the tests’ reader', (_what, text) => {
    expect(() => readOpenMetrics(text)).toThrow(Error);
  });
});
