/** Whether the shop can sell: 200 if it can, 503 with the reason if not. */
import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { readReadiness } from '../stores/readiness.ts';

const RETRY_AFTER_MS = 1_000;

export function healthRoutes({ db, nowMs }: Deps) {
  return new Hono().get('/', async (c) => {
    const readiness = await readReadiness(db);
    if (!readiness.ready) {
      throw new HttpProblem('unavailable', {
        detail: readiness.reason,
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    return c.json({ status: 'ok' as const, serverNow: new Date(nowMs()).toISOString() }, 200);
  });
}
