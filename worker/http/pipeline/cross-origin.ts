/**
 * CORS: pages of other origins that configuration names, and no others. Never with cookies.
 *
 * Not Hono's `cors`: that answers OPTIONS by itself, for unknown paths too and without an Allow
 * header, names exposed headers to origins that are not allowed, and sets headers on sockets.
 */
import type { MiddlewareHandler } from 'hono';

const EXPOSED = 'ETag, Retry-After, Idempotent-Replayed, X-Request-Id, Server-Now, Location';
const ACCEPTED =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id';
const PREFLIGHT_SECONDS = 7_200;

/** Lets pages of allowed origins read the answer. Costs nothing where no origin is allowed. */
export function crossOrigin(allowedOrigins: ReadonlySet<string>): MiddlewareHandler {
  return async (c) => admitOrigin(allowedOrigins, c.req.raw, c.res);
}

/** An answer with an Allow header also answers a browser that asks before sending (a preflight). */
export function admitOrigin(
  allowedOrigins: ReadonlySet<string>,
  request: Request,
  { headers }: Response,
): void {
  if (allowedOrigins.size === 0) return;
  // Also without an origin: a cache must not give this answer to one.
  headers.append('Vary', 'Origin');
  const origin = request.headers.get('Origin');
  if (origin === null || !allowedOrigins.has(origin)) return;
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set('Access-Control-Expose-Headers', EXPOSED);
  const allow = headers.get('Allow');
  if (allow === null) return;
  headers.set('Access-Control-Allow-Methods', allow);
  headers.set('Access-Control-Allow-Headers', ACCEPTED);
  headers.set('Access-Control-Max-Age', String(PREFLIGHT_SECONDS));
}

/** Whether a page may hold a socket: one of this site, of an allowed origin, or no page at all. */
export function isAdmitted(
  { headers, url }: Request,
  allowedOrigins: ReadonlySet<string>,
): boolean {
  const origin = headers.get('Origin');
  return origin === null || origin === new URL(url).origin || allowedOrigins.has(origin);
}
