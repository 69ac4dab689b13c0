/** The report of a sale, for admins at any time; and whether everybody may read it. */
import { Hono } from 'hono';
import * as z from 'zod';
import { eventIdSchema } from '../../contract/ids.ts';
import { reportSwitchSchema } from '../../contract/report.ts';
import type { Needs } from '../../deps/deps.ts';
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
  return new Hono<CallerEnv>()
    .get('/:id/report', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const report = await cachedReport(stores, id, (work) => c.executionCtx.waitUntil(work));
      if (report === undefined) throw new HttpProblem('not_found');
      return c.json(report, 200);
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
