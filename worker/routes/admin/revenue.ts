/** Revenue over time, across events or of one, over HTTP. */
import { type Context, Hono } from 'hono';
import { type Revenue, type RevenueQuery, revenueQuerySchema } from '../../contract/revenue.ts';
import type { Needs } from '../../deps/deps.ts';
import { revenueCsv } from '../../http/formats/revenue-csv.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findAdminEvent } from '../../stores/postgres/admin-events.ts';
import { cachedRevenue } from '../../stores/postgres/revenue.ts';

const query = valid('query', revenueQuerySchema);

type Needed = Needs<{ stores: 'db' | 'readCache'; platform: 'nowMs' }>;

export function revenueRoutes({ stores, platform: { nowMs } }: Needed) {
  async function revenue(c: Context, asked: RevenueQuery): Promise<Revenue> {
    const { eventId } = asked;
    if (eventId && (await findAdminEvent(stores.db, eventId, nowMs())) === undefined) {
      throw new HttpProblem('not_found');
    }
    return cachedRevenue(stores, asked, (work) => c.executionCtx.waitUntil(work));
  }
  return new Hono<CallerEnv>()
    .get('/revenue', query, async (c) => c.json(await revenue(c, c.req.valid('query')), 200))
    .get('/revenue.csv', query, async (c) => {
      const asked = c.req.valid('query');
      const of = asked.eventId === undefined ? '' : `-${asked.eventId}`;
      const name = `revenue${of}-${asked.from}-to-${asked.to}.csv`;
      return c.body(revenueCsv(await revenue(c, asked)), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${name}"`,
      });
    });
}
