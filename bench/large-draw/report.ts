/** What was measured of a large draw, as lines for a person. Must not measure anything. */
import type { Phase } from '../compare/comparison.ts';
import { number } from '../compare/report.ts';
import { aligned } from '../speed/table.ts';
import type { BrowserCheck } from './browser.ts';
import type { Taken } from './checkers.ts';
import { COLUMNS, type Kind, ratiosOf } from './entering.ts';
import type { ListReading } from './list.ts';
import type { Timeline } from './timeline.ts';

const MB = 1e6;

export function timelineLines({ draw, ...seen }: Timeline): string[] {
  return [
    `a draw with ${draw.entries} entries and ${draw.records} records`,
    ...aligned([
      ['seen in its public answer, which may be 2 s old', '', ''],
      ['locked', seconds(seen.lockedMs), 'after entries close'],
      ['the signed statement of it', seconds(seen.lockSignedMs), 'after entries close'],
      ['drawn', seconds(seen.drawnMs), 'after the round was due'],
      ['the signed statement of it', seconds(seen.drawSignedMs), 'after the round was due'],
    ]),
  ];
}

export function listLines(readings: readonly ListReading[]): string[] {
  const [first] = readings;
  return [
    `its list: ${first?.bytes} bytes, ${first?.lines} lines`,
    ...aligned([
      [
        'at once',
        's',
        'CPU s: runtime',
        'endpoint',
        'Postgres',
        'runtime MB: before',
        'most',
        'after',
      ],
      ...readings.map(({ streams, seconds: took, cpu, before, peak, after }) => [
        `${streams}`,
        took.toFixed(2),
        ...[cpu.runtime, cpu.endpoint, cpu.postgres].map((spent) => spent.toFixed(2)),
        ...[before, peak, after].map((bytes) => (bytes / MB).toFixed(0)),
      ]),
    ]),
  ];
}

export function checkerLines(taken: readonly Taken[]): string[] {
  return aligned([
    ['checked by', 's', 'CPU s', 'MB at most'],
    ...taken.map(({ name, seconds: took, cpuSeconds, rssBytes }) => [
      name,
      took.toFixed(2),
      cpuSeconds.toFixed(2),
      (rssBytes / MB).toFixed(0),
    ]),
  ]);
}

export function browserLines(checks: readonly BrowserCheck[]): string[] {
  return [
    'checked on its page, in Chromium',
    ...aligned([
      ['processor', 's', 'CPU s of its process', 'MB at most', 'longest gap, ms', 'steps shown'],
      ...checks.map((check) => [
        `${check.share}`,
        check.seconds.toFixed(2),
        check.cpuSeconds.toFixed(2),
        (check.rssBytes / MB).toFixed(0),
        number(check.longestGapMs),
        `${check.steps}`,
      ]),
    ]),
  ];
}

export function enteringLines(phases: Phase<Kind>[]): string[] {
  const rows = COLUMNS.flatMap((column) =>
    ratiosOf(phases, column).map(({ kind, median, ratio }) => [
      column.title,
      kind.replaceAll('_', ' '),
      number(median),
      ratio.median.toFixed(2),
      `${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}`,
    ]),
  );
  return [
    'entering, in turns; ratios to a draw whose chain was taken out of the database',
    ...aligned([['', '', 'median', 'ratio', 'of the rounds'], ...rows]),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
