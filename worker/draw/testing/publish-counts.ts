/** The counts over time of a draw that a test publishes, as docs/fairness.md describes them. */
import type { DrawCounts } from '../../contract/draw.ts';
import { countSteps } from '../../contract/draw-counts.ts';

interface Counted {
  kind: string;
  atMs: number;
}

/** @returns null without a record */
export function countsOf(records: readonly Counted[], closeMs: number): DrawCounts | null {
  const [first] = records;
  if (first === undefined) return null;
  const { fromMs, stepSeconds, count } = countSteps(first.atMs, closeMs);
  const each = (kind: string) =>
    Array.from({ length: count }, (_, step) => {
      const stepMs = stepSeconds * 1_000;
      const isIn = ({ atMs }: Counted) => Math.floor((atMs - fromMs) / stepMs) === step;
      return records.filter((record) => record.kind === kind && isIn(record)).length;
    });
  return {
    version: 1,
    records: records.length,
    from: new Date(fromMs).toISOString(),
    stepSeconds,
    entered: each('enter'),
    left: each('leave'),
  };
}
