/**
 * Stands in for the shop's signature, and for what happens to a signed statement on its way. Like the real
 * signature it is another text each time, and like all that is simulated the same again for the same seed.
 */
import type { DrawStatement } from '../worker/contract/draw.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Of each statement that is sent, as long as there are faults. */
const FATES = [
  [0.7, 'kept'],
  /** Another object draws the same event in between. */
  [0.2, 'overtaken'],
  [0.05, 'lost'],
  /** Kept, and the answer is lost. */
  [0.05, 'unanswered'],
] as const;

export type StatementFate = (typeof FATES)[number][1];

export class StatementSigner {
  readonly #random: SeededRandom;
  #signed = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  sign(statement: DrawStatement): string {
    this.#signed++;
    return JSON.stringify({ says: statement, signature: this.#signed });
  }

  fate(): StatementFate {
    return this.#random.weighted(FATES);
  }
}

export function saidIn(text: string): unknown {
  return (JSON.parse(text) as { says: unknown }).says;
}
