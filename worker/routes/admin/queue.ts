/** An event's queue, over HTTP, as admins look entries up and disqualify them. */
import { Hono } from 'hono';
import * as z from 'zod';
import { eventIdOf, eventIdSchema, queueEntryIdSchema } from '../../contract/ids.ts';
import {
  type AdminQueue,
  type AdminQueueAnswer,
  adminQueueQuerySchema,
  disqualifySchema,
} from '../../contract/queue-administration.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { placeAt } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { disqualifyEntry, listQueueEntries } from '../../stores/postgres/queue-administration.ts';
import { readQueueCursor, writeQueueCursor } from '../../stores/postgres/queue-cursors.ts';
import { type WakeNeeds, wakeSale } from '../../sweep/wake-sale.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));
const entryParam = valid('param', z.object({ id: queueEntryIdSchema }));

type Listing = Needs<{ stores: 'db'; platform: 'nowMs' }>;

export function eventQueueRoutes({ stores: { db }, platform: { nowMs } }: Listing) {
  return new Hono<CallerEnv>().get(
    '/:id/queue',
    eventParam,
    valid('query', adminQueueQuerySchema),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const now = nowMs();
      const { id: eventId } = c.req.valid('param');
      const after = placeAt(cursor, readQueueCursor);
      const page = await listQueueEntries(db, { eventId, ...filter, after, limit, nowMs: now });
      if (page === undefined) throw new HttpProblem('not_found');
      const nextCursor = page.next && writeQueueCursor(page.next);
      const serverNow = new Date(now).toISOString();
      const list: AdminQueue = { entries: page.entries, nextCursor, serverNow };
      return c.json(list, 200);
    },
  );
}

export function queueEntryRoutes(deps: Listing & WakeNeeds & Needs<{ live: 'notifyViewers' }>) {
  const { db } = deps.stores;
  return new Hono<CallerEnv>().post(
    '/:id/disqualify',
    entryParam,
    valid('json', disqualifySchema),
    async (c) => {
      const { id } = c.req.valid('param');
      const nowMs = deps.platform.nowMs();
      const act = { actor: c.get('caller').userId, nowMs, ...c.req.valid('json') };
      const entry = await disqualifyEntry(db, id, act);
      if (typeof entry === 'string') throw new HttpProblem(entry);
      await wakeSale(deps, eventIdOf(id));
      deps.live.notifyViewers(eventIdOf(id));
      const answer: AdminQueueAnswer = { entry, serverNow: new Date(nowMs).toISOString() };
      return c.json(answer, 200);
    },
  );
}
