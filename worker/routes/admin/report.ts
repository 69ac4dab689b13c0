/** The report of a sale, for admins at any time; and whether everybody may read it. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { type EventId, eventIdSchema } from '../../contract/ids.ts';
import { type Report, reportSwitchSchema } from '../../contract/report.ts';
import type { Needs } from '../../deps/deps.ts';
import { reportCsv } from '../../http/formats/report-csv.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { ifMatchOf } from '../../http/preconditions.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findVersionedEvent } from '../../stores/postgres/admin-events.ts';
import { cachedReport, setReportPublic } from '../../stores/postgres/report.ts';
import { isEventAt, readEventState } from '../../stores/postgres/versions.ts';
import { changedMeanwhile, tagOf } from './versions.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

type Needed = Needs<{ stores: 'db' | 'readCache'; platform: 'nowMs' }>;

export function adminReportRoutes({ stores, platform: { nowMs } }: Needed) {
  const { db } = stores;
  async function report(c: Context, id: EventId): Promise<Report> {
    const found = await cachedReport(stores, id, (work) => c.executionCtx.waitUntil(work));
    if (found === undefined) throw new HttpProblem('not_found');
    return found;
  }
  return new Hono<CallerEnv>()
    .get('/:id/report', eventParam, async (c) =>
      c.json(await report(c, c.req.valid('param').id), 200),
    )
    .get('/:id/report.csv', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      return c.body(reportCsv(await report(c, id)), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="report-${id}.csv"`,
      });
    })
    .put('/:id/report', eventParam, valid('json', reportSwitchSchema), async (c) => {
      const { id } = c.req.valid('param');
      const { reportPublic } = c.req.valid('json');
      const condition = isEventAt(id, ifMatchOf(c));
      const act = { actor: c.get('caller').userId, nowMs: nowMs(), condition };
      const set = await setReportPublic(db, { id, reportPublic }, act);
      if (set === 'changed') throw changedMeanwhile(await readEventState(db, id));
      const found = set ? await findVersionedEvent(db, id, nowMs()) : undefined;
      if (found === undefined) throw new HttpProblem('not_found');
      return c.json(found.event, 200, tagOf(found.version));
    });
}
