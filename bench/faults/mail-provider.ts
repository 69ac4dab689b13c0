/**
 * A mail provider that speaks Resend's protocol and can fail. Keeps what has one key once, as Resend
 * does, and counts whatever a shop should not do.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * `send` sends, `hold` sends and keeps the answer until it is told otherwise, `lose` sends and cuts the
 * connection, `throttle` asks for patience, `refuse` and `fail` do not send. `ignore` neither sends nor answers.
 */
export type ProviderMode = 'send' | 'hold' | 'lose' | 'throttle' | 'refuse' | 'fail' | 'ignore';

/** That it asks for. */
export const PATIENCE_S = 1;
const ERRORS: Partial<Record<ProviderMode, [status: number, name: string]>> = {
  throttle: [429, 'rate_limit_exceeded'],
  refuse: [422, 'validation_error'],
  fail: [500, 'application_error'],
};

export interface MailProvider {
  url: string;
  mode: ProviderMode;
  /** What was sent, by key: to whom. */
  sent: ReadonlyMap<string, string>;
  counts: { calls: number; repeats: number; changed: number; withoutKey: number };
  /** Of the calls, in the time of `performance.now()`. */
  calledAtMs: readonly number[];
  /** Gives the answers that are held. */
  answerHeld(): void;
  close(): Promise<void>;
}

/** @param latencyMs of each answer. */
export async function openMailProvider(latencyMs = 0): Promise<MailProvider> {
  const sent = new Map<string, string>();
  const bodies = new Map<string, string>();
  const counts = { calls: 0, repeats: 0, changed: 0, withoutKey: 0 };
  const calledAtMs: number[] = [];
  const held: (() => void)[] = [];
  const answer = (response: ServerResponse, status: number, body: object): void => {
    const headers = { 'Content-Type': 'application/json', ...(status === 429 && retryAfter) };
    setTimeout(() => response.writeHead(status, headers).end(JSON.stringify(body)), latencyMs);
  };

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { mode } = provider;
    const key = request.headers['idempotency-key'];
    counts.calls++;
    calledAtMs.push(performance.now());
    if (mode === 'ignore') return;
    if (typeof key !== 'string') {
      counts.withoutKey++;
      return answer(response, 400, { name: 'invalid_idempotency_key' });
    }
    const error = ERRORS[mode];
    if (error) return answer(response, error[0], { name: error[1] });
    const known = bodies.get(key);
    if (known === undefined) {
      bodies.set(key, body);
      sent.set(key, (JSON.parse(body) as { to: string[] }).to.join());
    } else counts.repeats++;
    if (known !== undefined && known !== body) {
      counts.changed++;
      return answer(response, 409, { name: 'invalid_idempotent_request' });
    }
    if (mode === 'lose') request.socket.destroy();
    if (mode === 'send') answer(response, 200, { id: key });
    // Its caller hears nothing, like one whose provider hangs.
    if (mode === 'hold') held.push(() => answer(response, 200, { id: key }));
  }

  const server = createServer((request, response) => void take(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const provider: MailProvider = {
    url: `http://127.0.0.1:${port}`,
    mode: 'send',
    sent,
    counts,
    calledAtMs,
    answerHeld() {
      for (const give of held.splice(0)) give();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return provider;
}

const retryAfter = { 'Retry-After': String(PATIENCE_S) };
