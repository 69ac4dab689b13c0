/** What is done to the draw of a drill beside its groups: entrants go, it is given up, or its event is cancelled. */
import type { GiveUpReason } from '../worker/contract/draw.ts';
import type { AdminChange, Snapshot } from './ledger.ts';
import type { QueuePlan } from './queue-rows.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Of the draws in which somebody goes, and in which it is tried to give it up. */
const GOING_SHARE = 0.5;
const GIVING_UP_SHARE = 0.3;
/** Mostly before the lock. */
const FIRST_STEP_MAX = 12;
/** Of the steps from then on. */
const STEPS_SHARE = 0.25;
const LIMIT_MAX = 40;
/** For how long a beacon has to be silent. */
const SILENT_MS = 3_600_000;

export class DrillDraw {
  readonly #random: SeededRandom;
  readonly #isDraw: boolean;
  readonly #hasGoing: boolean;
  readonly #givesUpFrom: number;

  /** Draws from a stream of its own, so that drills without a draw play as before. */
  constructor(random: SeededRandom, { admission }: QueuePlan) {
    this.#random = random;
    this.#isDraw = admission === 'draw';
    this.#hasGoing = random.happens(GOING_SHARE);
    const step = random.int(2, FIRST_STEP_MAX);
    this.#givesUpFrom = random.happens(GIVING_UP_SHARE) ? step : Number.POSITIVE_INFINITY;
  }

  /** @returns undefined where something else happens at this step. */
  next(step: number, { queue }: Snapshot, nowMs: number): AdminChange | undefined {
    const random = this.#random;
    if (!this.#isDraw || !random.happens(STEPS_SHARE)) return undefined;
    if (step >= this.#givesUpFrom) return this.#giveUp(nowMs);
    const waiting = [...queue.entries.values()].filter(({ status }) => status === 'waiting');
    if (!this.#hasGoing || step > FIRST_STEP_MAX || waiting.length === 0) return undefined;
    const { id, customerId } = random.pick(waiting);
    if (random.happens(0.5)) return { kind: 'disqualify', entryId: id, nowMs };
    return { kind: 'delete_account', customerIds: [customerId], nowMs };
  }

  /** Mostly too early or too late. */
  #giveUp(nowMs: number): AdminChange {
    const random = this.#random;
    return random.weighted<AdminChange>([
      [2, giveUp('cancelled', nowMs)],
      [2, giveUp('undrawn_at_end', nowMs)],
      [2, giveUp('beacon_silent', nowMs)],
      [1, giveUp('beacon_silent', nowMs + SILENT_MS)],
      [1, { kind: 'cancel', nowMs }],
      [4, { kind: 'cancel_batch', limit: random.int(1, LIMIT_MAX), isAgain: false, nowMs }],
    ]);
  }
}

function giveUp(reason: GiveUpReason, nowMs: number): AdminChange {
  return { kind: 'give_up_draw', reason, nowMs };
}
