/**
 * Makes a local Stripe for whoever asks, for tests that run in workerd, where none can be served. Each is
 * told over its own HTTP controls what a test wants of it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { readBody } from '../neon/read-body.ts';
import { type StripeServer, startStripe } from '../stripe/server.ts';

const BODY_BYTES_MAX = 10_000;

export interface StripeMaker {
  /** A POST of `{secretKey, webhook}` is answered by `{url}`. */
  url: string;
  close(): Promise<void>;
}

type Asked = Pick<Parameters<typeof startStripe>[0], 'secretKey' | 'webhook'>;

export async function startStripeMaker(): Promise<StripeMaker> {
  const made: StripeServer[] = [];
  const server = createServer((request, response) => {
    void readBody(request, BODY_BYTES_MAX).then(async (body) => {
      const stripe = await startStripe(JSON.parse(Buffer.from(body).toString()) as Asked);
      made.push(stripe);
      response.writeHead(200).end(JSON.stringify({ url: stripe.url }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      await Promise.all(made.map((stripe) => stripe.close()));
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
