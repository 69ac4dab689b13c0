/** The purchase over HTTP: each call is one attempt at the event's stock, and no read before it. */
import { Hono } from 'hono';
import * as z from 'zod';
import { eventIdOf, eventItemIdSchema, orderIdSchema } from '../contract/ids.ts';
import { orderNumberOf } from '../contract/order-numbers.ts';
import { type Order, type OrderAnswer, reserveSchema } from '../contract/orders.ts';
import type { Needs, Sale } from '../deps/deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import { type CallerEnv, type CallerNeeds, requireCaller } from '../http/guards.ts';
import { bodyOptional, valid } from '../http/validate.ts';
import type { Answer, OrderAttempt, OrderRecord } from '../sale/rules/attempts.ts';
import { attempted, callerOf, instant } from './attempt.ts';

type Granted = Extract<Answer, { kind: 'order' }>;

const eventItemParam = valid('param', z.object({ id: eventItemIdSchema }));
const orderParam = valid('param', z.object({ id: orderIdSchema }));

type Needed = CallerNeeds & Needs<{ sale: 'attempt'; limits: 'purchase' }>;

export function purchaseRoutes(deps: Needed) {
  const { sale, limits } = deps;
  const signedIn = requireCaller(deps);
  return new Hono<CallerEnv>()
    .use(limitByAddress(limits.purchase))
    .post(
      '/:id',
      signedIn,
      eventItemParam,
      bodyOptional,
      valid('json', reserveSchema),
      async (c) => {
        const done = await granted(sale, {
          kind: 'reserve',
          eventItemId: c.req.valid('param').id,
          ...c.req.valid('json'),
          ...callerOf(c),
        });
        return c.json(orderAnswer(done), 201, replayHeader(done));
      },
    )
    .post('/:id/confirm', signedIn, orderParam, async (c) => {
      const done = await granted(sale, {
        kind: 'confirm',
        orderId: c.req.valid('param').id,
        ...callerOf(c),
      });
      return c.json(orderAnswer(done), 200, replayHeader(done));
    })
    .post('/:id/cancel', signedIn, orderParam, async (c) => {
      const done = await granted(sale, {
        kind: 'cancel',
        orderId: c.req.valid('param').id,
        ...callerOf(c),
      });
      return c.json(orderAnswer(done), 200, replayHeader(done));
    });
}

/** Gives the attempt to the event that its id names. Throws a refusal as a problem. */
async function granted(sale: Pick<Sale, 'attempt'>, attempt: OrderAttempt): Promise<Granted> {
  const eventId = eventIdOf(attempt.kind === 'reserve' ? attempt.eventItemId : attempt.orderId);
  const answer = await attempted(sale, eventId, attempt);
  if (answer.kind === 'order') return answer;
  throw new Error(`a ${attempt.kind} was answered with an entry`);
}

function orderAnswer({ order, nowMs }: Granted): OrderAnswer {
  return { order: orderOnTheWire(order), serverNow: instant(nowMs) };
}

function orderOnTheWire(record: OrderRecord): Order {
  const { reservedAtMs, expiresAtMs, variantLabel = null, entryId = null, ...more } = record;
  const { payOnline = false, payment = null, unitsReturned = 0, ...order } = more;
  const number = orderNumberOf(order.id);
  const times = { reservedAt: instant(reservedAtMs), expiresAt: instant(expiresAtMs) };
  const paid = { payOnline, payment, unitsReturned };
  return { ...order, variantLabel, number, ...times, entryId, ...paid };
}

function replayHeader({ replayed }: Granted): Record<string, string> {
  return replayed ? { 'Idempotent-Replayed': 'true' } : {};
}
