/**
 * Limits per address at the edge, by the platform's rate-limiting binding: approximate and per
 * place, against floods. What is fair among customers is decided in the event's object.
 */
import { createMiddleware } from 'hono/factory';
import { networkOfCaller } from './client-network.ts';
import { HttpProblem } from './problem.ts';

/** Counts one request for a network, see client-network.ts. @returns whether it may pass. */
export type AddressLimit = (key: string) => Promise<boolean>;

/** The period that the bindings are configured with. */
const PERIOD_MS = 10_000;

export function limitByAddress(limit: AddressLimit) {
  return createMiddleware(async (c, next) => {
    if (!(await limit(networkOfCaller(c)))) {
      throw new HttpProblem('rate_limited', { retryAfterMs: PERIOD_MS });
    }
    await next();
  });
}
