/**
 * A push service for tests, with devices of its own: a real HTTP server that keeps what it was sent, and
 * answers as it is told. What it was sent is decrypted and its signature is checked by other libraries than
 * the shop's.
 */
import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { decrypt } from 'http_ece';
import { importJWK, jwtVerify } from 'jose';
import { onTestFinished } from 'vitest';
import type { PushMessage, PushSubscriptionInput } from '../contract/push.ts';

export interface Pushed {
  path: string;
  headers: IncomingHttpHeaders;
  body: Uint8Array;
}

export interface TestDevice {
  subscription: PushSubscriptionInput;
  /** Throws where it was not encrypted for this device. */
  read(pushed: Pushed): PushMessage;
}

/** @param tell the status to answer with, and headers. */
export async function startPushService(
  tell: (pushed: Pushed) => [status: number, headers?: Record<string, string>] = () => [201],
) {
  const pushed: Pushed[] = [];
  const server = createServer((request, response) => {
    void keep(request).then((one) => {
      pushed.push(one);
      response.writeHead(...tell(one)).end();
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
  const url = `http://127.0.0.1:${address.port}`;
  return { url, pushed, newDevice: () => newDevice(url) };
}

async function keep(request: IncomingMessage): Promise<Pushed> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
}

/** As a browser makes one for the push service at `origin`. */
export function newDevice(origin: string): TestDevice {
  const privateKey = createECDH('prime256v1');
  const p256dh = privateKey.generateKeys('base64url');
  const authSecret = randomBytes(16).toString('base64url');
  const endpoint = `${origin}/push/${randomBytes(9).toString('base64url')}`;
  return {
    subscription: { endpoint, expirationTime: null, keys: { p256dh, auth: authSecret } },
    read: ({ body }) => {
      const text = decrypt(Buffer.from(body), { version: 'aes128gcm', privateKey, authSecret });
      return JSON.parse(Buffer.from(text).toString('utf8'));
    },
  };
}

/** Who signed it, as RFC 8292 has it checked. Throws where the signature is wrong or for another service. */
export async function signerOf(
  { headers }: Pushed,
  { audience, nowMs }: { audience: string; nowMs: number },
): Promise<{ publicKey: string; subject: string | undefined; livesMs: number }> {
  const [, token = '', publicKey = ''] =
    /^vapid t=([^,\s]+), k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
    part.toString('base64url'),
  );
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
  const { payload } = await jwtVerify(token, key, { audience, currentDate: new Date(nowMs) });
  return { publicKey, subject: payload.sub, livesMs: (payload.exp ?? 0) * 1_000 - nowMs };
}
