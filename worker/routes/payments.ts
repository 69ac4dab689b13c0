/** Paying for an order over HTTP, and what the payment provider tells by its webhook. */
import { Hono } from 'hono';
import * as z from 'zod';
import { payInputSchema } from '../contract/address-input.ts';
import { orderIdSchema } from '../contract/ids.ts';
import { type OrderAnswer, orderSchema } from '../contract/orders.ts';
import type { PaymentAnswer } from '../contract/payments.ts';
import type { Needs } from '../deps/deps.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../http/guards.ts';
import { HttpProblem } from '../http/problem.ts';
import { bodyOptional, keyAccepted, valid } from '../http/validate.ts';
import { lookAtPayment } from '../paying/look-at-payment.ts';
import { LOOK_EVERY_MS, payForOrder } from '../paying/pay-for-order.ts';
import { eventIn, isFromStripe } from '../payment/stripe/webhook.ts';
import { findOrder } from '../stores/postgres/orders.ts';
import { storePaymentEvent } from '../stores/postgres/payment-events.ts';
import { claimLooks } from '../stores/postgres/payments.ts';
import { instant } from './attempt.ts';

const orderParam = valid('param', z.object({ id: orderIdSchema }));
const payInput = valid('json', payInputSchema);
const nothing = valid('json', z.strictObject({}));

type Needed = SessionNeeds &
  Needs<{
    sale: 'attempt';
    outbox: 'wake' | 'wakePayments';
    payments: 'provider' | 'tax';
    site: 'publicUrl';
    platform: 'nowMs' | 'fillRandom';
  }>;

/** Beside those of purchase.ts, whose limit by address counts these calls too. */
export function payRoutes(deps: Needed) {
  const { outbox, platform, stores } = deps;
  const { db } = stores;
  const { nowMs } = platform;
  const signedIn = requireSession(deps);
  return new Hono<SessionEnv>()
    .post('/:id/pay', signedIn, orderParam, keyAccepted, bodyOptional, payInput, async (c) => {
      const { id: orderId } = c.req.valid('param');
      const whose = { orderId, customerId: c.get('user').id };
      const paying = await payForOrder(payNeedsOf(deps), whose, c.req.valid('json'));
      // The order may have ended, or turned out to be paid.
      outbox.wakePayments();
      const serverNow = instant(nowMs());
      if (!paying.ok) throw new HttpProblem(paying.code, { extra: { serverNow } });
      const answer: PaymentAnswer = { payment: paying.payment, serverNow };
      return c.json(answer, 200);
    })
    .post('/:id/payment', signedIn, orderParam, keyAccepted, bodyOptional, nothing, async (c) => {
      const { id: orderId } = c.req.valid('param');
      const customerId = c.get('user').id;
      const atMs = nowMs();
      const whose = { orderId, customerId, nowMs: atMs, sinceMs: atMs - LOOK_EVERY_MS };
      if (deps.payments.provider !== undefined) {
        const ids = await claimLooks(db, whose);
        for (const id of ids) await lookAtPayment(payNeedsOf(deps), id);
        // Whoever is not charged is told by mail.
        if (ids.length > 0) outbox.wake();
      }
      const serverNow = nowMs();
      const order = await findOrder(db, {
        id: orderId,
        customerId,
        nowMs: serverNow,
        tax: deps.payments.tax,
      });
      if (order === undefined) throw new HttpProblem('not_found');
      // Without what the history shows beside it.
      const answer: OrderAnswer = {
        order: orderSchema.parse(order),
        serverNow: instant(serverNow),
      };
      return c.json(answer, 200);
    });
}

type WebhookNeeds = Needs<{
  outbox: 'wakePayments';
  payments: 'provider' | 'webhookSecret';
  stores: 'db';
  platform: 'nowMs';
}>;

/** Without the provider's secret in the configuration there is no such route. */
export function paymentWebhookRoutes({ outbox, payments, stores, platform }: WebhookNeeds) {
  const { provider, webhookSecret } = payments;
  const routes = new Hono();
  if (webhookSecret === undefined) return routes;
  return routes.post('/stripe/webhook', async (c) => {
    const nowMs = platform.nowMs();
    const body = await c.req.text();
    const signature = c.req.header('Stripe-Signature');
    if (!isFromStripe({ signature, body }, { secrets: [webhookSecret], nowMs })) {
      const message = 'is missing, is not of this body, or is older than five minutes';
      throw new HttpProblem('malformed', { errors: [{ path: 'Stripe-Signature', message }] });
    }
    const event = eventIn(body);
    if (event === undefined) throw new HttpProblem('malformed');
    const tellsOfCapture = provider?.tellsOfCapture(event.kind) ?? false;
    await storePaymentEvent(stores.db, { ...event, tellsOfCapture, nowMs });
    outbox.wakePayments();
    return c.body(null, 200);
  });
}

/** @throws HttpProblem where no provider is configured. */
function payNeedsOf({ sale, stores, payments, site, platform }: Needed) {
  const { provider } = payments;
  const { publicUrl } = site;
  // The configuration asks for the address where a provider is.
  if (provider === undefined || publicUrl === undefined) {
    throw new HttpProblem('no_payment_provider');
  }
  const { nowMs, fillRandom } = platform;
  return { db: stores.db, provider, sale, nowMs, fillRandom, publicUrl, tax: payments.tax };
}
