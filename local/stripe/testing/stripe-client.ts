/** A local Stripe for one test, with a shop that hears its webhooks and a clock that the test moves. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import type { ApiEvent } from '../objects.ts';
import { type StripeServer, type StripeServerOptions, startStripe } from '../server.ts';

export const SECRET_KEY = 'sk_test_a_key_of_tests';
export const WEBHOOK_SECRET = 'whsec_a_secret_of_tests';
export const NOW_MS = Date.UTC(2026, 10, 30, 12);

/** What the API answers, of which tests look at some fields. */
// biome-ignore format: one line
export type Body = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- each test knows what it asked for

export interface Answered {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Heard {
  headers: Record<string, string | string[] | undefined>;
  text: string;
  event: ApiEvent;
}

export interface StripeClient {
  stripe: StripeServer;
  heard: Heard[];
  /** What the shop answers to webhooks from now on. */
  shop: { status: number };
  post(path: string, params?: Record<string, string>, headers?: object): Promise<Answered>;
  get(path: string): Promise<Answered>;
  /** A session for 12.00 EUR, with what is given besides. */
  session(params?: Record<string, string>): Promise<Body>;
  /** Sends the form of the hosted page. */
  submit(session: Body, fields: Record<string, string>): Promise<Response>;
  /** A session that was paid; its payment. */
  paid(params?: Record<string, string>, fields?: Record<string, string>): Promise<Body>;
  /** The types of the events that were heard, in their order. */
  types(): string[];
}

export const LINE = {
  'line_items[0][price_data][currency]': 'eur',
  'line_items[0][price_data][unit_amount]': '600',
  'line_items[0][price_data][product_data][name]': 'Lamp',
  'line_items[0][quantity]': '2',
};
export const MANUAL = { 'payment_intent_data[capture_method]': 'manual' };

/** @param given.onWebhook what the shop does before it answers one. */
export async function stripeClient({
  onWebhook,
  ...options
}: Partial<StripeServerOptions> & { onWebhook?: () => Promise<void> } = {}): Promise<StripeClient> {
  const { url: webhookUrl, heard, shop } = await startShop(onWebhook);
  const stripe = await startStripe({
    secretKey: SECRET_KEY,
    webhook: { url: webhookUrl, secrets: [WEBHOOK_SECRET] },
    nowMs: () => NOW_MS,
    ...options,
  });
  onTestFinished(() => stripe.close());

  const send = async (path: string, init: RequestInit, headers: object = {}): Promise<Answered> => {
    const answer = await fetch(`${stripe.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${SECRET_KEY}`, ...headers },
    });
    const { status } = answer;
    return { status, headers: answer.headers, body: (await answer.json()) as Body };
  };
  const client: StripeClient = {
    stripe,
    heard,
    shop,
    types: () => heard.map(({ event }) => event.type),
    get: (path) => send(path, {}),
    post: (path, params = {}, headers = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(params) }, headers),
    async session(params = {}) {
      const { body } = await client.post('/v1/checkout/sessions', {
        mode: 'payment',
        success_url: 'https://shop.example/back?session={CHECKOUT_SESSION_ID}',
        ...LINE,
        ...params,
      });
      return body;
    },
    submit: ({ id }, fields) =>
      fetch(`${stripe.url}/c/pay/${id}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
    async paid(params = MANUAL, fields = {}) {
      const session = await client.session(params);
      const answer = await client.submit(session, { card: '4242424242424242', ...fields });
      await answer.text();
      const { body } = await client.get(`/v1/checkout/sessions/${session['id']}`);
      const { body: payment } = await client.get(`/v1/payment_intents/${body['payment_intent']}`);
      await stripe.advance(0);
      return payment;
    },
  };
  return client;
}

async function startShop(onWebhook = async () => {}) {
  const heard: Heard[] = [];
  const shop = { status: 200 };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      heard.push({ headers: request.headers, text: body, event: JSON.parse(body) as ApiEvent });
      void onWebhook().then(() => response.writeHead(shop.status).end());
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
  return { url: `http://127.0.0.1:${address.port}/webhook`, heard, shop };
}
