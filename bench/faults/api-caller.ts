/** Calls the API of the shop over HTTP and keeps the answer and how long it took. */
import { randomUUID } from 'node:crypto';

/** Longer than the shop lets anybody wait. */
const ANSWER_MS_MAX = 15_000;
const PASSWORD = 'correct horse battery';

/** Those fields that a drill looks at, of whatever was asked for. */
interface Body {
  code?: string;
  detail?: string;
  accessToken?: string;
  order?: { id: string };
  orders?: unknown[];
  ok?: boolean;
  items?: Record<string, unknown>[];
}

export interface ApiAnswer {
  status: number;
  /** The problem's code where it is a refusal. */
  code: string | undefined;
  retryAfter: string | null;
  body: Body;
  tookMs: number;
  cookie: string | undefined;
}

export interface Caller {
  ask(path: string, options?: Asking): Promise<ApiAnswer>;
}

export interface Asking {
  method?: string;
  json?: unknown;
  key?: string;
  cookie?: string;
}

/** @param url of the shop, without a path. */
export function callerAt(url: string, token?: string): Caller {
  return {
    async ask(path, { method, json, key, cookie } = {}) {
      const startedAtMs = performance.now();
      const response = await fetch(`${url}/api/v1${path}`, {
        method: method ?? (json === undefined ? 'GET' : 'POST'),
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(key && { 'idempotency-key': `"${key}"` }),
          ...(cookie && { cookie, origin: url }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      const body = isJson ? (JSON.parse(text) as Body) : {};
      return {
        status: response.status,
        code: response.ok ? undefined : body.code,
        retryAfter: response.headers.get('retry-after'),
        body,
        tookMs: performance.now() - startedAtMs,
        cookie: response.headers.get('set-cookie')?.split(';')[0],
      };
    },
  };
}

export interface Customer extends Caller {
  /** The one to sign in again with. */
  cookie: string;
}

export async function enrol(url: string): Promise<Customer> {
  const email = `${randomUUID()}@example.com`;
  const json = { email, password: PASSWORD, displayName: 'A customer' };
  const { body, cookie = '' } = await callerAt(url).ask('/auth/register', { json });
  return { ...callerAt(url, body.accessToken), cookie };
}

export async function signIn(url: string, who: { email: string; password: string }) {
  const { body } = await callerAt(url).ask('/auth/login', { json: who });
  return callerAt(url, body.accessToken);
}
