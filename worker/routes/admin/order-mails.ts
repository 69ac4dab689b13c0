/** A mail about an order that an admin has sent again, over HTTP. The outbox sends it. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { makeMailId, type OrderId, orderIdSchema } from '../../contract/ids.ts';
import {
  type OrderMailAnswer,
  type OrderMailKind,
  orderMailSchema,
} from '../../contract/order-desk.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { idempotencyKeyOf, valid } from '../../http/validate.ts';
import type { Claimed } from '../../stores/postgres/idempotency-keys.ts';
import { findMailAgain, type OrderMail, sendMailAgain } from '../../stores/postgres/order-mails.ts';
import { assertSendsMail } from '../auth/account-mail.ts';
import { createOnce } from './creating.ts';

const HOUR_MS = 60 * 60_000;

const orderParam = valid('param', z.object({ id: orderIdSchema }));

type Needed = Needs<{
  outbox: 'wake' | 'sendsMail';
  stores: 'db';
  platform: 'nowMs' | 'fillRandom';
}>;

export function orderMailRoutes(deps: Needed) {
  const { nowMs, fillRandom } = deps.platform;
  return new Hono<CallerEnv>().post(
    '/:id/mail',
    orderParam,
    valid('json', orderMailSchema),
    async (c) => {
      const { id: orderId } = c.req.valid('param');
      const { kind } = c.req.valid('json');
      assertKeyed(c);
      assertSendsMail(deps);
      const id = makeMailId(nowMs(), fillRandom);
      const actor = c.get('caller').userId;
      const { body, headers } = await createOnce<OrderMailAnswer>(c, deps, {
        operation: 'sendOrderMail',
        input: { orderId, kind },
        id,
        make: async (call) => {
          if (call === undefined) throw new Error('a mail without a key');
          return send(deps, { id, orderId, kind, actor, call, nowMs: nowMs() });
        },
        read: (made) => readAnswer(deps, { id: made, orderId, kind }),
      });
      deps.outbox.wake();
      // There is no address under which it is read.
      const { Location: _, ...others } = headers;
      return c.json(body, 201, others);
    },
  );
}

/** Twice the same wish is two mails, so only a key tells a repeat. */
function assertKeyed(c: Context): void {
  if (idempotencyKeyOf(c) !== null) return;
  throw new HttpProblem('malformed', {
    errors: [{ path: 'Idempotency-Key', message: 'must be given' }],
  });
}

async function send({ stores: { db } }: Needed, mail: OrderMail): Promise<Claimed> {
  const outcome = await sendMailAgain(db, mail);
  if (typeof outcome === 'string') return outcome;
  const { refused } = outcome;
  if (refused === 'rate_limited') throw new HttpProblem(refused, { retryAfterMs: HOUR_MS });
  throw new HttpProblem(refused);
}

async function readAnswer(
  { stores, platform }: Needed,
  mail: { id: string; orderId: OrderId; kind: OrderMailKind },
): Promise<OrderMailAnswer> {
  const createdAtMs = await findMailAgain(stores.db, mail);
  if (createdAtMs === undefined) throw new HttpProblem('not_found');
  return {
    mail: { kind: mail.kind, createdAt: new Date(createdAtMs).toISOString() },
    serverNow: new Date(platform.nowMs()).toISOString(),
  };
}
