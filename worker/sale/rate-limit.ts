/**
 * How often one customer may try: exact, in the event's object, so that nobody gains by hammering.
 * Pure; the time is passed in.
 */
import type { UserId } from '../contract/ids.ts';

/** Five requests a second. */
export const RATE_INTERVAL_MS = 200;
/** So many may come at once after a pause. */
export const RATE_BURST = 10;
/** A customer is forgotten two seconds after their last request, so this is a crowd in two seconds. */
const CUSTOMERS_MAX = 100_000;
const FORGET_EVERY_MS = 1_000;

/** The generic cell rate algorithm (ITU-T I.371): one number for each customer. */
export class RateLimiter {
  /** When the customer's next request would come if they kept to the rate. */
  readonly #dueAtMs = new Map<UserId, number>();
  #forgotAtMs = 0;

  /** Counts one request. @returns 0 if it may pass, else the milliseconds until one may. */
  take(customerId: UserId, nowMs: number): number {
    this.#forget(nowMs);
    const dueAtMs = Math.max(this.#dueAtMs.get(customerId) ?? 0, nowMs);
    const waitMs = dueAtMs - nowMs - (RATE_BURST - 1) * RATE_INTERVAL_MS;
    if (waitMs > 0) return waitMs;
    this.#dueAtMs.set(customerId, dueAtMs + RATE_INTERVAL_MS);
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
