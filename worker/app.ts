/** The API: mounts the routes and turns whatever they throw into an answer. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { requestId as nameRequest, type RequestIdVariables } from 'hono/request-id';
import { LIMITS } from './contract/values.ts';
import type { Deps } from './deps.ts';
import { isRetryable } from './faults.ts';
import { HttpProblem, problemResponse } from './http/problem.ts';
import { jsonBodiesOnly } from './http/validate.ts';
import { adminRoutes } from './routes/admin.ts';
import { authRoutes } from './routes/auth.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { profileRoutes } from './routes/profile.ts';
import { purchaseRoutes } from './routes/purchase.ts';

const RETRY_AFTER_MS = 1_000;

export function createApp(deps: Deps) {
  return new Hono<{ Variables: RequestIdVariables }>()
    .use(nameRequest())
    .use(async (c, next) => {
      await next();
      // Set on the answer itself: c.header() would build the answer anew, for every request.
      if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
      c.res.headers.set('X-Content-Type-Options', 'nosniff');
    })
    .use(bodyLimit({ maxSize: LIMITS.bodyBytesMax, onError: () => problemResponse('too_large') }))
    .use(jsonBodiesOnly)
    .notFound((c) => problemResponse('not_found', { requestId: c.get('requestId') }))
    .onError((error, c) => faultResponse(error, { deps, requestId: c.get('requestId') }))
    .route('/api/v1/health', healthRoutes(deps))
    .route('/api/v1/auth', authRoutes(deps))
    .route('/api/v1/events', eventRoutes(deps))
    .route('/api/v1/purchase', purchaseRoutes(deps))
    .route('/api/v1/profile', profileRoutes(deps))
    .route('/api/v1/admin', adminRoutes(deps));
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
