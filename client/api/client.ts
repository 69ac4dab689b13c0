/**
 * The Worker's routes as calls, typed by the routes themselves: of Hono's client its types, and as much
 * of what it does as the page uses. Knows parameters, queries and JSON; no forms, cookies, `$url`, `$ws`.
 */
import type { hc } from 'hono/client';
import type { Api } from '../../worker/routes/api.ts';

export type Client = ReturnType<typeof hc<Api>>;

interface CallInput {
  readonly param?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly json?: unknown;
}

interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly init?: RequestInit;
}

type Send = (path: string, init: RequestInit) => Promise<Response>;

/** `client.api.v1.events[':id'].$get({ param: { id } })` sends a GET for `/api/v1/events/{id}`. */
export function createClient(send: Send): Client {
  return step('', send) as Client;
}

/** One word further on the way to a route, or the call at its end. */
function step(path: string, send: Send): unknown {
  return new Proxy(() => {}, {
    get: (_, word: string) => step(`${path}/${word}`, send),
    apply: (_, _self, [input, options]: [CallInput?, CallOptions?]) =>
      call(path, send, { ...input, ...options }),
  });
}

function call(
  path: string,
  send: Send,
  { param, query, json, headers, init }: CallInput & CallOptions,
) {
  const [route = '', method = ''] = path.split('/$');
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) asked.set(name, value);
  }
  const address = route.replace(/:(\w+)/g, (_, name) => encodeURIComponent(param?.[name] ?? ''));
  return send(String(asked) ? `${address}?${asked}` : address, {
    method: method.toUpperCase(),
    headers: { ...headers, ...(json !== undefined && { 'Content-Type': 'application/json' }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...init,
  });
}
