/** How an event's group commits go, as the event's object knows it. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { EventLine } from '../../contract/commit-metrics.ts';
import { type EventId, eventIdSchema } from '../../contract/ids.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import type { CommitFigures } from '../../sale/object/commit-metrics.ts';
import type { HistogramFigures } from '../../sale/object/histogram.ts';
import { readEvent } from '../../stores/postgres/events.ts';

const eventParam = valid('param', z.object({ id: eventIdSchema }));

type Needed = Needs<{ sale: 'commitMetrics'; stores: 'db'; platform: 'nowMs' }>;

export function commitMetricsRoutes({ sale, stores: { db }, platform: { nowMs } }: Needed) {
  return new Hono<CallerEnv>().get('/:id/line', eventParam, async (c) => {
    const { id } = c.req.valid('param');
    // Or whoever asks for what is not there would make an object of it.
    if ((await readEvent(db, id, { nowMs: nowMs() })) === undefined)
      throw new HttpProblem('not_found');
    return c.json(answerOf(id, await sale.commitMetrics(id)), 200);
  });
}

function answerOf(id: EventId, metrics: CommitFigures): EventLine {
  const { lineLength, settling, attempts, outcomes, groupSize, perSecond } = metrics;
  const count = groupSize.counts.reduce((sum, one) => sum + one, 0);
  const meanOf = ({ sum }: HistogramFigures) => (count === 0 ? 0 : sum / count);
  return {
    id,
    serverNow: new Date(metrics.nowMs).toISOString(),
    since: new Date(metrics.sinceMs).toISOString(),
    lineLength,
    settling,
    attempts,
    outcomes,
    groups: {
      count,
      sizeMean: meanOf(groupSize),
      waitMsMean: meanOf(metrics.waitMs),
      settleMsMean: meanOf(metrics.settleMs),
    },
    perSecond,
  };
}
