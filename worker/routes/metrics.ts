/**
 * The shop's figures for those who scrape: what Postgres knows of all sales, and what the objects of
 * the open ones know of their lines. Nothing of it is of this isolate alone.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { createMiddleware } from 'hono/factory';
import type { Deps } from '../deps.ts';
import { BEARER } from '../http/guards.ts';
import { OPENMETRICS_TYPE, openMetricsText } from '../http/openmetrics.ts';
import { HttpProblem } from '../http/problem.ts';
import { readOpenSales } from '../stores/postgres/open-sales.ts';
import { familiesOf, type SaleAndLine } from './metric-families.ts';

/** Open sales that are told of one by one, newest first; each is a call to its object. */
export const SALES_TOLD_MAX = 20;

const OPENMETRICS = 'application/openmetrics-text';
const CONTENT_TYPES: Record<string, string> = {
  [OPENMETRICS]: OPENMETRICS_TYPE,
  'text/plain': 'text/plain; charset=utf-8',
};

/** Without a token in the configuration there is no such route. */
export function metricsRoutes(deps: Deps) {
  const { metricsToken } = deps;
  const routes = new Hono();
  if (metricsToken === undefined) return routes;
  return routes.get('/', requireToken(metricsToken), async (c) => {
    const text = await deps.recent.ask({
      key: 'metrics',
      keepAlive: (work) => c.executionCtx.waitUntil(work),
      // Each scrape is of its own time; those that come at once share one.
      isUncached: true,
      read: async () => ({
        value: await metricsText(deps),
        changesAtMs: Number.POSITIVE_INFINITY,
      }),
    });
    const type = accepts(c, {
      header: 'Accept',
      supports: Object.keys(CONTENT_TYPES),
      default: OPENMETRICS,
    });
    const headers = { 'Content-Type': CONTENT_TYPES[type] ?? OPENMETRICS_TYPE };
    return new Response(text, { headers });
  });
}

async function metricsText(deps: Deps): Promise<string> {
  const asked = { nowMs: deps.nowMs(), limit: SALES_TOLD_MAX };
  const { counts, sales } = await readOpenSales(deps.db, asked);
  const lines = await Promise.all(sales.map((sale) => withLine(deps, sale)));
  return openMetricsText(familiesOf(counts, lines));
}

/** An object that does not answer is a figure too. */
async function withLine(deps: Deps, sale: SaleAndLine['sale']): Promise<SaleAndLine> {
  try {
    return { sale, line: await deps.lineFigures(sale.id) };
  } catch (error) {
    deps.log('error', 'line did not tell', { eventId: sale.id, error });
    return { sale, line: undefined };
  }
}

/** Compared by digests of one length, so that time tells nothing of the token. */
function requireToken(token: string) {
  const wanted = digestOf(token);
  return createMiddleware(async (c, next) => {
    const given = BEARER.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digestOf(given), wanted)) throw new HttpProblem('unauthenticated');
    await next();
  });
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
