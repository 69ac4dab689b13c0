/** Events as anyone may read them: kept for a moment, so that viewers cost the database nothing. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import {
  type EventDetail,
  type EventList,
  type EventSummary,
  eventListQuerySchema,
  type Integrity,
} from '../contract/events.ts';
import { type EventId, eventIdSchema } from '../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { isAdmitted } from '../http/cross-origin.ts';
import { pageStart } from '../http/pages.ts';
import { HttpProblem } from '../http/problem.ts';
import { revalidated } from '../http/revalidation.ts';
import { valid } from '../http/validate.ts';
import { paged } from '../stores/cursors.ts';
import { findEvent, listEvents, recountEvent } from '../stores/events.ts';

const SWITCHING_PROTOCOLS = 101;

const eventParam = valid('param', z.object({ id: eventIdSchema }));

/** For caches on the way, as long as the isolate itself keeps a read; never to hide an error. */
const BRIEFLY = {
  'Cache-Control': 'public, max-age=1, stale-while-revalidate=1, stale-if-error=0',
};

/** What a viewer who finds no place is told to wait. */
const RETRY_AFTER_MS = 5_000;

export function eventRoutes({ db, nowMs, recent, allowedOrigins, watch }: Deps) {
  const readBriefly = (c: Context, id: EventId) =>
    recent.ask({
      key: id,
      keepAlive: keepAlive(c),
      async read(atMs) {
        const found = await findEvent(db, id, atMs);
        return found && { value: found, changesAtMs: changesAtMs([found], atMs) };
      },
    });
  return new Hono()
    .get('/', revalidated, valid('query', eventListQuerySchema), async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const after = pageStart(cursor);
      const list = await recent.ask({
        key: `events ${JSON.stringify([limit, cursor, filter.status, filter.q])}`,
        keepAlive: keepAlive(c),
        async read(atMs) {
          const rows = await listEvents(db, { ...filter, after, limit, nowMs: atMs });
          const { page, nextCursor } = paged(rows, limit, ({ scheduledAtMs, event }) => ({
            atMs: scheduledAtMs,
            id: event.id,
          }));
          const events = page.map(({ event }) => event);
          return { value: { events, nextCursor }, changesAtMs: changesAtMs(events, atMs) };
        },
      });
      if (list === undefined) throw new Error('a list is never missing');
      const answer: EventList = { ...list, serverNow: new Date(nowMs()).toISOString() };
      return c.json(answer, 200, BRIEFLY);
    })
    .get('/:id', revalidated, eventParam, async (c) => {
      const event = await readBriefly(c, c.req.valid('param').id);
      if (event === undefined) throw new HttpProblem('not_found');
      const answer: EventDetail = { ...event, serverNow: new Date(nowMs()).toISOString() };
      return c.json(answer, 200, BRIEFLY);
    })
    .get('/:id/live', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      // A page of any origin may open a socket, and only the server can refuse it.
      if (!isAdmitted(c.req.raw, allowedOrigins)) throw new HttpProblem('forbidden');
      if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
        throw new HttpProblem('upgrade_required', { headers: { Upgrade: 'websocket' } });
      }
      if ((await readBriefly(c, id)) === undefined) throw new HttpProblem('not_found');
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

/** When the next of these events opens or closes: what was read before is not given after. */
function changesAtMs(
  events: readonly Pick<EventSummary, 'startsAt' | 'endsAt'>[],
  nowMs: number,
): number {
  const turns = events.flatMap(({ startsAt, endsAt }) => [
    Date.parse(startsAt),
    Date.parse(endsAt),
  ]);
  return Math.min(...turns.filter((turnMs) => turnMs > nowMs));
}

function keepAlive(c: Context): (work: Promise<unknown>) => void {
  return (work) => c.executionCtx.waitUntil(work);
}
