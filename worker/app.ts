/** The API and the pages: mounts the routes and turns whatever they throw into an answer. */
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ProblemCode } from './contract/problems.ts';
import type { Deps } from './deps.ts';
import { HttpProblem, type ProblemFields, problemResponse } from './http/problem.ts';
import { type MannersEnv, manners } from './http/request-pipeline.ts';
import { missingPage, pageRoutes } from './pages/page-routes.ts';
import { createPages } from './pages/pages.ts';
import { siteFiles } from './pages/site-files.ts';
import { isRetryable } from './platform/faults.ts';
import { adminRoutes } from './routes/admin.ts';
import { authRoutes } from './routes/auth.ts';
import { docsRoutes } from './routes/docs.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { profileRoutes } from './routes/profile.ts';
import { purchaseRoutes } from './routes/purchase.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { TooManyReads } from './stores/cache/asking.ts';

const RETRY_AFTER_MS = 1_000;

export function createApp(deps: Deps) {
  const { allowedOrigins, nowMs, log, everydayLogShare } = deps;
  const app = new Hono<MannersEnv>();
  const routes = () => app.routes;
  const pages = createPages(deps);
  return app
    .use(manners({ allowedOrigins, nowMs, log, everydayLogShare, routes }))
    .notFound(async (c) => (await missingPage(c, deps, pages)) ?? answerWith(c, 'not_found'))
    .onError((error, c) => faultResponse(error, c, deps))
    .route('/api/v1/health', healthRoutes(deps))
    .route('/api/v1/auth', authRoutes(deps))
    .route('/api/v1/events', eventRoutes(deps))
    .route('/api/v1/purchase', purchaseRoutes(deps))
    .route('/api/v1/profile', profileRoutes(deps))
    .route('/api/v1/reviews', reviewRoutes(deps))
    .route('/api/v1/admin', adminRoutes(deps))
    .route('/api/v1/metrics', metricsRoutes(deps))
    .route('/api/v1', docsRoutes())
    .route('/', siteFiles(deps))
    .route('/', pageRoutes(deps, pages));
}

/** The routes' types, for the client's `hc`. */
export type Api = ReturnType<typeof createApp>;

function faultResponse(error: unknown, c: Context<MannersEnv>, { log }: Deps): Response {
  if (error instanceof HttpProblem) return answerWith(c, error.code, error.fields);
  // Nothing has failed: the shop keeps its database for others.
  if (error instanceof TooManyReads) {
    return answerWith(c, 'busy', { retryAfterMs: RETRY_AFTER_MS });
  }
  if (error instanceof HTTPException && error.status === 400) {
    return answerWith(c, 'malformed', { detail: error.message });
  }
  log('error', 'request failed', { requestId: c.get('requestId'), error });
  return isRetryable(error)
    ? answerWith(c, 'unavailable', { retryAfterMs: RETRY_AFTER_MS })
    : answerWith(c, 'internal');
}

function answerWith(c: Context<MannersEnv>, code: ProblemCode, fields?: ProblemFields): Response {
  c.set('problem', code);
  return problemResponse(code, { ...fields, requestId: c.get('requestId') });
}
