/**
 * One line in the log for each request: what was asked, what came of it, how long it took, and by its
 * id which account asked, where it showed a good token. Never its address, its body, a name or an
 * e-mail address. Of everyday requests, which come by the thousand a second, only
 * a share is told of; of failures and of everything else, each one.
 */
import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Caller } from '../auth/tokens.ts';
import type { ProblemCode } from '../contract/problems.ts';
import type { Deps } from '../deps.ts';

/** Refusals that are a sale's everyday business, and are counted by it. */
const EVERYDAY_REFUSALS: ReadonlySet<ProblemCode> = new Set([
  'sold_out',
  'changed',
  'not_open',
  'closed',
  'limit_reached',
  'rate_limited',
]);
/** Reads that are refused to spare the database come by the thousand, too. */
const SPARING_REFUSALS: ReadonlySet<ProblemCode> = new Set(['rate_limited', 'busy']);
/** An id that names its event: the event's own, an item's in it, an order's or a comment's. */
const EVENT_KEY = /\/(?:evt|evi|ord|cmt)_([0-9a-hjkmnp-tv-z]{12})(?=[/_]|$)/;

export interface Answered {
  requestId: string;
  /** Why it was refused, if it was. */
  problem: ProblemCode | undefined;
  isPurchase: boolean;
  isReading: boolean;
  durationMs: number;
}

/** @returns what writes a request down, and says whether it did. */
export function createJournal({ log, everydayLogShare: share }: JournalPorts) {
  // Begins in the middle, so that many isolates that live shortly tell of their share together.
  let due = 0.5;
  const isDue = () => {
    due += share;
    if (due < 1) return false;
    due -= 1;
    return true;
  };
  return (c: Context, answered: Answered): boolean => {
    const { requestId, problem, durationMs } = answered;
    const isEveryday = isEverydayCall(answered);
    if (isEveryday && !isDue()) return false;
    const { status } = c.res;
    const route = routeOf(c);
    const actor: Caller | undefined = c.get('caller');
    const bytes = Number(c.req.raw.headers.get('Content-Length') ?? 0);
    log(status >= 500 ? 'error' : 'info', 'request', {
      requestId,
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

type JournalPorts = Pick<Deps, 'log' | 'everydayLogShare'>;

/** A read that was answered or not made, or a purchase that ended as the sale's rules say. */
function isEverydayCall({ problem, isReading, isPurchase }: Answered): boolean {
  if (problem === undefined) return isReading || isPurchase;
  if (isReading) return SPARING_REFUSALS.has(problem);
  return isPurchase && EVERYDAY_REFUSALS.has(problem);
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
