/** The report of a closed sale, for everybody where its event says so. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { type EventId, eventIdSchema } from '../contract/ids.ts';
import type { Report } from '../contract/report.ts';
import type { Needs } from '../deps/deps.ts';
import { reportCsv } from '../http/formats/report-csv.ts';
import { HttpProblem } from '../http/problem.ts';
import { requesterOf } from '../http/requester.ts';
import { revalidated } from '../http/revalidation.ts';
import { valid } from '../http/validate.ts';
import { publicReport } from '../stores/postgres/report.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

/** Short, so that one that is not public any more is soon gone everywhere. */
const A_MINUTE = { 'Cache-Control': 'public, max-age=60, stale-if-error=0' };

type Needed = Needs<{ stores: 'db' | 'readCache' | 'known'; limits: 'purchase' }>;

export function reportRoutes({ stores, limits }: Needed) {
  async function report(c: Context, id: EventId): Promise<Report> {
    const found = await publicReport(stores, id, requesterOf(c, limits.purchase));
    if (found === 'no_event') throw new HttpProblem('not_found');
    if (found === 'no_report') throw new HttpProblem('no_report');
    return found;
  }
  return new Hono()
    .get('/:id/report', revalidated, eventParam, async (c) =>
      c.json(await report(c, c.req.valid('param').id), 200, A_MINUTE),
    )
    .get('/:id/report.csv', revalidated, eventParam, async (c) => {
      const { id } = c.req.valid('param');
      return c.body(reportCsv(await report(c, id)), 200, {
        ...A_MINUTE,
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="report-${id}.csv"`,
      });
    });
}
