/** Cancelling of events, over HTTP. What follows from it is worked off by the outbox, and never waited for. */
import { Hono } from 'hono';
import * as z from 'zod';
import { type CancelPreview, cancelEventSchema } from '../../contract/cancellation.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { ifMatchOf } from '../../http/preconditions.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findVersionedEvent } from '../../stores/postgres/admin-events.ts';
import { cancelEvent, previewCancel } from '../../stores/postgres/event-cancellation.ts';
import { isEventAt, readEventState } from '../../stores/postgres/versions.ts';
import { wakeSale } from '../../sweep/wake-sale.ts';
import { changedMeanwhile, tagOf } from './versions.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

type Needed = Needs<{
  outbox: 'wake';
  sale: 'expireDue';
  live: 'notifyViewers';
  stores: 'db';
  logging: 'log';
  platform: 'nowMs';
}>;

export function cancelRoutes(deps: Needed) {
  const { outbox, live, stores, platform } = deps;
  const { db } = stores;
  const { nowMs } = platform;
  return new Hono<CallerEnv>()
    .get('/:id/cancel', eventParam, async (c) => {
      const preview = await previewCancel(db, c.req.valid('param').id);
      if (preview === undefined) throw new HttpProblem('not_found');
      const serverNow = new Date(nowMs()).toISOString();
      const answer: CancelPreview = { ...preview, serverNow };
      return c.json(answer, 200);
    })
    .post('/:id/cancel', eventParam, valid('json', cancelEventSchema), async (c) => {
      const { id } = c.req.valid('param');
      const outcome = await cancelEvent(db, id, {
        actor: c.get('caller').userId,
        nowMs: nowMs(),
        condition: isEventAt(id, ifMatchOf(c)),
        ...c.req.valid('json'),
      });
      if (outcome === 'not_found') throw new HttpProblem('not_found');
      if (outcome === 'draw_due') throw new HttpProblem('draw_due');
      if (outcome === 'changed') throw changedMeanwhile(await readEventState(db, id));
      // Its object hears of it first: what the answer and the viewers are shown is from behind that.
      await wakeSale(deps, id);
      live.notifyViewers(id);
      outbox.wake();
      const found = await findVersionedEvent(db, id, nowMs());
      if (found === undefined) throw new HttpProblem('not_found');
      return c.json(found.event, 202, tagOf(found.version));
    });
}
