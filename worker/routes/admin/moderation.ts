/** What was reported or hidden, and what admins do about it, over HTTP. */
import { Hono } from 'hono';
import * as z from 'zod';
import {
  type CommentId,
  commentIdSchema,
  eventIdOf,
  type ReviewId,
  reviewIdSchema,
  type UserId,
} from '../../contract/ids.ts';
import { type Reported, type ReportList, reportListQuerySchema } from '../../contract/reviews.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import {
  decide,
  describeReported,
  type Kind,
  listReported,
  moderatedIn,
  placeIn,
} from '../../stores/documents/moderation.ts';
import { paged } from '../../stores/postgres/cursors.ts';
import { documentsOf } from '../reviews/entry.ts';

const reviewParam = valid('param', z.object({ id: reviewIdSchema }));
const commentParam = valid('param', z.object({ id: commentIdSchema }));

type Deciding = Needs<{ stores: 'db' | 'documents' }>;

export function reportRoutes(deps: Deciding & Needs<{ platform: 'nowMs' }>) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  return new Hono<CallerEnv>().get('/', valid('query', reportListQuerySchema), async (c) => {
    const { of, state, cursor, limit } = c.req.valid('query');
    const after = pageStart(cursor);
    const rows = await listReported(moderatedIn(documentsOf(deps), of), { state, after, limit });
    const { page, nextCursor } = paged(rows, limit, placeIn(state));
    const reports = await describeReported(db, page);
    const list: ReportList = { reports, nextCursor, serverNow: new Date(nowMs()).toISOString() };
    return c.json(list, 200);
  });
}

export function reviewModerationRoutes(deps: Deciding) {
  return new Hono<CallerEnv>()
    .post('/:id/hide', reviewParam, async (c) =>
      c.json(await decided(deps, 'reviews', { ...decision(c), hidden: true }), 200),
    )
    .post('/:id/restore', reviewParam, async (c) =>
      c.json(await decided(deps, 'reviews', { ...decision(c), hidden: false }), 200),
    );
}

export function commentModerationRoutes(deps: Deciding & Needs<{ live: 'notifyReaders' }>) {
  return new Hono<CallerEnv>()
    .post('/:id/hide', commentParam, async (c) =>
      c.json(await commentDecided(deps, { ...decision<CommentId>(c), hidden: true }), 200),
    )
    .post('/:id/restore', commentParam, async (c) =>
      c.json(await commentDecided(deps, { ...decision<CommentId>(c), hidden: false }), 200),
    );
}

/** Its readers see the decision soon. */
async function commentDecided(
  deps: Deciding & Needs<{ live: 'notifyReaders' }>,
  made: { id: CommentId; hidden: boolean; actor: UserId },
): Promise<Reported> {
  const reported = await decided(deps, 'comments', made);
  deps.live.notifyReaders(eventIdOf(made.id));
  return reported;
}

function decision<Id>(c: {
  req: { valid(target: 'param'): { id: Id } };
  get(name: 'caller'): { userId: UserId };
}): { id: Id; actor: UserId } {
  return { id: c.req.valid('param').id, actor: c.get('caller').userId };
}

async function decided(
  deps: Deciding,
  kind: Kind,
  made: { id: ReviewId | CommentId; hidden: boolean; actor: UserId },
): Promise<Reported> {
  const { db } = deps.stores;
  const document = await decide({ db, moderated: moderatedIn(documentsOf(deps), kind) }, made);
  if (document === undefined) throw new HttpProblem('not_found');
  const [reported] = await describeReported(db, [document]);
  if (reported === undefined) throw new Error('a document became no report');
  return reported;
}
