/**
 * The shop's metrics for those who scrape: what Postgres knows of all sales, and what the objects of
 * the open ones know of their group commits. Nothing of it is of this isolate alone.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { createMiddleware } from 'hono/factory';
import type { Needs } from '../deps/deps.ts';
import { OPENMETRICS_TYPE, openMetricsText } from '../http/formats/openmetrics.ts';
import { BEARER } from '../http/guards.ts';
import { HttpProblem } from '../http/problem.ts';
import { readOpenSales } from '../stores/postgres/open-sales.ts';
import { readOutboxFigures } from '../stores/postgres/outbox-admin.ts';
import { familiesOf, type SaleMetrics } from './metric-families.ts';
import { outboxFamilies } from './outbox-metrics.ts';

/** Open sales that have metrics of their own, newest first; each is a call to its object. */
export const SALES_SHOWN_MAX = 20;

const OPENMETRICS = 'application/openmetrics-text';
const CONTENT_TYPES: Record<string, string> = {
  [OPENMETRICS]: OPENMETRICS_TYPE,
  'text/plain': 'text/plain; charset=utf-8',
};

type Needed = Needs<{
  sale: 'commitMetrics';
  outbox: 'sendsMail';
  stores: 'db' | 'readCache';
  site: 'metricsToken';
  logging: 'log';
  platform: 'nowMs';
}>;

/** Without a token in the configuration there is no such route. */
export function metricsRoutes(deps: Needed) {
  const { metricsToken } = deps.site;
  const routes = new Hono();
  if (metricsToken === undefined) return routes;
  return routes.get('/', requireToken(metricsToken), async (c) => {
    const text = await deps.stores.readCache.get({
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

async function metricsText(deps: Needed): Promise<string> {
  const asked = { nowMs: deps.platform.nowMs(), limit: SALES_SHOWN_MAX };
  const { counts, sales } = await readOpenSales(deps.stores.db, asked);
  const withCommits = await Promise.all(sales.map((sale) => withMetrics(deps, sale)));
  const { sendsMail } = deps.outbox;
  const outbox = await readOutboxFigures(deps.stores.db, { nowMs: asked.nowMs, sendsMail });
  return openMetricsText([...familiesOf(counts, withCommits), ...outboxFamilies(outbox)]);
}

/** An object that does not answer is a metric too. */
async function withMetrics(deps: Needed, sale: SaleMetrics['sale']): Promise<SaleMetrics> {
  try {
    return { sale, commits: await deps.sale.commitMetrics(sale.id) };
  } catch (error) {
    deps.logging.log('error', 'line did not tell', { eventId: sale.id, error });
    return { sale, commits: undefined };
  }
}

/** Compared by digests of one length, so that time shows nothing of the token. */
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
