/**
 * What every request goes through, in one step: its id, whether its path knows its method, whether
 * its body may be read, and the headers of its answer. One step, because each further one is one
 * more promise in front of every purchase.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { RequestIdVariables } from 'hono/request-id';
import { matchedRoutes } from 'hono/route';
import type { ProblemCode } from '../contract/problems.ts';
import { LIMITS } from '../contract/values.ts';
import type { Deps } from '../deps.ts';
import { createJournal } from './access-log.ts';
import { literalPaths, type MethodsOf, methodsByPath } from './allowed-methods.ts';
import { admitOrigin } from './cross-origin.ts';
import { secure } from './headers.ts';
import { problemResponse } from './problem.ts';
import { bodyVerdict } from './validate.ts';

const URL_CHARS_MAX = 4_096;
/** Short and plain, so that it can stand in a log and in a header as it is. */
const REQUEST_ID = /^[\w.=-]{1,64}$/;
const SWITCHING_PROTOCOLS = 101;
const API = '/api/';
const HOT_PATH = '/api/v1/purchase/';

export interface MannersEnv {
  Variables: RequestIdVariables & {
    /** Why the request was refused, for the log. */
    problem?: ProblemCode;
  };
}

export interface MannersOptions
  extends Pick<Deps, 'allowedOrigins' | 'nowMs' | 'log' | 'everydayLogShare'> {
  /** All routes, asked for when the first request needs them. */
  routes(): { method: string; path: string }[];
}

const limitBody = bodyLimit({
  maxSize: LIMITS.bodyBytesMax,
  onError: (c: Context<MannersEnv>) => refused(c, 'too_large'),
});

export function manners(options: MannersOptions): MiddlewareHandler<MannersEnv> {
  const { allowedOrigins, nowMs } = options;
  const entryOf = door(options);
  const writeDown = createJournal(options);
  return async (c, next) => {
    const { method, headers } = c.req.raw;
    const requestId = requestIdOf(headers);
    c.set('requestId', requestId);
    const isReading = isRead(method);
    const isPurchase = !isReading && c.req.path.startsWith(HOT_PATH);
    const startedAtMs = nowMs();
    const { allow, entry } = entryOf(c);
    if (entry === 'open') {
      await next();
    } else if (entry === 'counted') {
      // It gives back what comes after it, which is no answer.
      const given: unknown = await limitBody(c, next);
      if (given instanceof Response) c.res = given;
    } else {
      c.res = entry;
    }
    const endedAtMs = nowMs();
    const durationMs = Math.max(0, endedAtMs - startedAtMs);
    const problem = c.get('problem');
    const isTold = writeDown(c, { requestId, problem, isPurchase, isReading, durationMs });
    // A socket's headers are not ours to set, and nobody keeps or shows it.
    if (c.res.status === SWITCHING_PROTOCOLS) return;
    const answer = c.res.headers;
    answer.set('X-Request-Id', requestId);
    secure(answer, isPurchase);
    if (allowedOrigins.size > 0) {
      admitOrigin(allowedOrigins, answer, { origin: headers.get('Origin'), allow });
    }
    if (isReading) answer.set('Server-Now', new Date(endedAtMs).toISOString());
    // A header costs a purchase some microseconds: only those that the log tells of have it.
    if (isTold || !isPurchase) {
      answer.set('Server-Timing', `${waitedFor(isReading, isPurchase)};dur=${durationMs}`);
    }
  };
}

/** Lets a request in (`counted`: once its body was counted), or holds its refusal. */
interface Entry {
  entry: 'open' | 'counted' | Response;
  /** The methods of its path, where they were asked for. */
  allow?: string | undefined;
}

function door({ routes }: MannersOptions): (c: Context<MannersEnv>) => Entry {
  let methodsOf: MethodsOf | undefined;
  let literals: ReadonlySet<string> | undefined;
  return (c) => {
    const { method, url } = c.req.raw;
    literals ??= literalPaths(routes());
    if (method === 'OPTIONS' || !isRouted(c, literals)) {
      methodsOf ??= methodsByPath(routes());
      const allow = methodsOf(c.req.path);
      // Elsewhere than below /api, a page says that there is none.
      const isForPage = allow === undefined && isRead(method) && !c.req.path.startsWith(API);
      if (!isForPage) return { entry: unrouted(c, method, allow), allow };
    }
    if (url.length > URL_CHARS_MAX) {
      return { entry: refused(c, 'malformed', { detail: 'The address is too long.' }) };
    }
    const verdict = isRead(method) ? 'open' : bodyVerdict(c.req.raw);
    if (verdict === 'open' || verdict === 'counted') return { entry: verdict };
    const detail = verdict === 'unsupported_media_type' ? 'Send application/json.' : undefined;
    return { entry: refused(c, verdict, { ...(detail && { detail }) }) };
  };
}

/**
 * Whether a handler, and not only middleware, answers this method at this path. One for `/:id` does
 * not answer for a path that has a name of its own.
 */
function isRouted(c: Context<MannersEnv>, literals: ReadonlySet<string>): boolean {
  const { path } = c.req;
  const isLiteral = literals.has(path);
  return matchedRoutes(c).some(
    (route) => route.method !== 'ALL' && (!isLiteral || route.path === path),
  );
}

/** Answered before any guard: what a path does not know needs no permission. */
function unrouted(c: Context<MannersEnv>, method: string, allow: string | undefined): Response {
  if (allow === undefined) return refused(c, 'not_found');
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: allow } });
  const answer = refused(c, 'method_not_allowed');
  answer.headers.set('Allow', allow);
  return answer;
}

/**
 * The runtime's clock stands still but for waiting, so all time is time waited: a read's for the
 * database, a purchase's for the line, and anything else's for all that it does.
 */
function waitedFor(isReading: boolean, isPurchase: boolean): 'db' | 'line' | 'app' {
  if (isReading) return 'db';
  return isPurchase ? 'line' : 'app';
}

/** A refusal that is told of in the log by its code. */
function refused(
  c: Context<MannersEnv>,
  code: ProblemCode,
  fields: { detail?: string } = {},
): Response {
  c.set('problem', code);
  return problemResponse(code, { ...fields, requestId: c.get('requestId') });
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function requestIdOf(headers: Headers): string {
  const given = headers.get('X-Request-Id');
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}
