/**
 * What Cloudflare's edge does to a page on its way and a local runtime does not: compresses what is
 * text. Passes everything else on as it is, WebSockets too.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';

const HOST = '127.0.0.1';
const TEXT = /^(text\/|application\/(javascript|json|manifest\+json|problem\+json)|image\/svg)/;

export interface CompressingProxy {
  url: string;
  close(): Promise<void>;
}

/** @param port of the shop, on this machine. */
export async function openCompressingProxy(port: number): Promise<CompressingProxy> {
  const server = createServer((incoming, outgoing) => pass(port, incoming, outgoing));
  const upgraded = new Set<Socket>();
  server.on('upgrade', (incoming: IncomingMessage, near: Socket) => {
    const far = connect({ host: HOST, port });
    const head = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let n = 0; n < incoming.rawHeaders.length; n += 2) {
      head.push(`${incoming.rawHeaders[n]}: ${incoming.rawHeaders[n + 1]}`);
    }
    far.write(`${head.join('\r\n')}\r\n\r\n`);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      upgraded.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of upgraded) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const options = { host: HOST, port, method, path: url, headers };
  const asked = request(options, (answer) => {
    const { statusCode = 502, headers: given } = answer;
    const wanted = headers['accept-encoding']?.includes('gzip') ?? false;
    const isText = TEXT.test(given['content-type'] ?? '');
    if (!wanted || !isText || given['content-encoding'] !== undefined) {
      outgoing.writeHead(statusCode, given);
      pipeline(answer, outgoing, () => {});
      return;
    }
    const { 'content-length': _, ...rest } = given;
    outgoing.writeHead(statusCode, { ...rest, 'content-encoding': 'gzip' });
    pipeline(answer, createGzip(), outgoing, () => {});
  });
  asked.on('error', () => outgoing.destroy());
  incoming.pipe(asked);
}
