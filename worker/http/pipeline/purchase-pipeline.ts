/**
 * What a purchase goes through before and after its route, in one step: each further step is one more
 * promise in front of every purchase, and each header costs it some microseconds. Everything else
 * goes through the steps that app.ts lists.
 */
import type { MiddlewareHandler } from 'hono';
import { isEverydayPurchase, type RecordRequest } from './access-log.ts';
import { limitBody } from './body-limit.ts';
import { admitOrigin } from './cross-origin.ts';
import { type PipelineEnv, requestIdOf } from './pipeline.ts';
import type { RequestCheck } from './request-check.ts';
import { API_POLICY, TRANSPORT_SECURITY } from './security-headers.ts';

export interface PurchasePipelineOptions {
  check: RequestCheck;
  record: RecordRequest;
  allowedOrigins: ReadonlySet<string>;
  nowMs(): number;
}

export function purchasePipeline(options: PurchasePipelineOptions): MiddlewareHandler<PipelineEnv> {
  const { check, record, allowedOrigins, nowMs } = options;
  return async (c, next) => {
    const requestId = requestIdOf(c);
    c.set('requestId', requestId);
    const startedAtMs = nowMs();
    const verdict = check(c);
    if (verdict === 'open') {
      await next();
    } else if (verdict === 'counted') {
      // It returns what `next` returns, which is no answer, or its refusal.
      const refusal: unknown = await limitBody(c, next);
      if (refusal instanceof Response) c.res = refusal;
    } else {
      c.res = verdict;
    }
    const durationMs = Math.max(0, nowMs() - startedAtMs);
    const isEveryday = isEverydayPurchase(c.get('problem'));
    const isRecorded = record(c, { durationMs, isEveryday });
    // Set on the answer's own headers: `c.header` would build the answer anew.
    const { headers } = c.res;
    headers.set('X-Request-Id', requestId);
    headers.set('Cache-Control', 'no-store');
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Strict-Transport-Security', TRANSPORT_SECURITY);
    headers.set('Content-Security-Policy', API_POLICY);
    if (allowedOrigins.size > 0) admitOrigin(allowedOrigins, c.req.raw, c.res);
    // The clock stands still but for waiting, so this is the time waited for the event's object.
    if (isRecorded) headers.set('Server-Timing', `line;dur=${durationMs}`);
  };
}
