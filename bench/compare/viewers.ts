/**
 * Purchases with and without thousands of viewers on the event, in turns; and when the last state
 * of the sale has reached each of them.
 */
import { integritySchema } from '../../worker/contract/events.ts';
import { type EventItemId, eventIdOf } from '../../worker/contract/ids.ts';
import { spread } from '../rehearse/statistics.ts';
import type { Bench } from '../speed/bench.ts';
import { median } from '../speed/samples.ts';
import { aligned } from '../speed/table.ts';
import { compare, interleave, type Phase } from './comparison.ts';
import { type ForkedProgram, forkProgram } from './forked-program.ts';
import type { MeasureOptions, MeasureResult } from './measurement.ts';
import { comparisonLines, number } from './report.ts';
import {
  openPhaseSale,
  openSellingShop,
  RATE_COLUMN,
  SALE_COLUMNS,
  saleFigures,
  sell,
} from './selling-shop.ts';
import type { ViewersAnswer, ViewersOrder } from './viewers-messages.ts';

const PROGRAM = new URL('./viewers-process.ts', import.meta.url);
type Kind = 'alone' | 'watched';
/** Alone twice, so that there are equal phases to know the noise by. */
const KINDS: Kind[] = ['alone', 'watched', 'alone'];
/** After the last purchase. */
const WAIT_MS_MAX = 10_000;
const CHECK_EVERY_MS = 100;
/** Wanted: everybody has the last state within this of the last purchase's answer. */
const LAST_STATE_MS_MAX = 2_000;
/** Wanted: viewers cost the sale no more than a tenth. */
const RATE_RATIO_MIN = 0.9;

type Viewers = ForkedProgram<ViewersOrder, ViewersAnswer>;

interface Watched {
  round: number;
  perSecond: number;
  runtimeUsEach: number;
  /** Besides each socket's first. */
  messagesPerSecond: number;
  /** Seconds a second. */
  viewersCpu: number;
  behind: number;
  lost: number;
  lateMs: number[];
}

export async function measureViewers(options: MeasureOptions): Promise<MeasureResult> {
  const viewerProgram: Viewers = forkProgram(PROGRAM);
  try {
    const shop = await openSellingShop(options);
    try {
      return await measure(options, shop.bench, viewerProgram);
    } finally {
      await shop.stop();
    }
  } finally {
    await viewerProgram.stop();
  }
}

async function measure(
  options: MeasureOptions,
  bench: Bench,
  viewerProgram: Viewers,
): Promise<MeasureResult> {
  const { rounds, seconds, connections, viewers, logStep } = options;
  const phases: Phase<Kind>[] = [];
  const watched: Watched[] = [];
  for (const { kind, round } of interleave(KINDS, rounds)) {
    logStep(`round ${round + 1} of ${rounds}: ${kind}`);
    const eventItemId = await openPhaseSale(bench);
    const { port } = bench.target;
    const path = `/api/v1/events/${eventIdOf(eventItemId)}/live`;
    if (kind === 'watched') {
      await viewerProgram.ask({ kind: 'watch', port, path, count: viewers }, 'watching');
    }
    const before = { cpu: viewerProgram.cpuSeconds(), atMs: performance.now() };
    const last = { cpu: 0, atMs: 0 };
    const onOver = (): void => {
      last.cpu = viewerProgram.cpuSeconds();
      last.atMs = performance.now();
    };
    const sample = await sell(bench, { connections, seconds, onOver }, eventItemId);
    phases.push({ kind, round, figures: saleFigures(sample) });
    if (kind === 'alone') continue;
    const tookSeconds = (last.atMs - before.atMs) / 1_000;
    const viewersCpu = (last.cpu - before.cpu) / tookSeconds;
    const seen = await untilSeen(bench, viewerProgram, eventItemId);
    await viewerProgram.ask({ kind: 'leave' }, 'left');
    const { behind, lost, messages } = seen;
    const lateMs = seen.atMs.map((atMs) => Math.max(0, atMs - performance.timeOrigin - last.atMs));
    const messagesPerSecond = (messages - viewers) / tookSeconds;
    const { perSecond, runtimeUsEach } = sample;
    const rates = { perSecond, runtimeUsEach, messagesPerSecond };
    watched.push({ round, ...rates, viewersCpu, behind, lost, lateMs });
  }
  const aloneUsEach = median(
    phases.flatMap(({ kind, figures }) =>
      kind === 'alone' ? (figures['runtimeUsEach'] ?? 0) : [],
    ),
  );
  return {
    lines: [
      ...comparisonLines(phases, 'alone', SALE_COLUMNS),
      '',
      ...watchedLines(watched, aloneUsEach),
      '',
      `${rounds} rounds of ${seconds} s a phase, ${connections} connections that buy, ${viewers} viewers.`,
      rateVerdict(phases),
    ],
    figures: {
      phases,
      watched: watched.map(({ lateMs, ...one }) => ({ ...one, lateMs: spread(lateMs) })),
    },
    wrong: [
      ...bench.wrong,
      ...watched.flatMap(({ round, behind, lost }) =>
        behind + lost > 0
          ? [`round ${round + 1}: ${behind} viewers without the last state, ${lost} sent away`]
          : [],
      ),
    ],
  };
}

function rateVerdict(phases: Phase<Kind>[]): string {
  const rates = compare(phases, 'alone', RATE_COLUMN);
  const reach = rates.find(({ kind }) => kind === 'watched')?.ratio.median ?? 0;
  const word = reach >= RATE_RATIO_MIN ? 'yes' : 'NO';
  return `Purchases a second, watched / alone: ${reach.toFixed(2)}; at least ${RATE_RATIO_MIN}: ${word}.`;
}

/** Waits until everybody has what the database has, but not for ever. */
async function untilSeen(bench: Bench, viewerProgram: Viewers, eventItemId: EventItemId) {
  const path = `/api/v1/events/${eventIdOf(eventItemId)}/integrity`;
  const response = await fetch(`http://127.0.0.1:${bench.target.port}${path}`);
  const { items } = integritySchema.parse(await response.json());
  const remaining = items[0]?.remaining ?? 0;
  const giveUpAtMs = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const seen = await viewerProgram.ask({ kind: 'look', remaining }, 'seen');
    if (seen.behind === 0 || performance.now() > giveUpAtMs) return seen;
    await new Promise((done) => setTimeout(done, CHECK_EVERY_MS));
  }
}

/** @param aloneUsEach runtime CPU of a purchase that nobody watches. */
function watchedLines(watched: Watched[], aloneUsEach: number): string[] {
  const headings = [
    'watched',
    'messages a second',
    'runtime CPU us a message',
    "viewers' CPU s/s",
    'last state p50 ms',
    'p99 ms',
    'last one ms',
    `within ${LAST_STATE_MS_MAX} ms`,
  ];
  const rows = watched.map((one) => {
    const { p50, p99, max } = spread(one.lateMs);
    const isInTime = one.behind === 0 && max <= LAST_STATE_MS_MAX;
    const messageUs = ((one.runtimeUsEach - aloneUsEach) * one.perSecond) / one.messagesPerSecond;
    const figures = [one.messagesPerSecond, messageUs, one.viewersCpu, p50, p99, max];
    return [`round ${one.round + 1}`, ...figures.map(number), isInTime ? 'yes' : 'NO'];
  });
  return [
    ...aligned([headings, ...rows]),
    "Last state: from the answer of the last purchase until a viewer has it. The viewers' CPU is taken",
    'from the same cores.',
  ];
}
