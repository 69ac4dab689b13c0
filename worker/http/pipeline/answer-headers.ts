/** Headers of every answer that are not about browsers: its id, its time, and who may keep it. */
import type { MiddlewareHandler } from 'hono';
import { isRead, type PipelineEnv } from './pipeline.ts';
import { API_POLICY } from './security-headers.ts';

/**
 * The id is set here, since Hono's `requestId` sets it before there is an answer, where only `c.json`
 * and its like would take it over. An answer that says nothing of its content is JSON of the API.
 */
export function answerHeaders(nowMs: () => number): MiddlewareHandler<PipelineEnv> {
  return async (c) => {
    const { headers } = c.res;
    headers.set('X-Request-Id', c.get('requestId'));
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
    if (!headers.has('Content-Security-Policy')) {
      headers.set('Content-Security-Policy', API_POLICY);
    }
    if (isRead(c.req.raw.method)) headers.set('Server-Now', new Date(nowMs()).toISOString());
  };
}
