/** The purchase over HTTP: each call is one attempt at the event's stock, and no read before it. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { eventIdOf, eventItemIdSchema, orderIdSchema, orderNumberOf } from '../contract/ids.ts';
import { type Order, type OrderAnswer, reserveSchema } from '../contract/orders.ts';
import type { Needs, Sale } from '../deps/deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import { type CallerEnv, type CallerNeeds, requireCaller } from '../http/guards.ts';
import { HttpProblem, type ProblemFields } from '../http/problem.ts';
import { bodyOptional, idempotencyKeyOf, valid } from '../http/validate.ts';
import type {
  Answer,
  Attempt,
  OrderAttempt,
  OrderRecord,
  Refusal,
} from '../sale/rules/attempts.ts';

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

/** Who attempts it, and with which key. */
function callerOf(
  c: Context<CallerEnv>,
): Pick<Attempt, 'customerId' | 'sessionEpoch' | 'loginId' | 'key'> {
  const { userId: customerId, sessionEpoch, loginId } = c.get('caller');
  return { customerId, sessionEpoch, loginId, key: idempotencyKeyOf(c) };
}

/** Gives the attempt to the event that its id names. Throws a refusal as a problem. */
async function granted(sale: Pick<Sale, 'attempt'>, attempt: OrderAttempt): Promise<Granted> {
  const eventId = eventIdOf(attempt.kind === 'reserve' ? attempt.eventItemId : attempt.orderId);
  const answer = await sale.attempt(eventId, attempt);
  if (answer.ok && answer.kind === 'order') return answer;
  if (answer.ok) throw new Error(`a ${attempt.kind} was answered with an entry`);
  throw new HttpProblem(answer.refusal.code, problemFields(answer.refusal, answer.nowMs));
}

/** What a refusal says besides its code; the fields are those of the outcome table. */
function problemFields(refusal: Refusal, nowMs: number): ProblemFields {
  const serverNow = instant(nowMs);
  switch (refusal.code) {
    case 'sold_out': {
      const { stock, nextReleaseAtMs, queue } = refusal;
      const nextReleaseAt = nextReleaseAtMs === null ? null : instant(nextReleaseAtMs);
      return { extra: { stock, nextReleaseAt, queue, serverNow } };
    }
    case 'queue_ahead': {
      const { drawAtMs, ...waiting } = refusal.queue;
      const drawAt = drawAtMs === null ? null : instant(drawAtMs);
      return { extra: { queue: { ...waiting, drawAt }, serverNow } };
    }
    case 'not_open':
      return { extra: { opensAt: instant(refusal.opensAtMs), serverNow } };
    case 'limit_reached': {
      const { limit, held, bought } = refusal;
      return { extra: { limit, held, bought } };
    }
    case 'changed': {
      const { priceCents, currency } = refusal;
      return { extra: { priceCents, currency, serverNow } };
    }
    case 'rate_limited':
    case 'busy':
    case 'unavailable':
      return { retryAfterMs: refusal.retryAfterMs };
    default:
      return { extra: { serverNow } };
  }
}

function orderAnswer({ order, nowMs }: Granted): OrderAnswer {
  return { order: orderOnTheWire(order), serverNow: instant(nowMs) };
}

function orderOnTheWire(record: OrderRecord): Order {
  const { reservedAtMs, expiresAtMs, variantLabel = null, ...order } = record;
  const number = orderNumberOf(order.id);
  const times = { reservedAt: instant(reservedAtMs), expiresAt: instant(expiresAtMs) };
  return { ...order, variantLabel, number, ...times };
}

function replayHeader({ replayed }: Granted): Record<string, string> {
  return replayed ? { 'Idempotent-Replayed': 'true' } : {};
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
