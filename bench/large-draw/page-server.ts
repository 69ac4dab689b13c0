/** Serves the built page from a folder, and passes on to a shop what the page asks of it. Keeps nothing. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const OF_SHOP = /^\/(api|\.well-known)\//;

export async function openPageServer(folder: string, shopUrl: string) {
  const page = await readFile(join(folder, 'index.html'));
  async function serveFile(path: string, response: ServerResponse): Promise<void> {
    const type = TYPES[extname(path)];
    try {
      const body = type === undefined ? page : await readFile(join(folder, normalize(path)));
      response.writeHead(200, { 'Content-Type': type ?? TYPES['.html'] }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
  const server = createServer((asked, response) => {
    const path = asked.url ?? '/';
    if (OF_SHOP.test(path)) passOn(new URL(path, shopUrl), asked, response);
    else void serveFile(path.split('?')[0] ?? '/', response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    /** A browser takes this name for a safe place, in which it checks signatures. */
    url: `http://localhost:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function passOn(url: URL, asked: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = asked;
  const passed = request(url, { method, headers: { ...headers, host: url.host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  response.on('close', () => passed.destroy());
  asked.pipe(passed);
}
