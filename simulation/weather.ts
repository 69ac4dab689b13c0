/**
 * The day's faults: decides what goes wrong and remembers since when nothing did, because some
 * promises hold only while the store can be reached and alarms come.
 */
import type { Attempt } from '../worker/sale/rules/attempts.ts';
import type { Chance } from './chance.ts';
import type { FaultRates, Scenario } from './scenario.ts';

/** What becomes of one request to the store. */
export type Fate =
  /** Committed and answered. */
  | 'heard'
  /** Never reaches the store. */
  | 'lost'
  /** Committed, and the answer is lost. */
  | 'unheard'
  /** Stays in the net, and commits long after its sender has given it up. */
  | 'late'
  /** The store says no for good. */
  | 'fatal'
  /** Committed and answered after seconds. */
  | 'slow';

const FATES = ['lost', 'unheard', 'late', 'fatal', 'slow'] as const;

export class Weather {
  readonly #chance: Chance;
  readonly #scenario: Scenario;
  #isCalm = false;
  #disturbedUntilMs = 0;
  #requestsInTrouble = 0;
  #fatalAtMs = Number.NEGATIVE_INFINITY;
  #evictedAtMs = Number.NEGATIVE_INFINITY;
  readonly #culprits = new Set<string>();

  constructor(scenario: Scenario, chance: Chance) {
    this.#scenario = scenario;
    this.#chance = chance;
  }

  /** From here on nothing goes wrong any more. */
  calmDown(): void {
    this.#isCalm = true;
  }

  isAway(nowMs: number): boolean {
    return this.#scenario.outages.some(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs);
  }

  /** When the store is next there. */
  backAtMs(nowMs: number): number {
    const ends = this.#scenario.outages
      .filter(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs)
      .map(({ toMs }) => toMs);
    return Math.max(nowMs, ...ends);
  }

  fate(): Fate {
    for (const fate of FATES) if (this.strikes(fate)) return fate;
    return 'heard';
  }

  strikes(fault: keyof FaultRates): boolean {
    return !this.#isCalm && this.#chance.happens(this.#scenario.rates[fault]);
  }

  /** Whoever is promised something in time must count from here. */
  disturb(untilMs: number): void {
    this.#disturbedUntilMs = Math.max(this.#disturbedUntilMs, untilMs);
  }

  /** From now on a request waits in vain; `disturb` when its sender has noticed. */
  beginTrouble(): void {
    this.#requestsInTrouble++;
  }

  endTrouble(nowMs: number): void {
    this.#requestsInTrouble--;
    this.disturb(nowMs);
  }

  get disturbedUntilMs(): number {
    return this.#requestsInTrouble > 0 ? Number.POSITIVE_INFINITY : this.#disturbedUntilMs;
  }

  /** The store said no for good. Whoever stood alone in that group is the culprit. */
  noteFatal(group: Attempt[], nowMs: number): void {
    this.#fatalAtMs = nowMs;
    const [culprit] = group;
    if (culprit && group.length === 1) this.#culprits.add(nameOf(culprit));
  }

  noteEviction(nowMs: number): void {
    this.#evictedAtMs = nowMs;
    this.disturb(nowMs);
  }

  /** When an object was last evicted. */
  get evictedAtMs(): number {
    return this.#evictedAtMs;
  }

  /** When the store last said no for good. */
  get fatalAtMs(): number {
    return this.#fatalAtMs;
  }

  isCulprit(attempt: Attempt): boolean {
    return this.#culprits.has(nameOf(attempt));
  }
}

function nameOf({ customerId, kind, key }: Attempt): string {
  return `${customerId} ${kind} ${key}`;
}
