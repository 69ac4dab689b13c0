/** The results as text for a person. Must not judge or write anything anywhere. */
import { type RatioName, TARGETS } from './ratios.ts';
import type { Results } from './results.ts';
import { LIST_SIZE, type RowName } from './rows.ts';
import { PROCESSES, type Sample } from './samples.ts';

const TITLES: Record<RowName, string> = {
  ok: '"ok", token checked',
  sold_out: 'reserve, sold out',
  empty: 'call to an empty object',
  reserve: 'reserve',
  enter: 'enter a queue',
  confirm: 'reserve + confirm',
  naive: 'naive: one UPDATE each',
  list: `reserve, lists of ${LIST_SIZE}`,
  sql: 'SQL straight: transaction',
  sql_statement: 'SQL straight: one statement',
  rank: 'draw: entries ranked',
  draw: 'draw: units offered',
  draw_sql: 'SQL straight: units offered',
  freed: 'freed unit without owner',
  freed_busy: 'the same, others ask',
};

const HEADINGS = [
  'row',
  'conn.',
  'per second',
  'p50 ms',
  'p99 ms',
  'RSS MB',
  'runtime us each',
].concat(
  PROCESSES.map((name) => `cpu ${name}`),
  ['errors'],
);
const MB = 1e6;

export function tableLines(results: Results): string[] {
  const { machine, postgres, memory, rounds, seconds } = results;
  const [before, after] = machine.loadAverage;
  return [
    '',
    ...aligned([HEADINGS, ...results.rows.map(cells)]),
    '',
    `Medians of ${rounds} round(s) of ${seconds} s; cpu in seconds a second, of ${machine.cores} core(s).`,
    `Node ${machine.node}, Postgres ${postgres.version} with fsync ${postgres.fsync} and ` +
      `synchronous_commit ${postgres.synchronousCommit}.`,
    `Load average before: ${before.toFixed(1)}, after: ${after.toFixed(1)}.`,
    `Runtime's memory after ${memory.purchases.join(' and ')} purchases: ` +
      `${memory.rssBytes.map(megabytes).join(' and ')} MB.`,
    '',
    ...aligned([['ratio', 'reach', 'target', 'met'], ...Object.keys(TARGETS).flatMap(ratio)]),
    '',
    ...results.wrong.map((what) => `WRONG  ${what}`),
  ];

  function ratio(key: string): string[][] {
    const name = key as RatioName;
    const reach = results.ratios[name];
    if (reach === undefined) return [];
    const target = TARGETS[name];
    const bound = 'atLeast' in target ? `>= ${target.atLeast}` : `<= ${target.atMost}`;
    return [[name, reach.toFixed(2), bound, results.met[name] ? 'yes' : 'NO']];
  }
}

function cells(row: Sample): string[] {
  const errors = Object.entries(row.errors).map(([code, count]) => `${code}: ${count}`);
  return [
    TITLES[row.name],
    String(row.connections),
    Math.round(row.perSecond).toLocaleString('en'),
    row.p50Ms.toFixed(1),
    row.p99Ms.toFixed(1),
    megabytes(row.rssBytes),
    Math.round(row.runtimeUsEach).toString(),
    ...PROCESSES.map((name) => row.cpu[name].toFixed(2)),
    errors.join(', ') || 'none',
  ];
}

function megabytes(bytes: number): string {
  return Math.round(bytes / MB).toString();
}

/** The first column to the left, numbers to the right, the last one as it is. */
export function aligned(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, n) => {
        if (n === row.length - 1) return cell;
        return n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0);
      })
      .join('  '),
  );
}
