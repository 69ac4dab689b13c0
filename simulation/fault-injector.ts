/**
 * The fault injector: decides what goes wrong, and keeps until when faults have an effect, because
 * some promises hold only while the store can be reached and alarms arrive.
 */
import type { Attempt } from '../worker/sale/rules/attempts.ts';
import type { FaultRates, Scenario } from './scenario.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What becomes of one request to the store. */
export type RequestFate =
  /** Committed and answered. */
  | 'answered'
  /** Never reaches the store. */
  | 'lost'
  /** Committed, and the answer is lost. */
  | 'unanswered'
  /** Delayed, and committed long after its sender has given up. */
  | 'late'
  /** Refused by the store for good: no retry. */
  | 'fatal'
  /** Committed and answered after seconds. */
  | 'slow';

const REQUEST_FAULTS = ['lost', 'unanswered', 'late', 'fatal', 'slow'] as const;

export class FaultInjector {
  readonly #random: SeededRandom;
  readonly #scenario: Scenario;
  #isStopped = false;
  #disruptedUntilMs = 0;
  #disruptedRequests = 0;
  #evictedAtMs = Number.NEGATIVE_INFINITY;
  readonly #culprits = new Set<string>();

  constructor(scenario: Scenario, random: SeededRandom) {
    this.#scenario = scenario;
    this.#random = random;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** No more faults from now on. */
  stop(): void {
    this.#isStopped = true;
  }

  isStoreDown(nowMs: number): boolean {
    return this.#scenario.outages.some(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs);
  }

  /** When the store can next be reached. */
  storeUpAtMs(nowMs: number): number {
    const ends = this.#scenario.outages
      .filter(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs)
      .map(({ toMs }) => toMs);
    return Math.max(nowMs, ...ends);
  }

  drawRequestFate(): RequestFate {
    for (const fate of REQUEST_FAULTS) if (this.occurs(fate)) return fate;
    return 'answered';
  }

  occurs(fault: keyof FaultRates): boolean {
    return !this.#isStopped && this.#random.happens(this.#scenario.rates[fault]);
  }

  /** Promises with a deadline count from this time, if it is later. */
  extendDisruption(untilMs: number): void {
    this.#disruptedUntilMs = Math.max(this.#disruptedUntilMs, untilMs);
  }

  /** A request is disrupted, from now until its sender has noticed. */
  beginDisruption(): void {
    this.#disruptedRequests++;
  }

  endDisruption(nowMs: number): void {
    this.#disruptedRequests--;
    this.extendDisruption(nowMs);
  }

  get disruptedUntilMs(): number {
    return this.#disruptedRequests > 0 ? Number.POSITIVE_INFINITY : this.#disruptedUntilMs;
  }

  /** The store refused this group for good. An attempt that was alone in it is the culprit. */
  noteFatal(group: Attempt[]): void {
    const [culprit] = group;
    if (culprit && group.length === 1) this.#culprits.add(nameOf(culprit));
  }

  noteEviction(nowMs: number): void {
    this.#evictedAtMs = nowMs;
    this.extendDisruption(nowMs);
  }

  /** When an object was last evicted. */
  get evictedAtMs(): number {
    return this.#evictedAtMs;
  }

  isCulprit(attempt: Attempt): boolean {
    return this.#culprits.has(nameOf(attempt));
  }
}

function nameOf({ customerId, kind, key }: Attempt): string {
  return `${customerId} ${kind} ${key}`;
}
