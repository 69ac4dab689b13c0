/**
 * Makes a local Stripe for whoever asks, for tests that run in workerd, where nothing can be served to the
 * outside. Its webhooks are kept here. All else a test wants of it, it says over its own HTTP controls.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { readBody } from '../neon/read-body.ts';
import { type StripeServer, startStripe } from '../stripe/server.ts';

const BODY_BYTES_MAX = 1_000_000;

/** A webhook, as it was sent. */
interface Heard {
  signature: string;
  body: string;
}

/** What a POST of `{secretKey, webhookSecret}` is answered. */
interface Made {
  /** Of the API. */
  url: string;
  /** Where the webhooks that were sent so far are read as JSON, oldest first. */
  heardUrl: string;
}

interface StripeMaker {
  url: string;
  close(): Promise<void>;
}

export async function startStripeMaker(): Promise<StripeMaker> {
  const made: StripeServer[] = [];
  const heard = new Map<string, Heard[]>();
  const server = createServer((request, response) => {
    answer(request).then(
      (text) => response.writeHead(200).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const url = `http://127.0.0.1:${address.port}/`;

  async function answer(request: IncomingMessage): Promise<string> {
    const list = heard.get(request.url ?? '');
    if (list === undefined) return JSON.stringify(await make(await textOf(request)));
    if (request.method === 'GET') return JSON.stringify(list);
    const signature = String(request.headers['stripe-signature']);
    list.push({ signature, body: await textOf(request) });
    return '';
  }

  async function make(text: string): Promise<Made> {
    const { secretKey, webhookSecret } = JSON.parse(text) as Record<string, string>;
    const path = `/heard/${made.length}`;
    heard.set(path, []);
    const heardUrl = new URL(path, url).href;
    const stripe = await startStripe({
      secretKey: secretKey ?? '',
      webhook: { url: heardUrl, secrets: [webhookSecret ?? ''] },
    });
    made.push(stripe);
    return { url: stripe.url, heardUrl };
  }

  return {
    url,
    async close() {
      await Promise.all(made.map((stripe) => stripe.close()));
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  return Buffer.from(await readBody(request, BODY_BYTES_MAX)).toString();
}
