/** A mail receiver for tests: a real HTTP server that keeps what it was asked and answers as it is told. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

export interface Told {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** @param tell undefined: it takes the request and never answers. */
export async function startReceiver(
  tell: (asked: Asked) => Told | undefined,
): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      asked.push(one);
      const told = tell(one);
      if (told !== undefined) response.writeHead(told.status, told.headers).end(told.body);
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
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

async function read(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const { method = '', url: path = '', headers } = request;
  return { method, path, headers, body: text === '' ? undefined : JSON.parse(text) };
}
