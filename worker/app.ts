/** The API and the pages: mounts the routes and turns whatever they throw into an answer. */
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { RequestIdVariables } from 'hono/request-id';
import type { Deps } from './deps.ts';
import { isRetryable } from './faults.ts';
import { manners } from './http/manners.ts';
import { HttpProblem, problemResponse } from './http/problem.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { adminRoutes } from './routes/admin.ts';
import { authRoutes } from './routes/auth.ts';
import { docsRoutes } from './routes/docs.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { profileRoutes } from './routes/profile.ts';
import { purchaseRoutes } from './routes/purchase.ts';
import { reviewRoutes } from './routes/reviews.ts';

const RETRY_AFTER_MS = 1_000;

export function createApp(deps: Deps) {
  const { allowedOrigins, nowMs } = deps;
  const app = new Hono<{ Variables: RequestIdVariables }>();
  return app
    .use(manners({ allowedOrigins, nowMs, routes: () => app.routes }))
    .notFound((c) => problemResponse('not_found', { requestId: c.get('requestId') }))
    .onError((error, c) => faultResponse(error, { deps, requestId: c.get('requestId') }))
    .route('/api/v1/health', healthRoutes(deps))
    .route('/api/v1/auth', authRoutes(deps))
    .route('/api/v1/events', eventRoutes(deps))
    .route('/api/v1/purchase', purchaseRoutes(deps))
    .route('/api/v1/profile', profileRoutes(deps))
    .route('/api/v1/reviews', reviewRoutes(deps))
    .route('/api/v1/admin', adminRoutes(deps))
    .route('/api/v1', docsRoutes())
    .route('/', pageRoutes(deps));
}

/** The routes' types, for the client's `hc`. */
export type Api = ReturnType<typeof createApp>;

function faultResponse(error: unknown, at: { deps: Deps; requestId: string }): Response {
  const { deps, requestId } = at;
  if (error instanceof HttpProblem) {
    return problemResponse(error.code, { ...error.fields, requestId });
  }
  if (error instanceof HTTPException && error.status === 400) {
    return problemResponse('malformed', { detail: error.message, requestId });
  }
  deps.log('error', 'request failed', { requestId, error });
  return isRetryable(error)
    ? problemResponse('unavailable', { retryAfterMs: RETRY_AFTER_MS, requestId })
    : problemResponse('internal', { requestId });
}
