/**
 * Counts what shoppers are refused, for the figures of the administration. Pure; knows when
 * counts are due to be written, and takes back what could not be.
 */
import type { CountedRefusal } from '../../contract/refusals.ts';
import type { RefusalCounts } from '../rules/attempts.ts';

/** Between two writes; what is counted in between is lost with the object. */
export const RECORD_PAUSE_MS = 2_000;

export class RefusalCounter {
  #counts = new Map<CountedRefusal, number>();
  #takenAtMs = Number.NEGATIVE_INFINITY;

  add(code: CountedRefusal, times: number): void {
    if (times > 0) this.#counts.set(code, (this.#counts.get(code) ?? 0) + times);
  }

  /** @returns what is due to be written now, or undefined; it is not given again. */
  take(nowMs: number): RefusalCounts | undefined {
    if (this.#counts.size === 0 || nowMs - this.#takenAtMs < RECORD_PAUSE_MS) return undefined;
    const counts = this.#counts;
    this.#counts = new Map();
    this.#takenAtMs = nowMs;
    return counts;
  }

  /** What was taken could not be written; it goes with the next. */
  giveBack(counts: RefusalCounts): void {
    for (const [code, times] of counts) this.add(code, times);
  }
}
