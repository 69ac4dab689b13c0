/** Proves the client against small real servers on loopback. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openHttp } from './http.ts';

const closers: Array<() => void> = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(listener: http.RequestListener): Promise<string> {
  const server = http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(url: string, overrides: { connections?: number; requestMsMax?: number } = {}) {
  const options = { connections: 8, requestMsMax: 2_000, now: () => performance.now() };
  const opened = openHttp({ url, ...options, ...overrides });
  closers.push(opened.close);
  return opened;
}

test('token, key and body arrive, and status, body and Retry-After come back', async () => {
  const url = await serve((incoming, outgoing) => {
    let text = '';
    incoming.on('data', (chunk) => {
      text += chunk;
    });
    incoming.on('end', () => {
      const { authorization, 'idempotency-key': key } = incoming.headers;
      outgoing.writeHead(503, { 'retry-after': '2' });
      outgoing.end(JSON.stringify({ authorization, key, got: JSON.parse(text) }));
    });
  });
  const request = { method: 'POST', path: '/x', body: { a: 1 }, token: 't' } as const;
  expect(await client(url).send({ ...request, idempotencyKey: 'k-1' })).toMatchObject({
    kind: 'answer',
    status: 503,
    retryAfter: '2',
    body: { authorization: 'Bearer t', key: '"k-1"', got: { a: 1 } },
  });
});

test('a thousand requests share the few connections that are allowed', async () => {
  const sockets = new Set<unknown>();
  const url = await serve((incoming, outgoing) => {
    sockets.add(incoming.socket);
    outgoing.end('{}');
  });
  const { send } = client(url, { connections: 5 });
  const replies = await Promise.all(
    Array.from({ length: 1_000 }, () => send({ method: 'GET', path: '/' })),
  );
  expect(replies.every((reply) => reply.kind === 'answer')).toBe(true);
  expect(sockets.size).toBeLessThanOrEqual(5);
  expect(Math.max(...replies.map((reply) => reply.queuedMs))).toBeGreaterThan(0);
});

test('a server that never answers is a timeout, and its lane is free again', async () => {
  const url = await serve((incoming, outgoing) => {
    if (incoming.url === '/fine') outgoing.end('{}');
  });
  const { send } = client(url, { connections: 1, requestMsMax: 50 });
  expect(await send({ method: 'GET', path: '/' })).toMatchObject({ fault: 'timeout' });
  expect(await send({ method: 'GET', path: '/fine' })).toMatchObject({ status: 200 });
});

test('a connection cut in mid-answer is a network fault', async () => {
  const url = await serve((_, outgoing) => {
    outgoing.writeHead(200, { 'content-length': '100' });
    outgoing.write('{"half":');
    setImmediate(() => outgoing.destroy());
  });
  expect(await client(url).send({ method: 'GET', path: '/' })).toMatchObject({ fault: 'network' });
});

test('nobody listening is a network fault that says so', async () => {
  const reply = await client('http://127.0.0.1:1').send({ method: 'GET', path: '/' });
  expect(reply).toMatchObject({ kind: 'fault', fault: 'network', detail: 'ECONNREFUSED' });
});

test('an answer that is not JSON keeps its status', async () => {
  const url = await serve((_, outgoing) => outgoing.writeHead(502).end('<h1>Bad gateway</h1>'));
  const reply = await client(url).send({ method: 'GET', path: '/' });
  expect(reply).toMatchObject({ kind: 'answer', status: 502, body: undefined });
});
