/** The outbox as admins see it, over HTTP: what waits and what was given up, which they can send again. */
import { Hono } from 'hono';
import * as z from 'zod';
import { type OutboxList, outboxIdSchema, outboxQuerySchema } from '../../contract/outbox-list.ts';
import {
  type PaymentAttention,
  paymentAttentionQuerySchema,
} from '../../contract/payment-attention.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { paged } from '../../stores/postgres/cursors.ts';
import { listOutbox, retryGivenUp } from '../../stores/postgres/outbox-admin.ts';
import { readPaymentAttention } from '../../stores/postgres/payment-attention.ts';

const rowParam = valid('param', z.object({ id: outboxIdSchema }));

type Needed = Needs<{ outbox: 'wake'; stores: 'db'; platform: 'nowMs' }>;

export function outboxRoutes({ outbox, stores: { db }, platform: { nowMs } }: Needed) {
  return new Hono<CallerEnv>()
    .get('/', valid('query', outboxQuerySchema), async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const after = pageStart(cursor, (id) => outboxIdSchema.safeParse(id).success);
      const rows = await listOutbox(db, { ...filter, after, limit });
      const { page, nextCursor } = paged(rows, limit, ({ createdAt, id }) => ({
        atMs: Date.parse(createdAt),
        id: String(id),
      }));
      const serverNow = new Date(nowMs()).toISOString();
      const list: OutboxList = { rows: page, nextCursor, serverNow };
      return c.json(list, 200);
    })
    .get('/payments', valid('query', paymentAttentionQuerySchema), async (c) => {
      const at = { ...c.req.valid('query'), nowMs: nowMs() };
      const counts = await readPaymentAttention(db, at);
      const answer: PaymentAttention = {
        ...counts,
        serverNow: new Date(at.nowMs).toISOString(),
      };
      return c.json(answer, 200);
    })
    .post('/:id/retry', rowParam, async (c) => {
      const act = { actor: c.get('caller').userId, nowMs: nowMs() };
      const done = await retryGivenUp(db, Number(c.req.valid('param').id), act);
      if (done.outcome !== 'done') throw new HttpProblem(done.outcome);
      outbox.wake();
      return c.json(done.row, 200);
    });
}
