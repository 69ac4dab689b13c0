/** Events as anyone may read them. */
import { Hono } from 'hono';
import * as z from 'zod';
import {
  type EventDetail,
  type EventList,
  eventListQuerySchema,
  type Integrity,
} from '../contract/events.ts';
import { eventIdSchema } from '../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { pageStart } from '../http/pages.ts';
import { HttpProblem } from '../http/problem.ts';
import { valid } from '../http/validate.ts';
import { paged } from '../stores/cursors.ts';
import { findEvent, listEvents, recountEvent } from '../stores/events.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

export function eventRoutes({ db, nowMs }: Deps) {
  return new Hono()
    .get('/', valid('query', eventListQuerySchema), async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const now = nowMs();
      const rows = await listEvents(db, { ...filter, after: pageStart(cursor), limit, nowMs: now });
      const { page, nextCursor } = paged(rows, limit, ({ scheduledAtMs, event }) => ({
        atMs: scheduledAtMs,
        id: event.id,
      }));
      const list: EventList = {
        events: page.map(({ event }) => event),
        nextCursor,
        serverNow: new Date(now).toISOString(),
      };
      return c.json(list, 200);
    })
    .get('/:id', eventParam, async (c) => {
      const event: EventDetail | undefined = await findEvent(db, c.req.valid('param').id, nowMs());
      if (event === undefined) throw new HttpProblem('not_found');
      return c.json(event, 200);
    })
    .get('/:id/integrity', eventParam, async (c) => {
      const integrity: Integrity | undefined = await recountEvent(db, c.req.valid('param').id);
      if (integrity === undefined) throw new HttpProblem('not_found');
      return c.json(integrity, 200);
    });
}
