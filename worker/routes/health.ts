/** Whether the shop can sell: 200 if it can, 503 with the reason if not. */
import { Hono } from 'hono';
import { RETRY_AFTER_MS } from '../contract/problems.ts';
import type { Needs } from '../deps/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { FRESH_MS } from '../stores/cache/read-cache.ts';
import { readReadiness } from '../stores/postgres/readiness.ts';

type Needed = Needs<{ stores: 'db' | 'readCache'; platform: 'nowMs' }>;

/** Found out at most once a second in each isolate, however many ask. */
export function healthRoutes({ stores: { db, readCache }, platform: { nowMs } }: Needed) {
  return new Hono().get('/', async (c) => {
    const readiness = await readCache.get({
      key: 'health',
      keepAlive: (work) => c.executionCtx.waitUntil(work),
      ageMsMax: FRESH_MS,
      read: async () => ({
        value: await readReadiness(db),
        changesAtMs: Number.POSITIVE_INFINITY,
      }),
    });
    if (!readiness?.ready) {
      throw new HttpProblem('unavailable', {
        ...(readiness && { detail: readiness.reason }),
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    return c.json({ status: 'ok' as const, serverNow: new Date(nowMs()).toISOString() }, 200);
  });
}
