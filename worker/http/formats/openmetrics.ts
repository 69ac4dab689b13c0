/** OpenMetrics 1.0 as text, made of families. Knows the format and no figure. */
import type { HistogramFigures } from '../../sale/object/histogram.ts';

export const OPENMETRICS_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

type Labels = Record<string, string>;

interface Numbers {
  type: 'gauge' | 'counter';
  samples: { labels: Labels; value: number }[];
}

interface Histograms {
  type: 'histogram';
  /** `perUnit`: how many of the histogram's own make one of the family's unit. */
  samples: { labels: Labels; histogram: HistogramFigures; perUnit?: number }[];
}

export type Family = (Numbers | Histograms) & {
  /** Without the suffix that its type brings; with its unit's, where it has one. */
  name: string;
  help: string;
  unit?: 'seconds';
};

export function openMetricsText(families: Family[]): string {
  return [...families.flatMap(linesOf), '# EOF', ''].join('\n');
}

function linesOf(family: Family): string[] {
  const { name, type, unit, help } = family;
  return [
    `# TYPE ${name} ${type}`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...(family.type === 'histogram' ? histogramLines(name, family) : numberLines(name, family)),
  ];
}

function numberLines(name: string, { type, samples }: Numbers): string[] {
  const suffix = type === 'counter' ? '_total' : '';
  return samples.map(({ labels, value }) => `${name}${suffix}${inBraces(labels)} ${value}`);
}

/** Each bucket has all that the ones before it have. */
function histogramLines(name: string, { samples }: Histograms): string[] {
  return samples.flatMap(({ labels, histogram, perUnit = 1 }) => {
    const { bounds, counts, sum } = histogram;
    let count = 0;
    const buckets = counts.map((here, n) => {
      count += here;
      const bound = bounds[n];
      const le = bound === undefined ? '+Inf' : canonical(bound / perUnit);
      return `${name}_bucket${inBraces({ ...labels, le })} ${count}`;
    });
    const own = inBraces(labels);
    return [...buckets, `${name}_count${own} ${count}`, `${name}_sum${own} ${sum / perUnit}`];
  });
}

/** Bounds are compared as text by some. */
function canonical(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function inBraces(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
