/**
 * One line in the log for each request: what was asked, what came of it, how long it took, and by its
 * id which account asked, where it showed a good token. Never its address, its body, a name or an
 * e-mail address. Of everyday requests, which come by the thousand a second, only a share is written;
 * of failures and of everything else, each one. Not Hono's `logger`, which writes addresses as text.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { setMetric } from 'hono/timing';
import type { Caller } from '../../auth/tokens.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import { isRead, type PipelineEnv } from './pipeline.ts';

/** Refusals that are a sale's everyday business, and are counted by it. */
const EVERYDAY_REFUSALS: ReadonlySet<ProblemCode> = new Set([
  'sold_out',
  'queue_ahead',
  'stock_available',
  'queue_closed',
  'queue_full',
  'changed',
  'not_open',
  'closed',
  'email_unverified',
  'limit_reached',
  'rate_limited',
]);
/** Reads that are refused to spare the database come by the thousand, too. */
const SPARING_REFUSALS: ReadonlySet<ProblemCode> = new Set(['rate_limited', 'busy']);
/** An id that names its event: the event's own, an item's in it, an order's, an entry's, a payment's or a comment's. */
const EVENT_KEY = /\/(?:evt|evi|ord|ent|pay|ref|cmt)_([0-9a-hjkmnp-tv-z]{12})(?=[/_]|$)/;

/** Writes a request down, and says whether it did. */
export type RecordRequest = (
  c: Context<PipelineEnv>,
  how: { durationMs: number; isEveryday: boolean },
) => boolean;

interface LogOptions {
  log(level: 'info' | 'error', message: string, fields: Record<string, unknown>): void;
  /** Of everyday requests, how many are written down: 0 to 1. */
  everydayShare: number;
}

export function createAccessLog({ log, everydayShare: share }: LogOptions): RecordRequest {
  // Begins in the middle, so that many isolates with short lives write their share together.
  let due = 0.5;
  const isDue = () => {
    due += share;
    if (due < 1) return false;
    due -= 1;
    return true;
  };
  return (c, { durationMs, isEveryday }) => {
    if (isEveryday && !isDue()) return false;
    const { status } = c.res;
    const route = routeOf(c);
    const problem = c.get('problem');
    const actor = actorOf(c);
    const bytes = Number(c.req.raw.headers.get('Content-Length') ?? 0);
    log(status >= 500 ? 'error' : 'info', 'request', {
      requestId: c.get('requestId'),
      method: c.req.raw.method,
      route,
      ...(route !== undefined && eventIn(c.req.path)),
      ...(actor !== undefined && { actor: actor.userId }),
      status,
      ...(problem !== undefined && { code: problem }),
      durationMs,
      ...(bytes > 0 && { bytes }),
      // How many such lines there would be for each one that is written.
      ...(isEveryday && { share }),
    });
    return true;
  };
}

/** As a step of its own, with the same time as Server-Timing, which Hono's `timing` sends. */
export function accessLog(
  record: RecordRequest,
  nowMs: () => number,
): MiddlewareHandler<PipelineEnv> {
  return async (c, next) => {
    const startedAtMs = nowMs();
    await next();
    const durationMs = Math.max(0, nowMs() - startedAtMs);
    const isReading = isRead(c.req.raw.method);
    record(c, { durationMs, isEveryday: isReading && isEverydayRead(c.get('problem')) });
    // The clock stands still but for waiting: a read's time is the database's.
    setMetric(c, isReading ? 'db' : 'app', durationMs, undefined, 0);
  };
}

/** Answered, or not made to spare the database. */
function isEverydayRead(problem: ProblemCode | undefined): boolean {
  return problem === undefined || SPARING_REFUSALS.has(problem);
}

/** Ended as the sale's rules say. */
export function isEverydayPurchase(problem: ProblemCode | undefined): boolean {
  return problem === undefined || EVERYDAY_REFUSALS.has(problem);
}

/** Who asked, where a guard has read a good token. */
function actorOf(c: Context): Caller | undefined {
  return c.get('caller');
}

/** Its pattern, as `/api/v1/events/:id`; undefined where nobody serves it. */
function routeOf(c: Context): string | undefined {
  const routes = matchedRoutes(c).filter(({ method }) => method !== 'ALL');
  const { path } = c.req;
  return (routes.find((route) => route.path === path) ?? routes[0])?.path;
}

function eventIn(path: string): { eventId?: string } {
  const key = EVENT_KEY.exec(path)?.[1];
  return key === undefined ? {} : { eventId: `evt_${key}` };
}
