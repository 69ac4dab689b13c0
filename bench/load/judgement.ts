/** Whether a load test passed: the stock adds up and the thresholds are met. Must not do I/O. */
import type { Verdict } from '../rehearse/verdict.ts';
import type { Thresholds } from './options.ts';
import { figuresOf, type Recorder, STEPS, type Step, type StepFigures } from './recorder.ts';

export interface Check {
  /** A sentence that says what has to be. */
  what: string;
  reach: string;
  isMet: boolean;
}

export interface Judgement {
  ok: boolean;
  checks: Check[];
  steps: Record<Step, StepFigures>;
}

const READS = ['browse', 'reviews'] as const;

export function judgeLoad(
  verdict: Verdict,
  { entries, dropped }: Pick<Recorder, 'entries' | 'dropped'>,
  thresholds: Thresholds,
): Judgement {
  const steps = Object.fromEntries(STEPS.map((step) => [step, figuresOf(entries, step)])) as Record<
    Step,
    StepFigures
  >;
  const { errorPercentMax, purchaseP99MsMax, readP99MsMax } = thresholds;
  const checks: Check[] = [
    {
      what: 'the law: none sold twice, none lost, counters as the orders say',
      reach: verdict.ok ? 'kept' : 'broken',
      isMet: verdict.ok,
    },
    ...STEPS.map((step) => ({
      what: `${step}: at most ${errorPercentMax} % errors`,
      reach: `${steps[step].errorPercent.toFixed(2)} % of ${steps[step].requests}`,
      // A step without requests has not passed either.
      isMet: steps[step].requests > 0 && steps[step].errorPercent <= errorPercentMax,
    })),
    atMost('purchase', steps.purchase.p99Ms, purchaseP99MsMax),
    ...READS.map((step) => atMost(step, steps[step].p99Ms, readP99MsMax)),
  ];
  if (dropped > 0) {
    checks.push({ what: 'all requests are counted', reach: `${dropped} are not`, isMet: false });
  }
  return { ok: checks.every(({ isMet }) => isMet), checks, steps };
}

function atMost(step: Step, p99Ms: number, limitMs: number): Check {
  return {
    what: `${step}: p99 at most ${limitMs} ms`,
    reach: `${Math.round(p99Ms)} ms`,
    isMet: p99Ms <= limitMs,
  };
}
