/** How sales go, for the console's dashboard, over HTTP. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { DashboardList, EventDashboard } from '../../contract/administration.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import { pageQuerySchema } from '../../contract/values.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { paged } from '../../stores/postgres/cursors.ts';
import { findEventDashboard, listEventFigures } from '../../stores/postgres/dashboard.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

type Needed = Needs<{ stores: 'db'; platform: 'nowMs' }>;

export function dashboardRoutes({ stores: { db }, platform: { nowMs } }: Needed) {
  return new Hono<CallerEnv>()
    .get('/dashboard', valid('query', pageQuerySchema), async (c) => {
      const { limit, cursor } = c.req.valid('query');
      const now = nowMs();
      const rows = await listEventFigures(db, { after: pageStart(cursor), limit, nowMs: now });
      const { page, nextCursor } = paged(rows, limit, ({ figures, scheduledAtMs }) => ({
        atMs: scheduledAtMs,
        id: figures.id,
      }));
      const list: DashboardList = {
        events: page.map(({ figures }) => figures),
        nextCursor,
        serverNow: new Date(now).toISOString(),
      };
      return c.json(list, 200);
    })
    .get('/:id/dashboard', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const dashboard: EventDashboard | undefined = await findEventDashboard(db, id, nowMs());
      if (dashboard === undefined) throw new HttpProblem('not_found');
      return c.json(dashboard, 200);
    });
}
