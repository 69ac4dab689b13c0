/** Serves a Data API over HTTP on this machine. Never listens beyond 127.0.0.1. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

const HOST = '127.0.0.1';
const KEEP_ALIVE_MS_MAX = 60_000;

export interface Endpoint {
  /** http://127.0.0.1:<port>/app/local/endpoint/data/v1 */
  url: string;
  /** Stops listening; what is in flight is answered first. */
  close(): Promise<void>;
}

/** @param port 0, the default, takes a free one. */
export async function serveDataApi(
  handle: (request: Request) => Promise<Response>,
  port = 0,
): Promise<Endpoint> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS_MAX }, (request, response) => {
    void answer(handle, request, response);
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${HOST}:${bound}/app/local/endpoint/data/v1`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

async function answer(
  handle: (request: Request) => Promise<Response>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on('error', () => {});
  const answered = await handle(toRequest(request));
  const text = await answered.text();
  // Read to its end: a body nobody reads would be taken for the next request.
  request.resume();
  response.writeHead(answered.status, {
    ...Object.fromEntries(answered.headers),
    'content-length': Buffer.byteLength(text),
    // A sender of much too much is cut off instead of being listened to.
    ...(request.readableEnded ? {} : { connection: 'close' }),
  });
  response.end(text);
}

function toRequest(request: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const { method = 'GET' } = request;
  const body = method === 'GET' || method === 'HEAD' ? null : Readable.toWeb(request);
  return new Request(`http://${HOST}${request.url ?? '/'}`, {
    method,
    headers,
    body: body as BodyInit | null,
    duplex: 'half',
  } as RequestInit);
}
