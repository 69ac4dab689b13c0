/** CORS: pages of other origins that configuration names, and no others. Never with cookies. */

const EXPOSED = 'ETag, Retry-After, Idempotent-Replayed, X-Request-Id, Server-Now, Location';
const ACCEPTED =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Request-Id';
const PREFLIGHT_SECONDS = 7_200;

/**
 * Lets a page of an allowed origin read the answer. Costs nothing where no origin is allowed.
 *
 * @param allow the path's methods where the request asks before sending (a preflight).
 */
export function admitOrigin(
  allowedOrigins: ReadonlySet<string>,
  answer: Headers,
  { origin, allow }: { origin: string | null; allow?: string | undefined },
): void {
  if (allowedOrigins.size === 0) return;
  // Also without an origin: a cache must not give this answer to one.
  answer.append('Vary', 'Origin');
  if (origin === null || !allowedOrigins.has(origin)) return;
  answer.set('Access-Control-Allow-Origin', origin);
  answer.set('Access-Control-Expose-Headers', EXPOSED);
  if (allow === undefined) return;
  answer.set('Access-Control-Allow-Methods', allow);
  answer.set('Access-Control-Allow-Headers', ACCEPTED);
  answer.set('Access-Control-Max-Age', String(PREFLIGHT_SECONDS));
}

/** Whether a page may hold a socket: one of this site, of an allowed origin, or no page at all. */
export function isAdmitted(
  { headers, url }: Request,
  allowedOrigins: ReadonlySet<string>,
): boolean {
  const origin = headers.get('Origin');
  return origin === null || origin === new URL(url).origin || allowedOrigins.has(origin);
}
