/**
 * How many mails may leave now: by the second, by the day, and after a receiver asked for patience. What
 * is over waits; nothing fails for it. Pure; one life of the dispatcher keeps one.
 */
import type { SentFigures } from '../../stores/postgres/outbox-work.ts';

export const DAY_MS = 24 * 60 * 60_000;
const SECOND_MS = 1_000;
/** Of a day's quota, what only mails with priority 0 may use: nobody is locked out by a mass mailing. */
const RESERVED_SHARE = 0.1;
/** A quota that is used up is looked at no more often, as it frees one by one. */
export const QUOTA_CHECK_MS = 60_000;
/** Leased at once are as many as leave in this time, so that an urgent row does not wait behind more. */
const AHEAD_MS = 2_000;

export interface SendLimits {
  /** Undefined: as fast as the receiver answers. */
  perSecondMax: number | undefined;
  /** In any 24 hours. Undefined: without end. */
  perDayMax: number | undefined;
}

export class SendBudget {
  readonly #limits: SendLimits;
  /** When mails were handed over within the last second, in order. */
  #startedAtMs: number[] = [];
  #sentInDay = 0;
  #firstSentAtMs: number | undefined;
  #closedUntilMs = 0;

  constructor(limits: SendLimits) {
    this.#limits = limits;
  }

  /** From when on what was sent is to be read. */
  windowStartMs(nowMs: number): number {
    return nowMs - (this.#limits.perDayMax === undefined ? SECOND_MS : DAY_MS);
  }

  /** What Postgres has of the time before, also of a dispatcher that is gone. */
  learn({ count, lastSecond, firstAtMs }: SentFigures, nowMs: number): void {
    this.#sentInDay = count;
    this.#firstSentAtMs = firstAtMs;
    const unknown = lastSecond - this.#recent(nowMs).length;
    for (let n = 0; n < unknown; n++) this.#startedAtMs.push(nowMs);
  }

  /** How many may be leased now, at most `most`. */
  room(isUrgent: boolean, { nowMs, most }: { nowMs: number; most: number }): number {
    if (nowMs < this.#closedUntilMs) return 0;
    const { perSecondMax } = this.#limits;
    const ahead =
      perSecondMax === undefined ? most : Math.ceil((perSecondMax * AHEAD_MS) / SECOND_MS);
    return Math.max(Math.min(most, ahead, this.#leftInDay(isUrgent)), 0);
  }

  /** From when on there may be room again; past or now where there is. */
  freeAtMs(isUrgent: boolean, nowMs: number): number {
    if (this.#leftInDay(isUrgent) >= 1) return this.#closedUntilMs;
    const frees = (this.#firstSentAtMs ?? nowMs) + DAY_MS;
    return Math.max(this.#closedUntilMs, frees, nowMs + QUOTA_CHECK_MS);
  }

  /**
   * Takes the turn of one mail, where that is 0; else how long it has to wait, in milliseconds, or
   * undefined if it does not leave before freeAtMs.
   */
  takeTurn(isUrgent: boolean, nowMs: number): number | undefined {
    if (this.room(isUrgent, { nowMs, most: 1 }) < 1) return undefined;
    const { perSecondMax } = this.#limits;
    const recent = this.#recent(nowMs);
    const first = recent[0];
    if (perSecondMax !== undefined && recent.length >= perSecondMax && first !== undefined) {
      return first + SECOND_MS - nowMs;
    }
    recent.push(nowMs);
    this.#sentInDay++;
    this.#firstSentAtMs ??= nowMs;
    return 0;
  }

  /** One that took its turn did not leave. */
  giveBack(): void {
    this.#sentInDay--;
  }

  /** A receiver asked for patience: nothing leaves before then. */
  close(untilMs: number): void {
    this.#closedUntilMs = Math.max(this.#closedUntilMs, untilMs);
  }

  #leftInDay(isUrgent: boolean): number {
    const { perDayMax } = this.#limits;
    if (perDayMax === undefined) return Number.POSITIVE_INFINITY;
    const reserved = isUrgent ? 0 : Math.ceil(perDayMax * RESERVED_SHARE);
    return perDayMax - reserved - this.#sentInDay;
  }

  #recent(nowMs: number): number[] {
    this.#startedAtMs = this.#startedAtMs.filter((atMs) => atMs > nowMs - SECOND_MS);
    return this.#startedAtMs;
  }
}
