import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createStripe } from '../worker/payment/stripe/stripe.ts';
import { isFromStripe } from '../worker/payment/stripe/webhook.ts';
import { openPaymentProvider } from './payment-provider.ts';

const NOW_MS = Date.now();
const SECRET = Buffer.alloc(32, 7);

const plan = {
  attemptId: 'att_1',
  orderId: 'ord_1',
  currency: 'EUR',
  lines: [{ name: 'Lamp', unitMinor: 600, quantity: 2 }],
  successUrl: 'https://shop.example/back',
  cancelUrl: 'https://shop.example/',
  language: 'en',
  begunAtMs: NOW_MS,
  endsAtMs: NOW_MS + 300_000,
} as const;

/** @returns the address of a shop, and the first webhook that it is told. */
async function startShop() {
  const { promise: told, resolve } = Promise.withResolvers<{ signature: string; body: string }>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      response.writeHead(request.url === '/api/v1/payments/stripe/webhook' ? 200 : 404).end();
      resolve({ signature: String(request.headers['stripe-signature']), body });
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
  return { shopUrl: `http://127.0.0.1:${address.port}`, told };
}

it('the local payment provider tells the shop what happened, and is there again after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'swiftdrop-payments-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { shopUrl, told } = await startShop();
  const open = (port = 0) =>
    openPaymentProvider({
      file: join(folder, 'payments.json'),
      place: { port },
      shopUrl,
      secretOf: () => SECRET,
      print: () => undefined,
    });
  const first = await open();
  const { STRIPE_API_URL: apiUrl = '', STRIPE_SECRET_KEY: secretKey = '' } = first.variables;
  const { STRIPE_WEBHOOK_SECRET: webhookSecret = '' } = first.variables;
  const stripe = createStripe({ fetch, apiUrl, secretKey, timeoutMs: 5_000 });
  const made = await stripe.createSession(plan, 'k1');
  if (made.kind !== 'done') throw new Error(made.code);
  const { url = '', sessionId } = made.value;
  await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ card: '4242424242424242' }),
    redirect: 'manual',
  });
  expect(isFromStripe(await told, { secrets: [webhookSecret], nowMs: Date.now() })).toBe(true);
  await first.close();
  const second = await open(Number(new URL(apiUrl).port));
  onTestFinished(() => second.close());
  expect(second.variables).toEqual(first.variables);
  expect(await stripe.readSession(sessionId)).toMatchObject({ state: 'authorised' });
});
