/**
 * One request over a kept-open connection, with a time limit. Must not retry, and must not know
 * what a sale is.
 *
 * `node:http` and not `fetch`: measured on 2 cores at 256 connections, 92 against 290 µs of CPU for
 * a request and 12,000 against 4,800 a second; a slow client would be measured as a slow shop.
 */
import http from 'node:http';
import https from 'node:https';
import { openLimiter } from './limiter.ts';

export interface Request {
  method: 'GET' | 'POST';
  /** From `/api` on. */
  path: string;
  body?: unknown;
  token?: string;
  idempotencyKey?: string;
  urgent?: boolean;
  /** Counted in the figures of the purchase. */
  isPurchase?: boolean;
}

interface RequestTiming {
  queuedMs: number;
  tookMs: number;
  answeredAtMs: number;
}

export interface Answer extends RequestTiming {
  kind: 'answer';
  status: number;
  /** Parsed JSON; undefined if it was none. */
  body: unknown;
  retryAfter: string | undefined;
}

export interface Fault extends RequestTiming {
  kind: 'fault';
  fault: 'timeout' | 'network';
  /** Node's error code, such as ECONNREFUSED. */
  detail: string;
}

export type Reply = Answer | Fault;
export type Send = (request: Request) => Promise<Reply>;

export interface HttpOptions {
  url: string;
  connections: number;
  requestMsMax: number;
  /** Ms since the epoch. */
  now: () => number;
}

const ANSWER_CHARS_MAX = 1_000_000;
/** Trying ::1 and 127.0.0.1 in turn must not be cut short because 256 connects happen at once. */
const ADDRESS_ATTEMPT_MS_MAX = 5_000;

type Bare = Omit<Answer, keyof RequestTiming> | Omit<Fault, keyof RequestTiming>;

export function openHttp(options: HttpOptions): { send: Send; close: () => void } {
  const secure = options.url.startsWith('https:');
  const settings = {
    keepAlive: true,
    maxSockets: options.connections,
    maxFreeSockets: options.connections,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS_MAX,
  };
  const agent = secure ? new https.Agent(settings) : new http.Agent(settings);
  const start = secure ? https.request : http.request;
  const limiter = openLimiter(options.connections);
  let closed = false;

  const send: Send = async (request) => {
    const askedAtMs = options.now();
    await limiter.acquire(request.urgent ?? false);
    const sentAtMs = options.now();
    const bare = await new Promise<Bare>((resolve) => {
      if (closed) return resolve({ kind: 'fault', fault: 'network', detail: 'closed' });
      const payload = request.body === undefined ? undefined : JSON.stringify(request.body);
      const headers = headersOf(request, payload);
      const outgoing = start(options.url + request.path, {
        method: request.method,
        agent,
        headers,
      });
      const timer = setTimeout(() => {
        resolve({ kind: 'fault', fault: 'timeout', detail: 'timeout' });
        outgoing.destroy();
      }, options.requestMsMax);
      const settle = (outcome: Bare): void => {
        clearTimeout(timer);
        resolve(outcome);
      };
      outgoing.on('response', (incoming) => collect(incoming, settle));
      outgoing.on('error', (error) => settle(networkFault(error)));
      outgoing.end(payload);
    });
    limiter.release();
    const answeredAtMs = options.now();
    return {
      ...bare,
      answeredAtMs,
      queuedMs: sentAtMs - askedAtMs,
      tookMs: answeredAtMs - sentAtMs,
    };
  };
  const close = (): void => {
    closed = true;
    agent.destroy();
  };
  return { send, close };
}

function headersOf(request: Request, payload: string | undefined): http.OutgoingHttpHeaders {
  const headers: http.OutgoingHttpHeaders = { accept: 'application/json' };
  if (payload !== undefined) {
    headers['content-type'] = 'application/json';
    headers['content-length'] = Buffer.byteLength(payload);
  }
  if (request.token) headers.authorization = `Bearer ${request.token}`;
  // A structured-field string, as the IETF draft wants it.
  if (request.idempotencyKey) headers['idempotency-key'] = `"${request.idempotencyKey}"`;
  return headers;
}

function collect(incoming: http.IncomingMessage, settle: (outcome: Bare) => void): void {
  let text = '';
  incoming.setEncoding('utf8');
  incoming.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > ANSWER_CHARS_MAX) incoming.destroy(new Error('answer too long'));
  });
  incoming.on('error', (error) => settle(networkFault(error)));
  incoming.on('end', () =>
    settle({
      kind: 'answer',
      status: incoming.statusCode ?? 0,
      body: parseJson(text),
      retryAfter: incoming.headers['retry-after'],
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function networkFault(error: Error & { code?: string }): Bare {
  return { kind: 'fault', fault: 'network', detail: error.code ?? error.message };
}
