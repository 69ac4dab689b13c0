/** Events as admins run them, over HTTP: plan, edit, open, close, unpublish, set stock. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import type { CallerEnv } from '../../auth/guards.ts';
import {
  type AdminEvent,
  type AdminEventList,
  adminEventListQuerySchema,
  stockInputSchema,
} from '../../contract/administration.ts';
import { type EventInput, eventInputSchema } from '../../contract/events.ts';
import {
  type EventId,
  eventIdSchema,
  eventItemIdSchema,
  type ItemId,
  makeEventId,
} from '../../contract/ids.ts';
import { readSchedule } from '../../contract/schedule.ts';
import type { Deps } from '../../deps.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findAdminEvent, listAdminEvents } from '../../stores/admin-events.ts';
import type { Act } from '../../stores/audit.ts';
import { paged } from '../../stores/cursors.ts';
import { closeEvent, openEvent, setStock, unpublishEvent } from '../../stores/event-controls.ts';
import { type EventPlan, insertEvent, replaceEvent } from '../../stores/event-plans.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));
const eventItemParam = valid(
  'param',
  z.object({ id: eventIdSchema, eventItemId: eventItemIdSchema }),
);

export function eventPlanRoutes(deps: Deps) {
  const { db, nowMs, fillRandom, tellViewers } = deps;
  const act = (c: Context<CallerEnv>): Act => ({ actor: c.get('caller').userId, nowMs: nowMs() });
  return new Hono<CallerEnv>()
    .get('/', valid('query', adminEventListQuerySchema), async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const now = nowMs();
      const after = pageStart(cursor);
      const rows = await listAdminEvents(db, { ...filter, after, limit, nowMs: now });
      const { page, nextCursor } = paged(rows, limit, ({ planned, id }) => ({
        atMs: Date.parse(planned.startsAt),
        id,
      }));
      const serverNow = new Date(now).toISOString();
      const list: AdminEventList = { events: page, nextCursor, serverNow };
      return c.json(list, 200);
    })
    .post('/', valid('json', eventInputSchema), async (c) => {
      const plan = planOf(c.req.valid('json'), nowMs());
      const id = makeEventId(fillRandom);
      const written = await insertEvent(db, id, { plan, actor: c.get('caller').userId });
      if (written.outcome === 'unknown_items') throw unknownItems(plan, written.itemIds);
      return c.json(await readAdminEvent(deps, id), 201, { Location: `${c.req.path}/${id}` });
    })
    .get('/:id', eventParam, async (c) =>
      c.json(await readAdminEvent(deps, c.req.valid('param').id), 200),
    )
    .put('/:id', eventParam, valid('json', eventInputSchema), async (c) => {
      const { id } = c.req.valid('param');
      const plan = planOf(c.req.valid('json'), nowMs());
      const written = await replaceEvent(db, id, { plan, ...act(c) });
      if (written.outcome === 'not_found') throw new HttpProblem('not_found');
      if (written.outcome === 'not_locked') throw new HttpProblem('event_not_locked');
      if (written.outcome === 'unknown_items') throw unknownItems(plan, written.itemIds);
      tellViewers(id);
      return c.json(await readAdminEvent(deps, id), 200);
    })
    .post('/:id/open', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const outcome = await openEvent(db, id, act(c));
      if (outcome === 'not_found') throw new HttpProblem('not_found');
      if (outcome === 'ended') throw new HttpProblem('event_ended');
      tellViewers(id);
      return c.json(await readAdminEvent(deps, id), 200);
    })
    .post('/:id/close', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      if (!(await closeEvent(db, id, act(c)))) throw new HttpProblem('not_found');
      tellViewers(id);
      return c.json(await readAdminEvent(deps, id), 200);
    })
    .post('/:id/unpublish', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      if (!(await unpublishEvent(db, id, act(c)))) throw new HttpProblem('not_found');
      tellViewers(id);
      return c.json(await readAdminEvent(deps, id), 200);
    })
    .put(
      '/:id/items/:eventItemId/stock',
      eventItemParam,
      valid('json', stockInputSchema),
      async (c) => {
        const { id: eventId, eventItemId } = c.req.valid('param');
        const item = { eventId, eventItemId, total: c.req.valid('json').total };
        await changeStock(deps, item, act(c));
        tellViewers(eventId);
        return c.json(await readAdminEvent(deps, eventId), 200);
      },
    );
}

async function changeStock(
  { db, tidy }: Deps,
  item: Parameters<typeof setStock>[1],
  act: Act,
): Promise<void> {
  let set = await setStock(db, item, act);
  if (set.outcome === 'in_use') {
    // Holds that are due may be all that stands in the way.
    await tidy(item.eventId);
    set = await setStock(db, item, act);
  }
  if (set.outcome === 'not_found') throw new HttpProblem('not_found');
  if (set.outcome === 'in_use') {
    throw new HttpProblem('stock_in_use', { extra: { stock: set.stock } });
  }
}

async function readAdminEvent({ db, nowMs }: Deps, id: EventId): Promise<AdminEvent> {
  const event = await findAdminEvent(db, id, nowMs());
  if (event === undefined) throw new HttpProblem('not_found');
  return event;
}

function planOf(input: EventInput, nowMs: number): EventPlan {
  const schedule = readSchedule(input, nowMs);
  if (!schedule.ok) throw new HttpProblem('malformed', { errors: schedule.errors });
  const { startsAt, endsAt, timeZone } = schedule;
  return { ...input, startsAt, endsAt, timeZone };
}

function unknownItems({ items }: EventPlan, itemIds: ItemId[]): HttpProblem {
  const errors = items.flatMap(({ itemId }, n) =>
    itemIds.includes(itemId)
      ? { path: `items.${n}.itemId`, message: 'is not in the catalogue' }
      : [],
  );
  return new HttpProblem('malformed', { errors });
}
