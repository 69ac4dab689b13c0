/**
 * MongoDB away during a sale: reviews are read all the while, purchases go on, and the Data API is
 * up, stopped or frozen in turns. Not one purchase may be slower than equal phases differ.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../speed/samples.ts';
import { aligned } from '../speed/table.ts';
import { compare, interleave, type Phase } from './comparison.ts';
import { type DataApiProcess, type DataApiState, startDataApi } from './data-api-program.ts';
import type { MeasureOptions, MeasureResult } from './measurement.ts';
import { comparisonLines, number } from './report.ts';
import { type ReaderFigures, type Readers, startReaders } from './review-readers.ts';
import {
  openSellingShop,
  SALE_COLUMNS,
  type SellingShop,
  saleFigures,
  sell,
} from './selling-shop.ts';

/** Up twice, so that there are equal phases to know the noise by. */
const KINDS: DataApiState[] = ['up', 'stopped', 'up', 'frozen'];
/** No reader waits longer for MongoDB, see worker/wiring.ts. */
const NAMED_MS_MAX = 2_000;
/** Until a breaker that has opened lets a call through again, see worker/stores/documents/breaker.ts. */
const HEALED_MS_MAX = 15_000;

type Read = ReaderFigures & { kind: DataApiState; round: number };

export async function measureMongodbOutage(options: MeasureOptions): Promise<MeasureResult> {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-away-'));
  const dataApi = await startDataApi(join(folder, 'documents.journal'));
  try {
    const shop = await openSellingShop(options, dataApi.variables);
    try {
      const readers = await startReaders(shop.bench.target, shop.bench.itemId);
      try {
        return await measure(options, { dataApi, shop, readers });
      } finally {
        await readers.stop();
      }
    } finally {
      await shop.stop();
    }
  } finally {
    await dataApi.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  { rounds, seconds, connections, logStep }: MeasureOptions,
  context: { dataApi: DataApiProcess; shop: SellingShop; readers: Readers },
): Promise<MeasureResult> {
  const { dataApi, readers } = context;
  const { bench } = context.shop;
  const phases: Phase<DataApiState>[] = [];
  const reads: Read[] = [];
  for (const { kind, round } of interleave(KINDS, rounds)) {
    logStep(`round ${round + 1} of ${rounds}: Data API ${kind}`);
    await dataApi.become('up');
    await untilGiven(readers);
    // Away from before the first purchase on, so that also the first timeouts fall into the phase.
    await dataApi.become(kind);
    // What was asked before belongs to no phase.
    void readers.take();
    const sample = await sell(bench, { connections, seconds });
    phases.push({ kind, round, figures: saleFigures(sample) });
    reads.push({ kind, round, ...(await readers.take()) });
  }
  const wrong = [...bench.wrong, ...reads.flatMap(wrongReads)];
  return {
    lines: [
      ...comparisonLines(phases, 'up', SALE_COLUMNS),
      '',
      ...readerLines(reads),
      '',
      `${rounds} rounds of ${seconds} s a phase, ${connections} connections that buy. Within the noise: not worse`,
      'than the worst phase with the Data API up.',
      verdictOn(phases),
    ],
    figures: { phases, reads },
    wrong,
  };
}

function verdictOn(phases: Phase<DataApiState>[]): string {
  const compared = SALE_COLUMNS.flatMap((column) => compare(phases, 'up', column));
  const isKept = compared.every(({ isWithinNoise }) => isWithinNoise);
  return `Not one purchase slower than the noise: ${isKept ? 'yes' : 'NO'}.`;
}

/** @throws if reviews are not given again within the time that the breaker and a read may take. */
async function untilGiven(readers: Readers): Promise<void> {
  const giveUpAtMs = performance.now() + HEALED_MS_MAX;
  for (;;) {
    await readers.take();
    await new Promise((done) => setTimeout(done, 100));
    const { given, refused } = await readers.take();
    if (given > 0 && refused === 0) return;
    if (performance.now() > giveUpAtMs) throw new Error('reviews did not come back');
  }
}

function wrongReads({ kind, round, other, given, refused }: Read): string[] {
  const where = `round ${round + 1}, Data API ${kind}`;
  const strange = Object.entries(other).map(
    ([what, count]) => `${where}: ${count} reads answered ${what}`,
  );
  if (kind === 'up' && refused > 0) strange.push(`${where}: ${refused} reads refused`);
  if (kind !== 'up' && given > 0 && refused === 0) strange.push(`${where}: it was not away`);
  return strange;
}

function readerLines(reads: Read[]): string[] {
  const headings = [
    'reads of reviews',
    'given',
    '503, Retry-After',
    'other',
    'p50 ms',
    'slowest ms',
    'in time',
  ];
  const slowestOf = (kind: DataApiState): number =>
    Math.max(...reads.filter((read) => read.kind === kind).map(({ slowestMs }) => slowestMs));
  // A read that gave up waiting for MongoDB is answered by a runtime that is busy selling.
  const inTimeMs = NAMED_MS_MAX + slowestOf('up');
  const rows = [...new Set(KINDS)].map((kind) => {
    const own = reads.filter((read) => read.kind === kind);
    const sum = (of: (read: Read) => number): number =>
      own.reduce((total, read) => total + of(read), 0);
    return [
      kind,
      String(sum(({ given }) => given)),
      String(sum(({ refused }) => refused)),
      String(sum(({ other }) => Object.values(other).reduce((a, b) => a + b, 0))),
      number(median(own.map(({ p50Ms }) => p50Ms))),
      number(slowestOf(kind)),
      slowestOf(kind) <= inTimeMs ? 'yes' : 'NO',
    ];
  });
  return [
    ...aligned([headings, ...rows]),
    `In time: ${NAMED_MS_MAX} ms for MongoDB, and as long as the slowest read took while it was up.`,
  ];
}
