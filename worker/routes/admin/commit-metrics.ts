/** How the line in front of an event's stock moves, as the event's object tells it. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { EventLine } from '../../contract/commit-metrics.ts';
import { type EventId, eventIdSchema } from '../../contract/ids.ts';
import type { Deps } from '../../deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import type { CommitFigures } from '../../sale/object/commit-metrics.ts';
import type { HistogramFigures } from '../../sale/object/histogram.ts';
import { readEvent } from '../../stores/postgres/events.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

export function lineRoutes({ db, nowMs, lineFigures }: Deps) {
  return new Hono<CallerEnv>().get('/:id/line', eventParam, async (c) => {
    const { id } = c.req.valid('param');
    // Or whoever asks for what is not there would make an object of it.
    if ((await readEvent(db, id, { nowMs: nowMs() })) === undefined)
      throw new HttpProblem('not_found');
    return c.json(lineOf(id, await lineFigures(id)), 200);
  });
}

function lineOf(id: EventId, figures: CommitFigures): EventLine {
  const { lineLength, settling, attempts, outcomes, groupSize, perSecond } = figures;
  const count = groupSize.counts.reduce((sum, one) => sum + one, 0);
  const meanOf = ({ sum }: HistogramFigures) => (count === 0 ? 0 : sum / count);
  return {
    id,
    serverNow: new Date(figures.nowMs).toISOString(),
    since: new Date(figures.sinceMs).toISOString(),
    lineLength,
    settling,
    attempts,
    outcomes,
    groups: {
      count,
      sizeMean: meanOf(groupSize),
      waitMsMean: meanOf(figures.waitMs),
      settleMsMean: meanOf(figures.settleMs),
    },
    perSecond,
  };
}
