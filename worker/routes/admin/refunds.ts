/** An admin gives money back, over HTTP. The provider is asked by the outbox, and never waited for. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { eventIdOf, makeRefundId, orderIdSchema, type RefundId } from '../../contract/ids.ts';
import { type RefundOrder, refundOrderSchema } from '../../contract/payments.ts';
import type { RefundAnswer } from '../../contract/refunds.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { idempotencyKeyOf, valid } from '../../http/validate.ts';
import {
  decideRefund,
  findRefund,
  type RefundDecision,
  readRefundRoom,
} from '../../stores/postgres/admin-refunds.ts';
import type { Claimed, KeyedCall } from '../../stores/postgres/idempotency-keys.ts';
import { findOrder } from '../../stores/postgres/orders.ts';
import { createOnce } from './creating.ts';

const orderParam = valid('param', z.object({ id: orderIdSchema }));

type Needed = Needs<{
  outbox: 'wake';
  payments: 'tax';
  stores: 'db';
  platform: 'nowMs' | 'fillRandom';
}>;

export function refundRoutes(deps: Needed) {
  const { nowMs, fillRandom } = deps.platform;
  return new Hono<CallerEnv>().post(
    '/:id/refund',
    orderParam,
    valid('json', refundOrderSchema),
    async (c) => {
      const { id: orderId } = c.req.valid('param');
      const wish = c.req.valid('json');
      assertClear(c, wish);
      const id = makeRefundId(eventIdOf(orderId), nowMs(), fillRandom);
      const actor = c.get('caller').userId;
      const { body, headers } = await createOnce<RefundAnswer>(c, deps, {
        operation: 'refundOrder',
        input: { orderId, ...wish },
        id,
        make: (call) => decide(deps, { id, orderId, wish, actor, nowMs: nowMs() }, call),
        read: (made) => readAnswer(deps, made as RefundId),
      });
      deps.outbox.wake();
      // There is no address under which a refund is read.
      const { Location: _, ...others } = headers;
      return c.json(body, 201, others);
    },
  );
}

/** Twice the same wish is two refunds, so only a key tells a repeat. */
function assertClear(c: Context, { restock, restockUnits }: RefundOrder): void {
  if (idempotencyKeyOf(c) === null) {
    throw new HttpProblem('malformed', {
      errors: [{ path: 'Idempotency-Key', message: 'must be given' }],
    });
  }
  if (restock !== undefined && restockUnits !== undefined) {
    throw new HttpProblem('malformed', {
      errors: [{ path: 'restock', message: 'must not be given beside restockUnits' }],
    });
  }
}

async function decide(
  { stores: { db } }: Needed,
  decision: Omit<RefundDecision, 'call'>,
  call: KeyedCall | undefined,
): Promise<Claimed> {
  if (call === undefined) throw new Error('a refund without a key');
  const { orderId } = decision;
  const before = await readRefundRoom(db, orderId);
  if (before === undefined) throw new HttpProblem('not_found');
  const { paymentId } = before;
  if (paymentId === null) throw new HttpProblem('order_not_paid');
  const outcome = await decideRefund(db, { ...decision, call, paymentId });
  if (outcome === 'key_used') {
    const extra = { serverNow: new Date(decision.nowMs).toISOString() };
    throw new HttpProblem('idempotency_key_reused', { extra });
  }
  if (outcome !== 'refused') return outcome;
  const left = (await readRefundRoom(db, orderId)) ?? before;
  if (left.isDisputed) throw new HttpProblem('payment_disputed');
  const extra = { leftCents: left.leftMinor, leftUnits: left.leftUnits };
  throw new HttpProblem('refund_too_large', { extra });
}

async function readAnswer(
  { stores, payments, platform }: Needed,
  id: RefundId,
): Promise<RefundAnswer> {
  const { db } = stores;
  const nowMs = platform.nowMs();
  const found = await findRefund(db, id);
  if (found === undefined) throw new HttpProblem('not_found');
  const { orderId, customerId, createdAtMs, ...refund } = found;
  const order = await findOrder(db, { id: orderId, customerId, nowMs, tax: payments.tax });
  if (order === undefined) throw new HttpProblem('not_found');
  return {
    refund: { ...refund, createdAt: new Date(createdAtMs).toISOString() },
    order,
    serverNow: new Date(nowMs).toISOString(),
  };
}
