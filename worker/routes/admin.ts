/** What admins do: fill the catalogue, make events, open and close them by hand. */
import { Hono } from 'hono';
import * as z from 'zod';
import { type CallerEnv, requireAdmin, requireCaller } from '../auth/guards.ts';
import { type EventDetail, eventInputSchema, itemInputSchema } from '../contract/events.ts';
import { type EventId, eventIdSchema, makeEventId, makeItemId } from '../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { valid } from '../http/validate.ts';
import {
  closeEvent,
  findUnknownItems,
  insertEvent,
  insertItem,
  openEvent,
} from '../stores/administration.ts';
import { findEvent } from '../stores/events.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

export function adminRoutes(deps: Deps) {
  const { db, nowMs, fillRandom } = deps;
  return new Hono<CallerEnv>()
    .use(requireCaller(deps), requireAdmin(deps))
    .post('/items', valid('json', itemInputSchema), async (c) => {
      const id = makeItemId(nowMs(), fillRandom);
      return c.json(await insertItem(db, { ...c.req.valid('json'), id }), 201);
    })
    .post('/events', valid('json', eventInputSchema), async (c) => {
      const input = c.req.valid('json');
      const itemIds = input.items.map(({ itemId }) => itemId);
      const unknown = new Set(await findUnknownItems(db, itemIds));
      if (unknown.size > 0) {
        const errors = itemIds.flatMap((itemId, n) =>
          unknown.has(itemId)
            ? { path: `items.${n}.itemId`, message: 'is not in the catalogue' }
            : [],
        );
        throw new HttpProblem('malformed', { errors });
      }
      const id = makeEventId(fillRandom);
      await insertEvent(db, id, input);
      return c.json(await readEvent(deps, id), 201);
    })
    .post('/events/:id/open', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const outcome = await openEvent(db, id, nowMs());
      if (outcome === 'not_found') throw new HttpProblem('not_found');
      if (outcome === 'ended') throw new HttpProblem('event_ended');
      return c.json(await readEvent(deps, id), 200);
    })
    .post('/events/:id/close', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      if (!(await closeEvent(db, id, nowMs()))) throw new HttpProblem('not_found');
      return c.json(await readEvent(deps, id), 200);
    });
}

async function readEvent({ db, nowMs }: Deps, id: EventId): Promise<EventDetail> {
  const event = await findEvent(db, id, nowMs());
  if (event === undefined) throw new HttpProblem('not_found');
  return event;
}
