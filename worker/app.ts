/**
 * The API and the pages: two pipelines, the routes behind each, and the answer to what they throw. A
 * purchase goes from here through http/pipeline/purchase-pipeline.ts to routes/purchase.ts.
 */
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { requestId } from 'hono/request-id';
import { timing } from 'hono/timing';
import { getPath } from 'hono/utils/url';
import { RETRY_AFTER_MS } from './contract/problems.ts';
import type { Deps, Logging } from './deps/deps.ts';
import { accessLog, createAccessLog, type RecordRequest } from './http/pipeline/access-log.ts';
import type { Route } from './http/pipeline/allowed-methods.ts';
import { answerHeaders } from './http/pipeline/answer-headers.ts';
import { crossOrigin } from './http/pipeline/cross-origin.ts';
import {
  isRead,
  isSocket,
  onAnswer,
  type PipelineEnv,
  refuse,
  requestIdOf,
} from './http/pipeline/pipeline.ts';
import { purchasePipeline } from './http/pipeline/purchase-pipeline.ts';
import {
  createRequestCheck,
  type RequestCheck,
  requestCheck,
} from './http/pipeline/request-check.ts';
import { securityHeaders } from './http/pipeline/security-headers.ts';
import { HttpProblem } from './http/problem.ts';
import { missingPage, pageRoutes } from './pages/page-routes.ts';
import { createPages } from './pages/pages.ts';
import { pictureFiles } from './pages/picture-files.ts';
import { previewRoutes } from './pages/preview-pages.ts';
import { siteFiles } from './pages/site-files.ts';
import { isRetryable } from './platform/faults.ts';
import { ATTEMPT_PATHS, apiRoutes, purchaseApiRoutes } from './routes/api.ts';
import { TooManyReads } from './stores/cache/cached-read.ts';

/** What both pipelines share: one log, and one list of the shop's paths. */
interface Shared {
  check: RequestCheck;
  record: RecordRequest;
}

export function createApp(deps: Deps) {
  const routes = (): Route[] => [...purchases.routes, ...site.routes];
  const shared = { check: createRequestCheck(routes), record: createAccessLog(deps.logging) };
  const purchases = createPurchases(deps, shared);
  const site = createSite(deps, shared);
  return {
    routes,
    fetch(request: Request, env: object, context: ExecutionContext): Response | Promise<Response> {
      return (isAttempt(request) ? purchases : site).fetch(request, env, context);
    },
  };
}

/** A purchase, or entering or leaving a queue. */
function isAttempt(request: Request): boolean {
  if (isRead(request.method)) return false;
  const path = getPath(request);
  return ATTEMPT_PATHS.some((base) => path.startsWith(`${base}/`));
}

/** The lean pipeline: what it costs, it costs each of a crowd's purchases. */
function createPurchases(deps: Deps, shared: Shared) {
  return leanPipeline(deps, shared).route('/', purchaseApiRoutes(deps));
}

export function leanPipeline({ logging, platform, site }: Deps, { check, record }: Shared) {
  const { allowedOrigins } = site;
  return new Hono<PipelineEnv>()
    .use(purchasePipeline({ check, record, allowedOrigins, nowMs: platform.nowMs }))
    .onError((error, c) => faultResponse(error, c, logging));
}

/** The full pipeline, for everything but purchases. */
function createSite(deps: Deps, { check, record }: Shared) {
  const { logging, platform, site } = deps;
  const { nowMs } = platform;
  const pages = createPages(deps);
  return new Hono<PipelineEnv>()
    .use(
      // Its own test of an id refuses dots, and answerHeaders says why it sets no header.
      requestId({ headerName: '', generator: requestIdOf }),
      // Of what the access log measures; the runtime's own clock stands still but for waiting.
      timing({ total: false, enabled: (c) => !isSocket(c) }),
      accessLog(record, nowMs),
      onAnswer(securityHeaders, answerHeaders(nowMs), crossOrigin(site.allowedOrigins)),
      requestCheck(check),
    )
    .notFound(async (c) => (await missingPage(c, deps, pages)) ?? refuse(c, 'not_found'))
    .onError((error, c) => faultResponse(error, c, logging))
    .route('/', apiRoutes(deps))
    .route('/', siteFiles(deps))
    .route('/', pictureFiles(deps))
    .route('/', pageRoutes(deps, pages))
    .route('/', previewRoutes(deps, pages));
}

function faultResponse(error: unknown, c: Context<PipelineEnv>, { log }: Logging): Response {
  if (error instanceof HttpProblem) return refuse(c, error.code, error.fields);
  // Nothing has failed: the shop keeps its database for others.
  if (error instanceof TooManyReads) return refuse(c, 'busy', { retryAfterMs: RETRY_AFTER_MS });
  if (error instanceof HTTPException && error.status === 400) {
    return refuse(c, 'malformed', { detail: error.message });
  }
  log('error', 'request failed', { requestId: c.get('requestId'), error });
  return isRetryable(error)
    ? refuse(c, 'unavailable', { retryAfterMs: RETRY_AFTER_MS })
    : refuse(c, 'internal');
}
