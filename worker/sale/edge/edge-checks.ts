/**
 * What an attempt passes at the edge before an event's object is called for it: how often its
 * customer tries, and whether the event can be one of this shop's. Whoever calls an object of an
 * invented event makes one, which costs memory and money; so nobody does.
 */
import type { EventId } from '../../contract/ids.ts';
import type { Answer, Attempt, Refusal } from '../rules/attempts.ts';
import { type Rate, RateLimiter } from '../rules/rate-limiter.ts';
import { isByShop } from '../rules/shop-attempts.ts';

/**
 * Ten a second in each isolate, over all events: twice what the object of one event lets a customer
 * do, which is exact; so whoever keeps to that in two sales at once never meets this one.
 */
export const EDGE_RATE: Rate = { intervalMs: 100, burst: 20 };

export interface EdgeCheckPorts {
  nowMs(): number;
  isKnown(eventId: EventId): boolean | Promise<boolean>;
  /** Throws a Fault. */
  pass(eventId: EventId, attempt: Attempt): Promise<Answer>;
}

export function createEdgeChecks({ nowMs, isKnown, pass }: EdgeCheckPorts): EdgeCheckPorts['pass'] {
  const rates = new RateLimiter(EDGE_RATE);
  const refuse = (refusal: Refusal): Answer => ({ ok: false, refusal, nowMs: nowMs() });
  return async (eventId, attempt) => {
    const retryAfterMs = isByShop(attempt) ? 0 : rates.take(attempt.customerId, nowMs());
    if (retryAfterMs > 0) return refuse({ code: 'rate_limited', retryAfterMs });
    // Hardly ever is there anything to wait for, and a purchase does not wait for nothing.
    const known = isKnown(eventId);
    if (known !== true && !(await known)) return refuse({ code: 'not_found' });
    return pass(eventId, attempt);
  };
}
