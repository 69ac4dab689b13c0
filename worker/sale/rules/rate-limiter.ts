/**
 * How often one customer may try: exact in the event's object, so that nobody gains by hammering, and
 * more generous at the edge. Pure; the time is passed in.
 */
import type { UserId } from '../../contract/ids.ts';

/** Five requests a second. */
export const RATE_INTERVAL_MS = 200;
/** So many may come at once after a pause. */
export const RATE_BURST = 10;

export interface Rate {
  /** From one request to the next, in milliseconds. */
  intervalMs: number;
  /** So many may come at once after a pause. */
  burst: number;
}

const RATE: Rate = { intervalMs: RATE_INTERVAL_MS, burst: RATE_BURST };
/** A customer is forgotten when their burst is whole again, so this is a crowd in two seconds. */
const CUSTOMERS_MAX = 100_000;
const FORGET_EVERY_MS = 1_000;

/** The generic cell rate algorithm (ITU-T I.371): one number for each customer. */
export class RateLimiter {
  /** When the customer's next request would come if they kept to the rate. */
  readonly #dueAtMs = new Map<UserId, number>();
  #forgotAtMs = 0;
  readonly #rate: Rate;

  constructor(rate = RATE) {
    this.#rate = rate;
  }

  /** Counts one request. @returns 0 if it may pass, else the milliseconds until one may. */
  take(customerId: UserId, nowMs: number): number {
    this.#forget(nowMs);
    const { intervalMs, burst } = this.#rate;
    const dueAtMs = Math.max(this.#dueAtMs.get(customerId) ?? 0, nowMs);
    const waitMs = dueAtMs - nowMs - (burst - 1) * intervalMs;
    if (waitMs > 0) return waitMs;
    this.#dueAtMs.set(customerId, dueAtMs + intervalMs);
    return 0;
  }

  /** Drops those who have their whole burst again; past the limit, whoever was counted first. */
  #forget(nowMs: number): void {
    if (nowMs - this.#forgotAtMs >= FORGET_EVERY_MS) {
      this.#forgotAtMs = nowMs;
      for (const [customerId, dueAtMs] of this.#dueAtMs) {
        if (dueAtMs <= nowMs) this.#dueAtMs.delete(customerId);
      }
    }
    if (this.#dueAtMs.size < CUSTOMERS_MAX) return;
    for (const customerId of this.#dueAtMs.keys()) {
      this.#dueAtMs.delete(customerId);
      return;
    }
  }
}
