/**
 * What every request goes through, in one step: its id, whether its path knows its method, whether
 * its body may be read, and the headers of its answer. One step, because each further one is one
 * more promise in front of every purchase.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { RequestIdVariables } from 'hono/request-id';
import { matchedRoutes } from 'hono/route';
import { LIMITS } from '../contract/values.ts';
import { type MethodsOf, methodsByPath } from './allowed-methods.ts';
import { admitOrigin } from './cross-origin.ts';
import { secure } from './headers.ts';
import { problemResponse } from './problem.ts';
import { bodyVerdict } from './validate.ts';

const URL_CHARS_MAX = 4_096;
/** Short and plain, so that it can stand in a log and in a header as it is. */
const REQUEST_ID = /^[\w.=-]{1,64}$/;
const SWITCHING_PROTOCOLS = 101;
const HOT_PATH = '/api/v1/purchase/';

type MannersEnv = { Variables: RequestIdVariables };

export interface MannersOptions {
  allowedOrigins: ReadonlySet<string>;
  nowMs(): number;
  /** All routes, asked for when the first request needs them. */
  routes(): { method: string; path: string }[];
}

const limitBody = bodyLimit({
  maxSize: LIMITS.bodyBytesMax,
  onError: (c: Context<MannersEnv>) =>
    problemResponse('too_large', { requestId: c.get('requestId') }),
});

export function manners(options: MannersOptions): MiddlewareHandler<MannersEnv> {
  const { allowedOrigins, nowMs } = options;
  const entryOf = door(options);
  return async (c, next) => {
    const { method, headers } = c.req.raw;
    const requestId = requestIdOf(headers);
    c.set('requestId', requestId);
    const reading = isReading(method);
    const startedAtMs = reading ? nowMs() : 0;
    const { allow, entry } = entryOf(c, requestId);
    if (entry === 'open') {
      await next();
    } else if (entry === 'counted') {
      const refused = await limitBody(c, next);
      // Where it lets in, it returns what the framework does, which is no answer.
      if (refused instanceof Response) c.res = refused;
    } else {
      c.res = entry;
    }
    // A socket's headers are not ours to set, and nobody keeps or shows it.
    if (c.res.status === SWITCHING_PROTOCOLS) return;
    const answer = c.res.headers;
    answer.set('X-Request-Id', requestId);
    secure(answer, !reading && c.req.path.startsWith(HOT_PATH));
    if (allowedOrigins.size > 0) {
      admitOrigin(allowedOrigins, answer, { origin: headers.get('Origin'), allow });
    }
    if (reading) timed(answer, startedAtMs, nowMs());
  };
}

/** Lets a request in (`counted`: once its body was counted), or holds its refusal. */
interface Entry {
  entry: 'open' | 'counted' | Response;
  /** The methods of its path, where they were asked for. */
  allow?: string | undefined;
}

function door({ routes }: MannersOptions): (c: Context, requestId: string) => Entry {
  let methodsOf: MethodsOf | undefined;
  return (c, requestId) => {
    const { method, url } = c.req.raw;
    if (method === 'OPTIONS' || !isRouted(c)) {
      methodsOf ??= methodsByPath(routes());
      const allow = methodsOf(c.req.path);
      return { entry: unrouted({ method, allow, requestId }), allow };
    }
    if (url.length > URL_CHARS_MAX) {
      const detail = 'The address is too long.';
      return { entry: problemResponse('malformed', { detail, requestId }) };
    }
    const verdict = isReading(method) ? 'open' : bodyVerdict(c.req.raw);
    if (verdict === 'open' || verdict === 'counted') return { entry: verdict };
    const detail = verdict === 'unsupported_media_type' ? 'Send application/json.' : undefined;
    return { entry: problemResponse(verdict, { ...(detail && { detail }), requestId }) };
  };
}

/** Whether a handler, and not only middleware, answers this method at this path. */
function isRouted(c: Context): boolean {
  return matchedRoutes(c).some(({ method }) => method !== 'ALL');
}

/** Answered before any guard: what a path does not know needs no permission. */
function unrouted(asked: {
  method: string;
  allow: string | undefined;
  requestId: string;
}): Response {
  const { method, allow, requestId } = asked;
  if (allow === undefined) return problemResponse('not_found', { requestId });
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: allow } });
  const refused = problemResponse('method_not_allowed', { requestId });
  refused.headers.set('Allow', allow);
  return refused;
}

/**
 * The server's time on reads, for clients that are told "not modified" and for those whose body
 * was kept. The runtime's clock stands still but for waiting, and reads wait for the database.
 */
function timed(answer: Headers, startedAtMs: number, endedAtMs: number): void {
  answer.set('Server-Now', new Date(endedAtMs).toISOString());
  answer.set('Server-Timing', `db;dur=${Math.max(0, endedAtMs - startedAtMs)}`);
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function requestIdOf(headers: Headers): string {
  const given = headers.get('X-Request-Id');
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
