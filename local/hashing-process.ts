/**
 * The process behind hashing.ts: answers tasks as the shop's objects do, on threads of its own.
 * Listens on this machine only, at a path that nobody can guess, and ends with the process that started it.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { availableParallelism, setPriority } from 'node:os';
import { createHashQueue, type HashTask } from '../worker/auth/hash-work.ts';

const HOST = '127.0.0.1';
const KEEP_ALIVE_MS_MAX = 60_000;
/** Node's own threads are four. */
const THREADS_MAX = 4;
/** Two seconds of work for one thread: nobody at a desk waits longer on a machine that is busy too. */
const WAITING_MAX = 8;
const BODY_BYTES_MAX = 16 * 1_024;
/** A purchase goes first where there are fewer processors than work. */
const NICENESS = 10;

const { HASHING_PORT: port = '0', HASHING_KEY: key = '' } = process.env;
if (key === '') throw new Error('no key was given');
const path = `/${key}`;
const run = createHashQueue({
  atOnce: Math.max(1, Math.min(THREADS_MAX, availableParallelism() - 1)),
  waitingMax: WAITING_MAX,
  breathe: async () => {},
});

try {
  setPriority(NICENESS);
} catch {
  // Not everywhere may a process lower its own.
}
process.on('disconnect', () => process.exit(0));
// A Ctrl-C in the terminal reaches the owner too, who ends things in order.
process.on('SIGINT', () => {});

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS_MAX }, (request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end());
});
server.listen(Number(port), HOST);
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('no port was given');
process.send?.(`http://${HOST}:${address.port}${path}`);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST' || request.url !== path) {
    request.resume();
    response.writeHead(404).end();
    return;
  }
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > BODY_BYTES_MAX) throw new Error('no task is so long');
  }
  const answered = JSON.stringify(await run(JSON.parse(text) as HashTask));
  response.writeHead(200, { 'content-type': 'application/json' }).end(answered);
}
