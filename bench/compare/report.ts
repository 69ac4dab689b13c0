/** The comparison as text for a person. Must not judge or write anything anywhere. */
import { aligned } from '../speed/table.ts';
import { type Column, compare, type Phase } from './comparison.ts';

const DIGITS_FROM = 100;

/** One block for each column: a line for each kind, with its spread and its ratio to the base. */
export function comparisonLines<Kind extends string>(
  phases: Phase<Kind>[],
  base: Kind,
  columns: Column[],
): string[] {
  const headings = ['', 'phases', 'median', 'least', 'most', `ratio to ${base}`, 'within noise'];
  const rows = columns.flatMap((column) =>
    compare(phases, base, column).map(({ kind, phases: count, ratio, ...one }) => [
      `${column.title}, ${kind}`,
      String(count),
      number(one.median),
      number(one.least),
      number(one.most),
      `${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)})`,
      kind === base ? '-' : one.isWithinNoise ? 'yes' : 'NO',
    ]),
  );
  return aligned([headings, ...rows]);
}

export function number(value: number): string {
  return value >= DIGITS_FROM ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}
