/** What admins write down of orders after they were sold, over HTTP. */
import { Hono } from 'hono';
import * as z from 'zod';
import { type OrderId, orderIdSchema } from '../../contract/ids.ts';
import {
  markAllSentSchema,
  markSentSchema,
  orderNoteSchema,
  type SentAnswer,
} from '../../contract/order-desk.ts';
import { type SlipsAnswer, slipsWishSchema } from '../../contract/order-slips.ts';
import type { AdminOrderDetail } from '../../contract/order-story.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findFace } from '../../stores/postgres/face.ts';
import {
  markSent,
  readNoteState,
  takeSentBack,
  writeNote,
} from '../../stores/postgres/order-desk.ts';
import { readSlips } from '../../stores/postgres/order-slips.ts';
import { findOrderDetail } from '../../stores/postgres/order-story.ts';

const orderParam = valid('param', z.object({ id: orderIdSchema }));

type Reading = Needs<{ payments: 'provider' | 'tax'; stores: 'db'; platform: 'nowMs' }>;
type Needed = Reading & Needs<{ outbox: 'wake'; site: 'organizer' }>;

export function orderDeskRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  return new Hono<CallerEnv>()
    .post('/sent', valid('json', markAllSentSchema), async (c) => {
      const now = nowMs();
      const act = { actor: c.get('caller').userId, nowMs: now };
      const ends = await markSent(db, { ...c.req.valid('json'), ...act });
      deps.outbox.wake();
      const answer: SentAnswer = {
        sent: ends.flatMap(({ id, refused }) => (refused === null ? [id] : [])),
        sentBefore: ends.flatMap(({ id, wasSent }) => (wasSent ? [id] : [])),
        refused: ends.flatMap(({ id, refused: code }) => (code === null ? [] : [{ id, code }])),
        serverNow: new Date(now).toISOString(),
      };
      return c.json(answer, 200);
    })
    .post('/slips', valid('json', slipsWishSchema), async (c) => {
      const wish = { ...c.req.valid('json'), actor: c.get('caller').userId };
      const [slips, face] = await Promise.all([
        readSlips(db, { ...wish, tax: deps.payments.tax }),
        findFace(db),
      ]);
      const shopName = face.version > 0 ? face.name : deps.site.organizer.name;
      const serverNow = new Date(nowMs()).toISOString();
      return c.json<SlipsAnswer, 200>({ shopName, slips, serverNow }, 200);
    })
    .post('/:id/sent', orderParam, valid('json', markSentSchema), async (c) => {
      const { id } = c.req.valid('param');
      const act = { actor: c.get('caller').userId, nowMs: nowMs() };
      const [end] = await markSent(db, { ids: [id], ...c.req.valid('json'), ...act });
      if (end?.refused) throw new HttpProblem(end.refused);
      deps.outbox.wake();
      return c.json(await detailOf(deps, id), 200);
    })
    .delete('/:id/sent', orderParam, async (c) => {
      const { id } = c.req.valid('param');
      await takeSentBack(db, id, { actor: c.get('caller').userId, nowMs: nowMs() });
      return c.json(await detailOf(deps, id), 200);
    })
    .put('/:id/note', orderParam, valid('json', orderNoteSchema), async (c) => {
      const { id } = c.req.valid('param');
      const actor = c.get('caller').userId;
      if (!(await writeNote(db, id, { ...c.req.valid('json'), actor }))) {
        const { note, changedBy = null } = (await readNoteState(db, id)) ?? {};
        throw new HttpProblem('precondition_failed', { extra: { current: { note }, changedBy } });
      }
      return c.json(await detailOf(deps, id), 200);
    });
}

/** @throws HttpProblem `not_found`. */
export async function detailOf(
  { stores: { db }, payments: { tax, provider }, platform: { nowMs } }: Reading,
  id: OrderId,
): Promise<AdminOrderDetail> {
  const detail = await findOrderDetail(db, id, {
    nowMs: nowMs(),
    tax,
    disputePage: (disputeId) => provider?.disputePage(disputeId),
  });
  if (detail === undefined) throw new HttpProblem('not_found');
  return detail;
}
