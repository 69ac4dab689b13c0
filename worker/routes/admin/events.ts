/** Events as admins run them, over HTTP: plan, edit, open, close, unpublish, set stock. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import {
  type AdminEvent,
  type AdminEventList,
  adminEventListQuerySchema,
  stockInputSchema,
} from '../../contract/administration.ts';
import { type EventInput, eventInputSchema, saleValueFault } from '../../contract/event-input.ts';
import { type EventId, eventIdSchema, eventItemIdSchema, makeEventId } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { ifMatchOf } from '../../http/preconditions.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import {
  findAdminEvent,
  findVersionedEvent,
  listAdminEvents,
} from '../../stores/postgres/admin-events.ts';
import type { Act } from '../../stores/postgres/audit.ts';
import { paged } from '../../stores/postgres/cursors.ts';
import {
  closeEvent,
  openEvent,
  setStock,
  unpublishEvent,
} from '../../stores/postgres/event-controls.ts';
import { findKeptStart } from '../../stores/postgres/event-edits.ts';
import { insertEvent, replaceEvent } from '../../stores/postgres/event-plans.ts';
import { isEventAt, readEventState } from '../../stores/postgres/versions.ts';
import { wakeSale } from '../../sweep/wake-sale.ts';
import { createOnce } from './creating.ts';
import { planOf, unfitPlan } from './event-plan-input.ts';
import { changedMeanwhile, tagOf } from './versions.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));
const eventItemParam = valid(
  'param',
  z.object({ id: eventIdSchema, eventItemId: eventItemIdSchema }),
);

export type Needed = Needs<{
  draws: 'leadSeconds' | 'nameRound';
  outbox: 'sendsMail';
  payments: 'provider' | 'tax';
  sale: 'expireDue' | 'eventDigest';
  live: 'notifyViewers';
  stores: 'db';
  logging: 'log';
  platform: 'nowMs' | 'fillRandom';
}>;

export function eventPlanRoutes(deps: Needed) {
  const { stores, platform } = deps;
  const { db } = stores;
  const { nowMs } = platform;
  const act = (c: Context<CallerEnv>, id: EventId) => actOn(c, id, nowMs());
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
      const { body, headers } = await createEvent(c, deps, c.req.valid('json'));
      return c.json(body, 201, headers);
    })
    .get('/:id', eventParam, async (c) => answerWith(c, deps, c.req.valid('param').id))
    .put('/:id', eventParam, valid('json', eventInputSchema), async (c) => {
      const { id } = c.req.valid('param');
      const plan = await planOf(deps, c.req.valid('json'), await findKeptStart(db, id));
      const written = await replaceEvent(db, id, { plan, ...act(c, id) });
      if (written.outcome === 'not_found') throw new HttpProblem('not_found');
      if (written.outcome === 'has_entries') throw new HttpProblem('has_entries');
      if (written.outcome === 'cancelled') throw new HttpProblem('event_cancelled');
      if (written.outcome === 'not_locked') throw new HttpProblem('event_not_locked');
      if (written.outcome === 'numbers_used_up') throw new HttpProblem('item_numbers_used_up');
      if (written.outcome === 'changed') throw await changed(deps, id, { ...plan });
      if (written.outcome === 'unknown_cover') throw unfitPlan(plan, written);
      if ('itemIds' in written || 'unfit' in written) throw unfitPlan(plan, written);
      return answerChanged(c, deps, id);
    })
    .route('/', switchRoutes(deps))
    .put(
      '/:id/items/:eventItemId/stock',
      eventItemParam,
      valid('json', stockInputSchema),
      async (c) => {
        const { id: eventId, eventItemId } = c.req.valid('param');
        const item = { eventId, eventItemId, total: c.req.valid('json').total };
        await changeStock(deps, item, act(c, eventId));
        return answerChanged(c, deps, eventId);
      },
    );
}

/** What an admin switches by hand. */
function switchRoutes(deps: Needed) {
  const { stores, platform } = deps;
  const { db } = stores;
  const { nowMs } = platform;
  const act = (c: Context<CallerEnv>, id: EventId) => actOn(c, id, nowMs());
  return new Hono<CallerEnv>()
    .post('/:id/open', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const opening = await openEvent(db, id, act(c, id));
      if (opening === 'not_found') throw new HttpProblem('not_found');
      if (opening === 'cancelled') throw new HttpProblem('event_cancelled');
      if (opening === 'ended') throw new HttpProblem('event_ended');
      if (opening === 'changed') throw await changed(deps, id);
      if (opening !== 'opened') throw drawOpensItself(opening, nowMs());
      return answerChanged(c, deps, id);
    })
    .post('/:id/close', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const closed = await closeEvent(db, id, act(c, id));
      if (closed === false) throw new HttpProblem('not_found');
      if (closed === 'changed') throw await changed(deps, id);
      return answerChanged(c, deps, id);
    })
    .post('/:id/unpublish', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const unpublished = await unpublishEvent(db, id, act(c, id));
      if (unpublished === false) throw new HttpProblem('not_found');
      if (unpublished === 'changed') throw await changed(deps, id);
      return answerChanged(c, deps, id);
    });
}

function createEvent(c: Context<CallerEnv>, deps: Needed, input: EventInput) {
  const { sale, stores, platform } = deps;
  const id = makeEventId(platform.fillRandom, sale.eventDigest);
  const actor = c.get('caller').userId;
  return createOnce<AdminEvent>(c, deps, {
    operation: 'createEvent',
    input,
    id,
    async make(call) {
      const plan = await planOf(deps, input);
      const written = await insertEvent(stores.db, id, { plan, actor, call });
      if (written.outcome !== 'written') throw unfitPlan(plan, written);
      // Its object locks the entries of a draw at their close, though nobody may come.
      if (plan.admission === 'draw' && written.claimed === 'claimed') await wakeSale(deps, id);
      return written.claimed;
    },
    read: (made) => readAdminEvent(deps, made as EventId),
  });
}

function actOn(c: Context<CallerEnv>, id: EventId, nowMs: number): Act {
  const condition = isEventAt(id, ifMatchOf(c));
  return { actor: c.get('caller').userId, nowMs, condition };
}

async function answerWith(c: Context<CallerEnv>, { stores, platform }: Needed, id: EventId) {
  const found = await findVersionedEvent(stores.db, id, platform.nowMs());
  if (found === undefined) throw new HttpProblem('not_found');
  return c.json(found.event, 200, tagOf(found.version));
}

/** Its object hears of it first: what the answer and the viewers are shown is from behind that. */
export async function answerChanged(c: Context<CallerEnv>, deps: Needed, id: EventId) {
  await wakeSale(deps, id);
  deps.live.notifyViewers(id);
  return answerWith(c, deps, id);
}

/** Why a draw is not opened by hand. */
function drawOpensItself(
  { hasEntries, opensAtMs }: { hasEntries: boolean; opensAtMs: number },
  nowMs: number,
): HttpProblem {
  const [opensAt, serverNow] = [opensAtMs, nowMs].map((ms) => new Date(ms).toISOString());
  return hasEntries
    ? new HttpProblem('has_entries')
    : new HttpProblem('not_open', { extra: { opensAt, serverNow } });
}

async function changeStock(
  deps: Needed,
  item: Parameters<typeof setStock>[1],
  act: Act,
): Promise<void> {
  const { db } = deps.stores;
  let set = await setStock(db, item, act);
  if (set.outcome === 'in_use') {
    // Perhaps only holds that are due use the units.
    await deps.sale.expireDue(item.eventId);
    set = await setStock(db, item, act);
  }
  if (set.outcome === 'not_found') throw new HttpProblem('not_found');
  if (set.outcome === 'cancelled') throw new HttpProblem('event_cancelled');
  if (set.outcome === 'has_entries') throw new HttpProblem('has_entries');
  if (set.outcome === 'changed') throw await changed(deps, item.eventId);
  if (set.outcome === 'worth_too_much') {
    const errors = [{ path: 'total', message: saleValueFault(set.currency) }];
    throw new HttpProblem('malformed', { errors });
  }
  if (set.outcome === 'in_use') {
    throw new HttpProblem('stock_in_use', { extra: { stock: set.stock } });
  }
}

async function changed({ stores }: Needed, id: EventId, sent?: Record<string, unknown>) {
  return changedMeanwhile(await readEventState(stores.db, id), sent);
}

async function readAdminEvent({ stores, platform }: Needed, id: EventId): Promise<AdminEvent> {
  const event = await findAdminEvent(stores.db, id, platform.nowMs());
  if (event === undefined) throw new HttpProblem('not_found');
  return event;
}
