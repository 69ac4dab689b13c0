/**
 * Reservations with and without 20 payments a second of another sale beside them, and while the payment provider
 * takes connections and never answers, in turns: as many as can be made, and as many as come by a clock. A
 * payment is a hold, its page at the local provider, the card, and the webhook by which its order is confirmed;
 * its capture follows.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { findBrokenMoneyLaws } from '../../worker/stores/postgres/money-laws.ts';
import type { Bench } from '../speed/bench.ts';
import { interleave } from './comparison.ts';
import { type CpuByPart, mediansOf, offeredPerSecond, usedEach } from './cpu-by-process.ts';
import type { MeasureOptions, MeasureResult } from './measurement.ts';
import {
  cpuOf,
  type Paying,
  type PayingPrograms,
  payBeside,
  pinsOf,
  startPayingPrograms,
} from './paying-programs.ts';
import {
  CLOSED,
  type Figures,
  type Kind,
  LOADS,
  type Load,
  medianFigure,
  paymentLines,
} from './payment-lines.ts';
import { canPin, pin } from './pinned-processes.ts';
import { openSellingShop, saleFigures, sell } from './selling-shop.ts';

/** Alone twice, so that there are equal phases to know the noise by. */
const CLOSED_KINDS: Kind[] = ['alone', 'paying', 'alone', 'frozen'];
const OFFERED_KINDS: Kind[] = ['alone', 'paying', 'frozen'];
/** Nothing is frozen there: it is about the CPU of payments. */
const PINNED_KINDS: Kind[] = ['alone', 'paying'];
/** Of those that arrive by a clock; more than ever wait where the shop keeps up. */
const CONNECTIONS_MAX = 256;

interface Run {
  bench: Bench;
  programs: PayingPrograms;
  options: MeasureOptions;
  figures: Figures;
}

export async function measurePayments(options: MeasureOptions): Promise<MeasureResult> {
  const programs = await startPayingPrograms();
  try {
    const shop = await openSellingShop(options, programs.variables);
    try {
      await programs.serve(shop.bench);
      return await measure({
        bench: shop.bench,
        programs,
        options,
        figures: { costs: [], phases: [], payings: [] },
      });
    } finally {
      await shop.stop();
    }
  } finally {
    await programs.stop();
  }
}

async function measure(run: Run): Promise<MeasureResult> {
  const { bench, options, figures } = run;
  const { rounds } = options;
  const loads = LOADS.filter(({ isPinned }) => !isPinned || canPin());
  await measureCost(run);
  for (let round = 0; round < rounds; round++) {
    for (const load of loads) await measureLoad(run, load, round);
  }
  return {
    lines: paymentLines(figures, options),
    figures,
    wrong: [
      ...bench.wrong,
      ...(await wrongMoney(bench)),
      ...figures.payings.flatMap(({ kind, outcomes }) => wrongPayings(kind, outcomes)),
    ],
  };
}

/** What a payment takes of each process, from its hold to its capture, while nobody else buys. */
async function measureCost({ bench, programs, options, figures }: Run): Promise<void> {
  const { rounds, seconds, logStep } = options;
  for (let round = 0; round < rounds; round++) {
    logStep(`round ${round + 1} of ${rounds}: payments while nobody buys`);
    const before = cpuOf(bench, programs);
    const paying = await payBeside(bench, programs, false);
    await pause(seconds * 1_000);
    const { outcomes } = await paying.end();
    figures.costs.push(usedEach(before, cpuOf(bench, programs), outcomes.paid));
  }
}

async function measureLoad(run: Run, load: Load, round: number): Promise<void> {
  const { bench, programs } = run;
  const release = load.isPinned ? pin(pinsOf(bench, programs)) : () => {};
  try {
    const kinds = load.isPinned
      ? PINNED_KINDS
      : load.share === undefined
        ? CLOSED_KINDS
        : OFFERED_KINDS;
    // Of its round, back and forth as the rounds go.
    const turns = interleave(kinds, round + 1).filter((turn) => turn.round === round);
    for (const { kind } of turns) await measurePhase(run, { load, kind, round });
  } finally {
    release();
  }
}

async function measurePhase(
  { bench, programs, options, figures }: Run,
  { load, kind, round }: { load: Load; kind: Kind; round: number },
): Promise<void> {
  const { rounds, seconds, connections, logStep } = options;
  logStep(`round ${round + 1} of ${rounds}: ${load.name}, ${kind}`);
  const perSecond = load.share === undefined ? undefined : offeredFor(figures, load.share);
  const beside = kind === 'alone' ? undefined : await payBeside(bench, programs, kind === 'frozen');
  const readings: { cpu: CpuByPart; atMs: number }[] = [];
  const sample = await sell(bench, {
    seconds,
    connections: perSecond === undefined ? connections : CONNECTIONS_MAX,
    ...(perSecond !== undefined && { perSecond }),
    onCount: () => readings.push({ cpu: cpuOf(bench, programs), atMs: performance.now() }),
  });
  const [before, after] = readings;
  if (before === undefined || after === undefined) throw new Error('a phase was not counted');
  const cpu = usedEach(before.cpu, after.cpu, (after.atMs - before.atMs) / 1_000);
  const offered =
    perSecond === undefined ? {} : { offered: perSecond, reached: sample.perSecond / perSecond };
  figures.phases.push({
    load: load.name,
    kind,
    round,
    cpu,
    figures: { ...saleFigures(sample), ...offered },
  });
  if (beside) figures.payings.push({ load: load.name, kind, round, ...(await beside.end()) });
}

/** By what this run has reached without payments so far, and by what payments have taken. */
function offeredFor({ phases }: Figures, share: number): number {
  const closed = phases.filter(({ load }) => load === CLOSED.name);
  const alone = closed.filter(({ kind }) => kind === 'alone');
  const paying = closed.filter(({ kind }) => kind === 'paying');
  const cpuIn = (of: typeof phases) => mediansOf(of.map(({ cpu }) => cpu));
  const reached = { perSecond: medianFigure(alone, 'perSecond'), cpu: cpuIn(alone) };
  return offeredPerSecond(reached, cpuIn(paying), share);
}

async function wrongMoney({ testBed: { db } }: Bench): Promise<string[]> {
  const broken = await findBrokenMoneyLaws(db);
  return broken.length === 0 ? [] : [`the law of money is broken: ${JSON.stringify(broken)}`];
}

function wrongPayings(
  kind: Kind,
  { begun, paid, unavailable, other }: Paying['outcomes'],
): string[] {
  if (other.length > 0) return [`payments (${kind}): ${[...new Set(other)].join(', ')}`];
  return kind === 'paying' && paid !== begun
    ? [`${paid} of ${begun} payments were paid, ${unavailable} told to try again`]
    : [];
}
