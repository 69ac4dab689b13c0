/** The judgement as text for a person. Must not judge. */
import { aligned } from '../speed/table.ts';
import type { Judgement } from './judgement.ts';

/** The headings, and a row for each step. */
export function stepRows({ steps }: Judgement): string[][] {
  const headings = ['step', 'requests', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms', 'errors'];
  const rows = Object.entries(steps).map(([step, figures]) => {
    const { p50Ms, p95Ms, p99Ms, longestMs } = figures;
    const times = [p50Ms, p95Ms, p99Ms, longestMs].map((ms) => Math.round(ms).toString());
    return [step, figures.requests.toString(), ...times, figures.errors.toString()];
  });
  return [headings, ...rows];
}

export function summaryLines(judgement: Judgement): string[] {
  const checks = judgement.checks.map(({ what, reach, isMet }) => [
    what,
    reach,
    isMet ? 'yes' : 'NO',
  ]);
  return [
    ...aligned(stepRows(judgement)),
    '',
    ...aligned([['what has to hold', 'is', ''], ...checks]),
    '',
    judgement.ok ? 'HELD' : 'DID NOT HOLD',
  ];
}
