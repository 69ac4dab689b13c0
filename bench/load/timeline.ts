/** Recorded requests over time: how many were answered in each moment, and how long they took. Pure. */
import { percentile } from '../rehearse/statistics.ts';
import type { Series } from './plot.ts';
import type { Entry, Step } from './recorder.ts';

const MOMENTS_WANTED = 80;
/** A moment is one of these, so that its length can be read. */
const MOMENT_MS = [100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
const PERCENTILES = [50, 95, 99];

export interface Timeline {
  momentMs: number;
  /** Requests a second of each step; x in seconds from the opening. */
  rates: Series[];
  /** Of purchases, in ms. */
  latencies: Series[];
}

export function timelineOf(
  entries: readonly Entry[],
  { steps, opensAtMs }: { steps: readonly Step[]; opensAtMs: number },
): Timeline {
  const times = entries.map(({ answeredAtMs }) => answeredAtMs);
  const firstMs = times.reduce((first, atMs) => Math.min(first, atMs), opensAtMs);
  const lastMs = times.reduce((last, atMs) => Math.max(last, atMs), opensAtMs);
  const fitting = MOMENT_MS.find((ms) => (lastMs - firstMs) / ms <= MOMENTS_WANTED);
  const momentMs = fitting ?? Math.ceil((lastMs - firstMs) / MOMENTS_WANTED);
  const momentOf = (atMs: number): number => Math.floor((atMs - opensAtMs) / momentMs);
  const moments = range(momentOf(firstMs), momentOf(lastMs));
  const secondsOf = (moment: number): number => (moment * momentMs) / 1_000;

  const rates = steps.map((step) => {
    const counts = new Map<number, number>();
    for (const entry of entries) {
      if (entry.step !== step) continue;
      const moment = momentOf(entry.answeredAtMs);
      counts.set(moment, (counts.get(moment) ?? 0) + 1);
    }
    const points = moments.map((moment): [number, number] => [
      secondsOf(moment),
      ((counts.get(moment) ?? 0) * 1_000) / momentMs,
    ]);
    return { name: step, points };
  });

  const purchases = entries.filter(({ step }) => step === 'purchase');
  const byMoment = Map.groupBy(purchases, ({ answeredAtMs }) => momentOf(answeredAtMs));
  const sorted = [...byMoment]
    .toSorted(([a], [b]) => a - b)
    .map(([moment, own]) => ({
      moment,
      tookMs: own.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b),
    }));
  const latencies = PERCENTILES.map((percent) => ({
    name: `p${percent}`,
    points: sorted.map(({ moment, tookMs }): [number, number] => [
      secondsOf(moment),
      percentile(tookMs, percent),
    ]),
  }));
  return { momentMs, rates, latencies };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, n) => from + n);
}
