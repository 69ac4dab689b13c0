/**
 * The steps of time by which the entries of a draw are counted, as docs/fairness.md describes them: whoever
 * publishes the counts has no choice of them. Pure.
 */

/** Few enough for a chart on a phone. */
export const COUNT_STEPS_MAX = 60;

/** How long a step may be, in seconds; of longer ones, each is twice the one before. */
const STEP_SECONDS = [1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400];

export interface CountSteps {
  /** When the first step begins, ms since the epoch: a multiple of the step. */
  fromMs: number;
  stepSeconds: number;
  /** From 1 to COUNT_STEPS_MAX. */
  count: number;
}

/**
 * The shortest steps that are few enough from the first record to the end of entries.
 *
 * @param firstMs when the first record was made, ms since the epoch.
 * @param closeMs when entries close; a first record is before.
 */
export function countSteps(firstMs: number, closeMs: number): CountSteps {
  let longest = 1;
  for (const stepSeconds of STEP_SECONDS) {
    const steps = stepsOf(stepSeconds, firstMs, closeMs);
    if (steps.count <= COUNT_STEPS_MAX) return steps;
    longest = stepSeconds;
  }
  for (;;) {
    longest *= 2;
    const steps = stepsOf(longest, firstMs, closeMs);
    if (steps.count <= COUNT_STEPS_MAX) return steps;
  }
}

function stepsOf(stepSeconds: number, firstMs: number, closeMs: number): CountSteps {
  const stepMs = stepSeconds * 1_000;
  const first = Math.floor(firstMs / stepMs);
  const count = Math.max(1, Math.ceil(closeMs / stepMs) - first);
  return { fromMs: first * stepMs, stepSeconds, count };
}
