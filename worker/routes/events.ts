/** Events as anyone may read, watch, recount and note them. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import {
  type EventDetail,
  type EventList,
  eventListQuerySchema,
  type Integrity,
} from '../contract/events.ts';
import { eventIdSchema } from '../contract/ids.ts';
import { isolated } from '../contract/visible-text.ts';
import type { Deps } from '../deps.ts';
import { calendarOf } from '../http/calendar.ts';
import { isAdmitted } from '../http/cross-origin.ts';
import { pageStart } from '../http/pages.ts';
import { HttpProblem } from '../http/problem.ts';
import { revalidated } from '../http/revalidation.ts';
import { valid } from '../http/validate.ts';
import { recountEvent } from '../stores/events.ts';
import { recentEvent, recentEvents } from '../stores/public-events.ts';

const SWITCHING_PROTOCOLS = 101;

const eventParam = valid('param', z.object({ id: eventIdSchema }));

/** For caches on the way, as long as the isolate itself keeps a read; never to hide an error. */
const BRIEFLY = {
  'Cache-Control': 'public, max-age=1, stale-while-revalidate=1, stale-if-error=0',
};

/** What a viewer who finds no place is told to wait. */
const RETRY_AFTER_MS = 5_000;

export function eventRoutes(deps: Deps) {
  const { db, nowMs, allowedOrigins, publicUrl, watch } = deps;
  return new Hono()
    .get('/', revalidated, valid('query', eventListQuerySchema), async (c) => {
      const query = c.req.valid('query');
      const after = pageStart(query.cursor);
      const list = await recentEvents(deps, { ...query, after }, keepAlive(c));
      const answer: EventList = { ...list, serverNow: new Date(nowMs()).toISOString() };
      return c.json(answer, 200, BRIEFLY);
    })
    .get('/:id', revalidated, eventParam, async (c) => {
      const event = await recentEvent(deps, c.req.valid('param').id, keepAlive(c));
      if (event === undefined) throw new HttpProblem('not_found');
      const answer: EventDetail = { ...event, serverNow: new Date(nowMs()).toISOString() };
      return c.json(answer, 200, BRIEFLY);
    })
    .get('/:id/calendar.ics', eventParam, async (c) => {
      const event = await recentEvent(deps, c.req.valid('param').id, keepAlive(c));
      if (event === undefined) throw new HttpProblem('not_found');
      const url = publicUrl && `${publicUrl}/events/${event.id}`;
      const told = { ...event, title: isolated(event.title) };
      return c.body(calendarOf(told, { url, nowMs: nowMs() }), 200, {
        ...BRIEFLY,
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': `inline; filename="${event.id}.ics"`,
      });
    })
    .get('/:id/live', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      // A page of any origin may open a socket, and only the server can refuse it.
      if (!isAdmitted(c.req.raw, allowedOrigins)) throw new HttpProblem('forbidden');
      if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
        throw new HttpProblem('upgrade_required', { headers: { Upgrade: 'websocket' } });
      }
      if ((await recentEvent(deps, id, keepAlive(c))) === undefined)
        throw new HttpProblem('not_found');
      const answer = await watch(id, c.req.raw);
      if (answer.status !== SWITCHING_PROTOCOLS) {
        throw new HttpProblem('busy', { retryAfterMs: RETRY_AFTER_MS });
      }
      return answer;
    })
    .get('/:id/integrity', eventParam, async (c) => {
      const integrity: Integrity | undefined = await recountEvent(db, c.req.valid('param').id);
      if (integrity === undefined) throw new HttpProblem('not_found');
      return c.json(integrity, 200);
    });
}

function keepAlive(c: Context): (work: Promise<unknown>) => void {
  return (work) => c.executionCtx.waitUntil(work);
}
