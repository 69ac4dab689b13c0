/** What every measurement takes and returns. Types only. */
import type { Options } from './options.ts';

export interface MeasureOptions extends Options {
  stopped: AbortSignal;
  logStep(step: string): void;
}

/** What a measurement found out: text for a person, the same for machines, and what was wrong. */
export interface MeasureResult {
  lines: string[];
  figures: unknown;
  wrong: string[];
}

export type Measure = (options: MeasureOptions) => Promise<MeasureResult>;
