/**
 * A shop that is paid online, in tests in workerd: the real Worker and objects, and the local Stripe, whose
 * webhooks are kept and delivered when a test wants it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished } from 'vitest';
import type { EventId, EventItemId, OrderId, PaymentId } from '../contract/ids.ts';
import type { Order, OrderAnswer } from '../contract/orders.ts';
import type { PaymentAnswer } from '../contract/payments.ts';
import { lookAtEvent } from '../paying/look-at-event.ts';
import type { Looked } from '../paying/look-at-payment.ts';
import { LOOK_EVERY_MS } from '../paying/pay-for-order.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import { createStripe } from '../payment/stripe/stripe.ts';
import type { PaymentRow } from '../stores/postgres/payments.ts';
import { findPayment } from '../stores/postgres/payments.ts';
import { expectDescribed } from './answers.ts';
import { callsTo, depsWith } from './apps.ts';
import { hold, pass } from './purchases.ts';
import { type CallOptions, deps, makeEvent, makeShopper, type Shopper, shopEnv } from './shop.ts';

const SECRET_KEY = 'sk_test_tests';
const WEBHOOK_SECRET = 'whsec_tests';
export const VISA = '4242424242424242';
export const DECLINED = '4000000000000002';

/** As it was sent. */
export interface Delivery {
  type: string;
  body: string;
  signature: string;
}

export interface Held {
  shopper: Shopper;
  order: Order;
  eventId: EventId;
  eventItemId: EventItemId;
}

/** A local Stripe, by its controls: see local/stripe/README.md. */
interface Stripe {
  url: string;
  setFaults(faults: object): Promise<void>;
  /** Moves its clock, and returns when what is due then was delivered. */
  advance(ms: number): Promise<void>;
  /** As a program would do it that knows the account's key, such as the provider's own pages. */
  post(path: string, params?: Record<string, string>): Promise<Response>;
}

export interface PaymentShop {
  stripe: Stripe;
  provider: PaymentProvider;
  /** What the provider told the shop so far, oldest first; `deliver` hands one of them to the shop. */
  deliveries(): Promise<Delivery[]>;
  send(method: string, path: string, options?: CallOptions): Promise<Response>;
  deliver(delivery: Delivery): Promise<Response>;
  /** Somebody holds a unit of an event that is paid online. */
  held(event?: Parameters<typeof makeEvent>[0]): Promise<Held>;
  pay(of: Held): Promise<PaymentAnswer['payment']>;
  /** Sends the form of the provider's page. */
  submit(payment: PaymentAnswer['payment'], fields?: Record<string, string>): Promise<Response>;
  /** As the page does to which a shopper returns, a second later: needs a clock that can be set. */
  look(of: Held): Promise<Order>;
  /** Works off what the shop was told, as the outbox does. */
  lookAtEvents(): Promise<(Looked | 'foreign' | 'unknown')[]>;
}

export async function openPaymentShop(): Promise<PaymentShop> {
  const { url: webhookUrl, kept } = await startKeeper();
  const stripe = await makeStripe({ url: webhookUrl, secrets: [WEBHOOK_SECRET] });
  const provider = createStripe({
    fetch: (url, init) => fetch(url, init),
    apiUrl: stripe.url,
    secretKey: SECRET_KEY,
    timeoutMs: 5_000,
  });
  const shopDeps = depsWith({ payments: { provider, webhookSecret: WEBHOOK_SECRET } });
  const send = callerOf(callsTo(shopDeps));
  const shop: PaymentShop = {
    stripe,
    provider,
    send,
    async deliveries() {
      await stripe.advance(0);
      return [...kept];
    },
    deliver: ({ body, signature }) =>
      send('POST', '/payments/stripe/webhook', {
        rawBody: body,
        headers: { 'Stripe-Signature': signature },
      }),
    async held(event = {}) {
      const [shopper, made] = [
        await makeShopper(),
        await makeEvent({ payment: 'online', ...event }),
      ];
      return { shopper, order: await hold(shopper, made.eventItemId), ...made };
    },
    async pay({ shopper: { token }, order: { id } }) {
      const answer = await send('POST', `/purchase/${id}/pay`, { token });
      expect(answer.status).toBe(200);
      return (await answer.json<PaymentAnswer>()).payment;
    },
    async submit({ redirectUrl }, fields = {}) {
      const answer = await fetch(redirectUrl ?? '', {
        method: 'POST',
        body: new URLSearchParams({ card: VISA, ...fields }),
        redirect: 'manual',
      });
      await answer.text();
      return answer;
    },
    async look({ shopper: { token }, order: { id } }) {
      pass(LOOK_EVERY_MS);
      const answer = await send('POST', `/purchase/${id}/payment`, { token });
      expect(answer.status).toBe(200);
      return (await answer.json<OrderAnswer>()).order;
    },
    async lookAtEvents() {
      const { db } = deps.stores;
      const { rows } = await db.execute<{ id: string }>(
        sql`SELECT id FROM payment_events WHERE worked_at IS NULL ORDER BY received_at, id`,
      );
      const needs = { db, provider, sale: shopDeps.sale, nowMs: deps.platform.nowMs };
      const looked: (Looked | 'foreign' | 'unknown')[] = [];
      for (const { id } of rows) looked.push(await lookAtEvent(needs, id));
      return looked;
    },
  };
  return shop;
}

/** The row of a payment. */
export async function paymentRowOf(id: string): Promise<PaymentRow> {
  const found = await findPayment(deps.stores.db, id as PaymentId);
  if (found === undefined) throw new Error(`there is no payment ${id}`);
  return found.payment;
}

/** The rows of the outbox about a payment that wait, by their kind. */
export async function waitingFor(id: string): Promise<string[]> {
  const { rows } = await deps.stores.db.execute<{ kind: string }>(
    sql`SELECT kind FROM outbox WHERE payment_id = ${id} AND outcome IS NULL ORDER BY id`,
  );
  return rows.map(({ kind }) => kind);
}

export async function orderRowOf(id: OrderId) {
  const { rows } = await deps.stores.db.execute<{ status: string; payment_id: string | null }>(
    sql`SELECT status, payment_id FROM orders WHERE id = ${id}`,
  );
  return { status: rows[0]?.status, paymentId: rows[0]?.payment_id };
}

function callerOf(ask: ReturnType<typeof callsTo>): PaymentShop['send'] {
  return async (method, path, options = {}) => {
    const { token, body, rawBody, headers = {} } = options;
    const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await ask(`/api/v1${path}`, {
      method,
      headers: {
        ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    await expectDescribed({ method, path }, answer);
    return answer;
  };
}

async function makeStripe(webhook: { url: string; secrets: string[] }): Promise<Stripe> {
  const maker = (shopEnv as { STRIPE_MAKER_URL?: string }).STRIPE_MAKER_URL ?? '';
  const body = JSON.stringify({ secretKey: SECRET_KEY, webhook });
  const { url } = await (await fetch(maker, { method: 'POST', body })).json<{ url: string }>();
  const ask = (method: string, path: string, sent: BodyInit) =>
    fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${SECRET_KEY}` },
      body: sent,
    });
  const control = async (method: string, path: string, given: object) => {
    expect((await ask(method, `/control/${path}`, JSON.stringify(given))).status).toBe(204);
  };
  return {
    url,
    setFaults: (faults) => control('PUT', 'faults', faults),
    advance: (ms) => control('POST', 'advance', { ms }),
    post: (path, params = {}) => ask('POST', path, new URLSearchParams(params)),
  };
}

/** Takes webhooks and keeps them, since the shop of a test has no port. */
async function startKeeper(): Promise<{ url: string; kept: Delivery[] }> {
  const kept: Delivery[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { type } = JSON.parse(body) as { type: string };
      kept.push({ type, body, signature: String(request.headers['stripe-signature']) });
      response.writeHead(200).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return { url: `http://127.0.0.1:${address.port}/`, kept };
}
