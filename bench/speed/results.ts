/** The results of a run of the bench: the shape of bench/results.json. */
import { isMet, type RatioName, ratiosOf } from './ratios.ts';
import { type Memory, mediansOf, type Sample } from './samples.ts';

export interface Results {
  at: string;
  machine: { cores: number; node: string; loadAverage: [number, number] };
  postgres: { version: string; fsync: string; synchronousCommit: string };
  rounds: number;
  seconds: number;
  /** Each row's medians over the rounds; errors are added up. */
  rows: Sample[];
  samples: Sample[];
  memory: Memory;
  ratios: Partial<Record<RatioName, number>>;
  met: Partial<Record<RatioName, boolean>>;
  /** Answers that nobody should have been given, and laws that were broken. */
  wrong: string[];
}

type MeasureResult = Omit<Results, 'rows' | 'ratios' | 'met'>;

/** Adds what follows from the samples. */
export function completeResults(found: MeasureResult): Results {
  const ratios = ratiosOf(found.samples, found.memory);
  const met = Object.fromEntries(
    Object.entries(ratios).map(([name, reach]) => [name, isMet(name as RatioName, reach)]),
  );
  return { ...found, rows: mediansOf(found.samples), ratios, met };
}
