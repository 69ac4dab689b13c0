/** What was measured of payments, as text for a person. Must not measure anything. */
import { median } from '../speed/samples.ts';
import { aligned } from '../speed/table.ts';
import { type Column, compare, type Phase } from './comparison.ts';
import { allOf, type CpuByPart, mediansOf, PARTS } from './cpu-by-process.ts';
import type { MeasureOptions } from './measurement.ts';
import { PAYMENTS_PER_SECOND, type Paying } from './paying-programs.ts';
import { comparisonLines, number } from './report.ts';
import { RATE_COLUMN, SALE_COLUMNS } from './selling-shop.ts';

/** How reservations come. */
export interface Load {
  name: string;
  /** As many arrive by a clock: of what was reached without payments. Undefined: as many as can be made. */
  share?: number;
  /** The shop with its database on one core, all else on another. */
  isPinned: boolean;
}

export const CLOSED: Load = { name: 'as many as can be made', isPinned: false };
export const PINNED: Load = { name: 'the same, shop and Postgres on one core', isPinned: true };
export const LOADS: readonly Load[] = [
  CLOSED,
  { name: 'half of it by a clock', share: 0.5, isPinned: false },
  { name: '80 % of it by a clock', share: 0.8, isPinned: false },
  PINNED,
];

export type Kind = 'alone' | 'frozen' | 'paying';

export interface LoadPhase extends Phase<Kind> {
  load: string;
  /** Seconds a second. */
  cpu: CpuByPart;
}

export interface Figures {
  /** Seconds of CPU for a payment while nobody buys, of each round. */
  costs: CpuByPart[];
  phases: LoadPhase[];
  payings: (Paying & { load: string; kind: Kind; round: number })[];
}

/** Wanted: payments cost the sale no more than a twentieth. */
const RATE_RATIO_MIN = 0.95;
const REACHED_COLUMN: Column = { figure: 'reached', title: 'reached / offered', better: 'high' };
const OFFERED_COLUMNS: Column[] = [
  REACHED_COLUMN,
  ...SALE_COLUMNS.filter(({ figure }) => figure === 'p50Ms' || figure === 'p99Ms'),
];

export function paymentLines(figures: Figures, options: MeasureOptions): string[] {
  const { rounds, seconds, connections } = options;
  const measured = LOADS.filter(({ name }) => figures.phases.some(({ load }) => load === name));
  return [
    ...measured.flatMap((load) => [...loadLines(figures, load), '']),
    ...cpuLines(figures),
    '',
    ...payingLines(figures.payings),
    '',
    `${rounds} rounds of ${seconds} s a phase, ${connections} connections that buy, ${PAYMENTS_PER_SECOND} payments begun a second.`,
    'Of reservations that arrive by a clock, the time counts from their arrival.',
    ...measured.flatMap((load) => verdicts(figures, load)),
  ];
}

function loadLines({ phases }: Figures, load: Load): string[] {
  const own = phases.filter((phase) => phase.load === load.name);
  const isClosed = load.share === undefined;
  const rate = isClosed ? '' : `, ${number(medianFigure(own, 'offered'))} a second`;
  return [
    `Reservations, ${load.name}${rate}:`,
    ...comparisonLines(own, 'alone', isClosed ? SALE_COLUMNS : OFFERED_COLUMNS),
  ];
}

/** So that one sees how much of a ratio is the machine that is shared with the provider and the load. */
function cpuLines({ costs, phases }: Figures): string[] {
  const titles = [...new Set(phases.map(({ load, kind }) => `${load}, ${kind}`))];
  const milliseconds = mediansOf(costs.map((cost) => scaled(cost, 1_000)));
  return [
    'CPU by process:',
    ...aligned([
      ['', ...PARTS, 'all'],
      ...titles.map((title) => {
        const own = phases.filter(({ load, kind }) => `${load}, ${kind}` === title);
        return cpuRow(`s a second: ${title}`, mediansOf(own.map(({ cpu }) => cpu)));
      }),
      cpuRow('ms a payment, while nobody buys', milliseconds),
    ]),
  ];
}

function cpuRow(title: string, cpu: CpuByPart): string[] {
  return [title, ...PARTS.map((part) => cpu[part].toFixed(2)), allOf(cpu).toFixed(2)];
}

function scaled(cpu: CpuByPart, by: number): CpuByPart {
  return Object.fromEntries(PARTS.map((part) => [part, cpu[part] * by])) as CpuByPart;
}

function payingLines(payings: Figures['payings']): string[] {
  return aligned([
    ['', 'begun', 'paid', 'told to try again', 'captured a second'],
    ...payings.map(({ load, kind, round, outcomes, capturedPerSecond }) => [
      `round ${round + 1}, ${load}, ${kind}`,
      number(outcomes.begun),
      number(outcomes.paid),
      number(outcomes.unavailable),
      number(capturedPerSecond),
    ]),
  ]);
}

function verdicts({ phases }: Figures, load: Load): string[] {
  const own = phases.filter((phase) => phase.load === load.name);
  const isClosed = load.share === undefined;
  const ratios = compare(own, 'alone', isClosed ? RATE_COLUMN : REACHED_COLUMN);
  const late = compare(own, 'alone', { figure: 'p99Ms', title: 'p99 ms', better: 'low' });
  return ratios.flatMap(({ kind, ratio }) => {
    if (kind === 'alone') return [];
    const word = ratio.median >= RATE_RATIO_MIN ? 'yes' : 'NO';
    const p99 = late.find((compared) => compared.kind === kind)?.ratio.median ?? 0;
    const what = `${kind} / alone, ${load.name}: ${ratio.median.toFixed(2)}`;
    return [`${what}; at least ${RATE_RATIO_MIN}: ${word}; p99 ${p99.toFixed(2)} times.`];
  });
}

/** Of the phases of a kind. */
export function medianFigure(phases: LoadPhase[], figure: string): number {
  return median(phases.map(({ figures }) => figures[figure] ?? 0));
}
