/** What becomes of an event as a whole, over HTTP: published, its texts corrected, planned again, deleted. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import type { AdminEvent } from '../../contract/administration.ts';
import { type EventInput, eventInputSchema } from '../../contract/event-input.ts';
import {
  type DuplicateInput,
  duplicateInputSchema,
  eventTextsSchema,
} from '../../contract/event-lifecycle.ts';
import { type EventId, eventIdSchema, makeEventId } from '../../contract/ids.ts';
import type { FieldError } from '../../contract/problems.ts';
import { timesOfCopy } from '../../contract/schedule.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { ifMatchOf } from '../../http/preconditions.ts';
import { HttpProblem } from '../../http/problem.ts';
import { bodyOptional, ERRORS_SHOWN_MAX, valid } from '../../http/validate.ts';
import { findAdminEvent } from '../../stores/postgres/admin-events.ts';
import type { Act } from '../../stores/postgres/audit.ts';
import { deleteEvent } from '../../stores/postgres/event-deletion.ts';
import type { EventPlan, Unfit } from '../../stores/postgres/event-plan-rows.ts';
import { insertEvent, replaceEvent } from '../../stores/postgres/event-plans.ts';
import { writeEventTexts } from '../../stores/postgres/event-texts.ts';
import { isEventAt, type PresentState, readEventState } from '../../stores/postgres/versions.ts';
import { wakeSale } from '../../sweep/wake-sale.ts';
import { createOnce } from './creating.ts';
import { planOf, unfitPlan, unknownCover } from './event-plan-input.ts';
import { answerChanged, type Needed } from './events.ts';
import { changedMeanwhile } from './versions.ts';

const NO_TIME: FieldError = { path: 'startsAt', message: 'is no time in the zone of the event' };

const eventParam = valid('param', z.object({ id: eventIdSchema }));

export function eventLifecycleRoutes(deps: Needed) {
  const { db } = deps.stores;
  const act = (c: Context<CallerEnv>, id: EventId): Act => ({
    actor: c.get('caller').userId,
    nowMs: deps.platform.nowMs(),
    condition: isEventAt(id, ifMatchOf(c)),
  });
  return new Hono<CallerEnv>()
    .post('/:id/publish', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      await publish(deps, id, act(c, id));
      return answerChanged(c, deps, id);
    })
    .patch('/:id/texts', eventParam, bodyOptional, valid('json', eventTextsSchema), async (c) => {
      const { id } = c.req.valid('param');
      const texts = c.req.valid('json');
      const written = await writeEventTexts(db, id, { texts, ...act(c, id) });
      if (written === 'not_found') throw new HttpProblem('not_found');
      if (written === 'changed') throw changedMeanwhile(await readEventState(db, id), texts);
      if (written === 'unknown_cover') throw unknownCover();
      return answerChanged(c, deps, id);
    })
    .post(
      '/:id/duplicate',
      eventParam,
      bodyOptional,
      valid('json', duplicateInputSchema),
      async (c) => {
        const { id } = c.req.valid('param');
        const { body, headers } = await duplicate(c, deps, { id, input: c.req.valid('json') });
        return c.json(body, 201, headers);
      },
    )
    .delete('/:id', eventParam, async (c) => {
      const { id } = c.req.valid('param');
      const deletion = await deleteEvent(db, id, act(c, id));
      if (deletion === 'not_found') throw new HttpProblem('not_found');
      if (deletion === 'changed') throw changedMeanwhile(await readEventState(db, id));
      if (deletion === 'in_use') throw new HttpProblem('event_in_use');
      if (deletion === 'has_entries') throw new HttpProblem('has_entries');
      // Whoever still looks at it is told that there is no such event.
      await wakeSale(deps, id);
      deps.live.notifyViewers(id);
      return c.body(null, 204);
    });
}

/** Shows a draft to everybody. One that is published stays as it is. */
async function publish(deps: Needed, id: EventId, { condition, ...act }: Act): Promise<void> {
  const { db } = deps.stores;
  const state = await readEventState(db, id);
  if (state === undefined) throw new HttpProblem('not_found');
  if (state.fields['published'] === true) {
    // Nothing is changed, so nothing but the version can be in the way.
    const found = await writeEventTexts(db, id, { texts: {}, condition, ...act });
    if (found === 'changed') throw changedMeanwhile(await readEventState(db, id));
    return;
  }
  const plan = await fittingPlan(deps, plannedAgain(state, { published: true }));
  const isAsRead = isEventAt(id, [state.version]);
  const written = await replaceEvent(db, id, {
    plan,
    ...act,
    action: 'event.publish',
    condition: condition ?? isAsRead,
  });
  if (written.outcome === 'written') return;
  if (written.outcome === 'not_found') throw new HttpProblem('not_found');
  if (written.outcome === 'cancelled') throw new HttpProblem('event_cancelled');
  if (written.outcome === 'not_locked') throw new HttpProblem('event_not_locked');
  if (written.outcome === 'changed') throw changedMeanwhile(await readEventState(db, id));
  throw unfit(plan, written);
}

/** A draft with the same items, prices and conditions, which opens later. */
function duplicate(
  c: Context<CallerEnv>,
  deps: Needed,
  { id, input }: { id: EventId; input: DuplicateInput },
) {
  const { sale, stores, platform } = deps;
  const copyId = makeEventId(platform.fillRandom, sale.eventDigest);
  const actor = c.get('caller').userId;
  return createOnce<AdminEvent>(c, deps, {
    operation: 'duplicateEvent',
    input: { id, ...input },
    id: copyId,
    below: c.req.path.slice(0, -`/${id}/duplicate`.length),
    async make(call) {
      const state = await readEventState(stores.db, id);
      if (state === undefined) throw new HttpProblem('not_found');
      const nowMs = platform.nowMs();
      const planned = state.fields as Pick<EventInput, 'startsAt' | 'endsAt' | 'timeZone'>;
      const times = timesOfCopy({ ...planned, asked: input.startsAt }, nowMs);
      if (times === undefined) throw new HttpProblem('malformed', { errors: [NO_TIME] });
      const title = input.title ?? state.fields['title'];
      const copy = plannedAgain(state, { ...times, title, published: false });
      // What is wrong with a time that was asked for is wrong with the request.
      const plan = await (input.startsAt === undefined ? fittingPlan : planOf)(deps, copy);
      const written = await insertEvent(stores.db, copyId, { plan, actor, call });
      if (written.outcome !== 'written') throw unfit(plan, written);
      return written.claimed;
    },
    read: async (made) => {
      const event = await findAdminEvent(stores.db, made as EventId, platform.nowMs());
      if (event === undefined) throw new HttpProblem('not_found');
      return event;
    },
  });
}

/** What was planned, with some of it changed, as it would be sent anew. @throws HttpProblem by today's rules */
function plannedAgain({ fields }: PresentState, changed: Record<string, unknown>): EventInput {
  const sent = Object.keys(eventInputSchema.shape).flatMap((name) =>
    fields[name] === undefined ? [] : [[name, fields[name]]],
  );
  const read = eventInputSchema.safeParse({ ...Object.fromEntries(sent), ...changed });
  if (read.success) return read.data;
  throw refused(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
}

/** @throws HttpProblem `plan_unfit` where the plan is not the request's own. */
async function fittingPlan(deps: Needed, input: EventInput): Promise<EventPlan> {
  try {
    return await planOf(deps, input);
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.code !== 'malformed') throw error;
    throw refused(error.fields.errors ?? []);
  }
}

function unfit(plan: EventPlan, written: Unfit | { outcome: string }): HttpProblem {
  if ('itemIds' in written || 'unfit' in written) {
    return refused(unfitPlan(plan, written).fields.errors ?? []);
  }
  if (written.outcome === 'unknown_cover') return refused(unknownCover().fields.errors ?? []);
  return new HttpProblem(
    written.outcome === 'has_entries' ? 'has_entries' : 'item_numbers_used_up',
  );
}

function refused(errors: FieldError[]): HttpProblem {
  return new HttpProblem('plan_unfit', { errors: errors.slice(0, ERRORS_SHOWN_MAX) });
}
