/** When the event of a paid drill is cancelled, if it is, and when batches of what follows are worked off. */
import type { AdminChange } from './ledger.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Of the drills in which it is. */
const SHARE = 0.4;
const LIMIT_MAX = 4;
/** Of the steps behind it. */
const BATCH_SHARE = 0.35;
const AGAIN_SHARE = 0.2;

export class DrillCancelling {
  readonly #random: SeededRandom;
  readonly #atStep: number;

  /** Draws from a stream of its own, so that drills without it play as before. */
  constructor(random: SeededRandom, steps: number) {
    this.#random = random;
    const step = random.int(Math.ceil(steps / 3), steps);
    this.#atStep = random.happens(SHARE) ? step : Number.POSITIVE_INFINITY;
  }

  /** @returns undefined where something else happens at this step. */
  next(step: number, nowMs: number): AdminChange | undefined {
    const random = this.#random;
    const atMs = nowMs + 1;
    if (step < this.#atStep) return undefined;
    if (step === this.#atStep) return { kind: 'cancel', nowMs: atMs };
    // Now and then an admin asks for it again.
    if (random.happens(0.03)) return { kind: 'cancel', nowMs: atMs };
    if (!random.happens(BATCH_SHARE)) return undefined;
    const limit = random.int(1, LIMIT_MAX);
    return { kind: 'cancel_batch', limit, isAgain: random.happens(AGAIN_SHARE), nowMs: atMs };
  }
}
