/**
 * Whether a request may reach a route at all, by its head alone: its path knows its method, its
 * address is not too long, and its body may be read.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { type BodyKind, bodyVerdict, JSON_BODY, JSON_OR_FORM, PICTURE_FILE } from '../validate.ts';
import { literalPaths, type MethodsOf, methodsByPath, type Route } from './allowed-methods.ts';
import { limitBody } from './body-limit.ts';
import { isRead, type PipelineEnv, refuse } from './pipeline.ts';

const URL_CHARS_MAX = 4_096;
const API = '/api/';
/** Paths that take another body than JSON. */
const BODIES: ReadonlyMap<string, BodyKind> = new Map([
  // Mail programs send a form, see routes/reminders.ts.
  ['/api/v1/reminders/off', JSON_OR_FORM],
  ['/api/v1/admin/pictures', PICTURE_FILE],
]);

/** `counted`: its body has to be counted while it is read. */
export type RequestCheck = (c: Context<PipelineEnv>) => 'open' | 'counted' | Response;

/** @param routes all routes of the shop, asked for when the first request needs them. */
export function createRequestCheck(routes: () => readonly Route[]): RequestCheck {
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
      if (!isForPage) return unrouted(c, method, allow);
    }
    if (url.length > URL_CHARS_MAX) {
      return refuse(c, 'malformed', { detail: 'The address is too long.' });
    }
    const taken = BODIES.get(c.req.path) ?? JSON_BODY;
    const verdict = isRead(method) ? 'open' : bodyVerdict(c.req.raw, taken);
    if (verdict === 'open' || verdict === 'counted') return verdict;
    const detail = verdict === 'unsupported_media_type' ? taken.wanted : undefined;
    return refuse(c, verdict, { ...(detail && { detail }) });
  };
}

/**
 * As a step of its own. Hono's `bodyLimit` sees the bodies alone that have to be counted: it makes the
 * request anew, which the platform refuses for a GET that came with a body.
 */
export function requestCheck(check: RequestCheck): MiddlewareHandler<PipelineEnv> {
  return async (c, next) => {
    const verdict = check(c);
    if (verdict instanceof Response) return verdict;
    if (verdict === 'counted') return limitBody(c, next);
    await next();
    return undefined;
  };
}

/**
 * Whether a handler, and not only middleware, answers this method at this path. One for `/:id` does
 * not answer for a path that has a name of its own.
 */
function isRouted(c: Context<PipelineEnv>, literals: ReadonlySet<string>): boolean {
  const { path } = c.req;
  const isLiteral = literals.has(path);
  return matchedRoutes(c).some(
    (route) => route.method !== 'ALL' && (!isLiteral || route.path === path),
  );
}

/** Answered before any guard: what a path does not know needs no permission. */
function unrouted(c: Context<PipelineEnv>, method: string, allow: string | undefined): Response {
  if (allow === undefined) return refuse(c, 'not_found');
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { Allow: allow } });
  return refuse(c, 'method_not_allowed', { headers: { Allow: allow } });
}
