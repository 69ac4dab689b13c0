/** The purchase over HTTP: each call is one attempt at the event's stock, and no read before it. */
import { Hono } from 'hono';
import * as z from 'zod';
import { eventIdOf, eventItemIdSchema, orderIdSchema, type UserId } from '../contract/ids.ts';
import { orderNumberOf } from '../contract/order-numbers.ts';
import { type Order, type OrderAnswer, reserveSchema } from '../contract/orders.ts';
import { costsOf, type TaxPlan, totalsOf } from '../contract/totals.ts';
import type { Needs, Sale } from '../deps/deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import { type CallerEnv, type CallerNeeds, requireCaller } from '../http/guards.ts';
import { bodyOptional, valid } from '../http/validate.ts';
import { isRetryable } from '../platform/faults.ts';
import type { Answer, OrderAttempt } from '../sale/rules/attempts.ts';
import type { OrderRecord } from '../sale/rules/order-record.ts';
import { findOrder } from '../stores/postgres/orders.ts';
import { attempted, callerOf, instant } from './attempt.ts';

type Granted = Extract<Answer, { kind: 'order' }>;

const eventItemParam = valid('param', z.object({ id: eventItemIdSchema }));
const orderParam = valid('param', z.object({ id: orderIdSchema }));

type Needed = CallerNeeds &
  Needs<{ sale: 'attempt'; limits: 'purchase'; payments: 'tax'; stores: 'db' }>;

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
        return c.json(await orderAnswer(deps, done, callerOf(c)), 201, replayHeader(done));
      },
    )
    .post('/:id/confirm', signedIn, orderParam, async (c) => {
      const done = await granted(sale, {
        kind: 'confirm',
        orderId: c.req.valid('param').id,
        ...callerOf(c),
      });
      return c.json(await orderAnswer(deps, done, callerOf(c)), 200, replayHeader(done));
    })
    .post('/:id/cancel', signedIn, orderParam, async (c) => {
      const done = await granted(sale, {
        kind: 'cancel',
        orderId: c.req.valid('param').id,
        ...callerOf(c),
      });
      return c.json(await orderAnswer(deps, done, callerOf(c)), 200, replayHeader(done));
    });
}

/** Gives the attempt to the event that its id names. Throws a refusal as a problem. */
async function granted(sale: Pick<Sale, 'attempt'>, attempt: OrderAttempt): Promise<Granted> {
  const eventId = eventIdOf(attempt.kind === 'reserve' ? attempt.eventItemId : attempt.orderId);
  const answer = await attempted(sale, eventId, attempt);
  if (answer.kind === 'order') return answer;
  throw new Error(`a ${attempt.kind} was answered with an entry`);
}

async function orderAnswer(
  deps: Needed,
  { order, nowMs }: Granted,
  { customerId }: { customerId: UserId },
): Promise<OrderAnswer> {
  const shown = orderOnTheWire(order, deps.payments.tax);
  const untold = await untoldCosts(deps, order, customerId);
  return { order: { ...shown, ...untold }, serverNow: instant(nowMs) };
}

/** An object of the version before does not tell them. The order stands, whether or not it can be read. */
async function untoldCosts(
  { stores: { db }, payments: { tax }, platform: { nowMs } }: Needed,
  { id, needsAddress = false, payment = null, delivery, costs }: OrderRecord,
  customerId: UserId,
): Promise<Partial<Pick<Order, 'address' | 'totals'>>> {
  const isUntold =
    (needsAddress && delivery === undefined) || (payment !== null && costs === undefined);
  if (!isUntold) return {};
  try {
    const found = await findOrder(db, { id, customerId, nowMs: nowMs(), tax });
    return found === undefined ? {} : { address: found.address, totals: found.totals };
  } catch (error) {
    if (!isRetryable(error)) throw error;
    return {};
  }
}

function orderOnTheWire(record: OrderRecord, tax: TaxPlan): Order {
  const { reservedAtMs, expiresAtMs, variantLabel = null, entryId = null, ...more } = record;
  const { payOnline = false, payment = null, unitsReturned = 0, ...rest } = more;
  const { needsAddress = false, delivery, costs: fixed, ...order } = rest;
  const { address = null, country = null, shippingCents = null } = delivery ?? {};
  const number = orderNumberOf(order.id);
  const times = { reservedAt: instant(reservedAtMs), expiresAt: instant(expiresAtMs) };
  const paid = { payOnline, payment, unitsReturned };
  const items = order.quantity * order.unitPriceCents;
  const totals = totalsOf(items, fixed ?? costsOf(items, { shippingCents, country, tax }));
  const delivered = { needsAddress, address, totals };
  return { ...order, variantLabel, number, ...times, entryId, ...paid, ...delivered };
}

function replayHeader({ replayed }: Granted): Record<string, string> {
  return replayed ? { 'Idempotent-Replayed': 'true' } : {};
}
