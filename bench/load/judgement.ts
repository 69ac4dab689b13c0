/** Whether a load test passed: the stock adds up and the thresholds are met. Must not do I/O. */
import type { Verdict } from '../rehearse/verdict.ts';
import type { Thresholds } from './options.ts';
import { figuresOf, type Recorder, type Step, type StepFigures, stepsOf } from './recorder.ts';

export interface Check {
  /** A sentence that says what has to be. */
  what: string;
  reach: string;
  isMet: boolean;
}

export interface Judgement {
  ok: boolean;
  checks: Check[];
  /** Of the sale that was played, in the order in which shoppers take them. */
  steps: Partial<Record<Step, StepFigures>>;
}

/** Whoever cancels may find everything sold out. */
const MAY_BE_EMPTY: ReadonlySet<Step> = new Set(['cancel']);

export function judgeLoad(
  verdict: Verdict,
  { entries, dropped }: Pick<Recorder, 'entries' | 'dropped'>,
  thresholds: Thresholds,
): Judgement {
  const isPaidOnline = verdict.money !== null;
  const taken = stepsOf({ isPaidOnline }).map((step) => ({ step, ...figuresOf(entries, step) }));
  const { errorPercentMax, purchaseP99MsMax, payP99MsMax, readP99MsMax } = thresholds;
  const p99MsMax: Partial<Record<Step, number>> = {
    purchase: purchaseP99MsMax,
    pay: payP99MsMax,
    browse: readP99MsMax,
    reviews: readP99MsMax,
  };
  const checks: Check[] = [
    {
      what: `the law: none sold twice, none lost, counters as the orders say${isPaidOnline ? ', money as they cost' : ''}`,
      reach: verdict.ok ? 'kept' : 'broken',
      isMet: verdict.ok,
    },
    ...taken.map(({ step, requests, errorPercent }) => ({
      what: `${step}: at most ${errorPercentMax} % errors`,
      reach: `${errorPercent.toFixed(2)} % of ${requests}`,
      // A step without requests has not passed either.
      isMet: (requests > 0 || MAY_BE_EMPTY.has(step)) && errorPercent <= errorPercentMax,
    })),
    ...taken.flatMap(({ step, p99Ms }) => {
      const limitMs = p99MsMax[step];
      return limitMs === undefined ? [] : [atMost(step, p99Ms, limitMs)];
    }),
  ];
  if (dropped > 0) {
    checks.push({ what: 'all requests are counted', reach: `${dropped} are not`, isMet: false });
  }
  const steps = Object.fromEntries(taken.map(({ step, ...figures }) => [step, figures]));
  return { ok: checks.every(({ isMet }) => isMet), checks, steps };
}

function atMost(step: Step, p99Ms: number, limitMs: number): Check {
  return {
    what: `${step}: p99 at most ${limitMs} ms`,
    reach: `${Math.round(p99Ms)} ms`,
    isMet: p99Ms <= limitMs,
  };
}
