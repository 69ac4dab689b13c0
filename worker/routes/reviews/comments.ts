/** The discussion of events, over HTTP. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import {
  type CommentId,
  commentIdSchema,
  type EventId,
  eventIdOf,
  eventIdSchema,
} from '../../contract/ids.ts';
import {
  type Comment,
  type CommentList,
  commentInputSchema,
  reportInputSchema,
} from '../../contract/reviews.ts';
import { LIMITS, pageQuerySchema } from '../../contract/values.ts';
import type { Needs } from '../../deps/deps.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { keyAccepted, valid } from '../../http/validate.ts';
import {
  type CommentDocument,
  type CommentPage,
  commentsIn,
  deleteComment,
  editComment,
  findComment,
  listComments,
  listReplies,
  takesReplies,
  withAuthors,
} from '../../stores/documents/discussion.ts';
import { moderatedIn, report } from '../../stores/documents/moderation.ts';
import { hasPublishedEvent } from '../../stores/documents/review-subjects.ts';
import { paged } from '../../stores/postgres/cursors.ts';
import { documentsOf, limitWrites, type ReadNeeds, readFor } from './entry.ts';
import { writeComment } from './writing.ts';

const eventParam = valid('param', z.object({ event_id: eventIdSchema }));
const commentParam = valid('param', z.object({ comment_id: commentIdSchema }));
const body = valid('json', commentInputSchema);
const pageQuery = valid('query', pageQuerySchema);

type Documents = Needs<{ stores: 'db' | 'documents' }>;
type Needed = Documents &
  ReadNeeds &
  SessionNeeds &
  Needs<{
    live: 'notifyReaders';
    stores: 'known';
    limits: 'account';
    platform: 'fillRandom';
  }>;

/** Comments on an event, mounted at its place. */
export function eventCommentRoutes(deps: Needed) {
  const signedIn = requireSession(deps);
  return new Hono<SessionEnv>()
    .post('/:event_id/comments', signedIn, eventParam, limitWrites(deps), body, async (c) => {
      const { event_id: eventId } = c.req.valid('param');
      await mustBePublished(deps, eventId);
      const { comment, headers } = await writeComment(c, deps, {
        eventId,
        parent: null,
        body: c.req.valid('json').body,
      });
      deps.live.notifyReaders(eventId);
      return c.json(comment, 201, headers);
    })
    .get('/:event_id/comments', eventParam, pageQuery, async (c) => {
      const { event_id: eventId } = c.req.valid('param');
      const { list, headers } = await readPage(c, deps, {
        eventId,
        of: eventId,
        read: (page) => listComments(commentsIn(documentsOf(deps)), eventId, page),
        ...c.req.valid('query'),
      });
      return c.json(list, 200, headers);
    });
}

/** What is done to one comment, by its id. */
export function commentRoutes(deps: Needed) {
  const { live } = deps;
  const { nowMs } = deps.platform;
  const signedIn = requireSession(deps);
  const writing = limitWrites(deps);
  const store = () => commentsIn(documentsOf(deps));
  return new Hono<SessionEnv>()
    .post('/:comment_id/replies', signedIn, commentParam, writing, body, async (c) => {
      const { comment_id: id } = c.req.valid('param');
      const parent = await findComment(store(), id);
      if (parent === null) throw new HttpProblem('not_found');
      const eventId = eventIdOf(id);
      await mustBePublished(deps, eventId);
      if (!takesReplies(parent)) throw new HttpProblem('reply_too_deep');
      const input = c.req.valid('json');
      const { comment, headers } = await writeComment(c, deps, {
        eventId,
        parent: { id, depth: parent.depth },
        ...input,
      });
      live.notifyReaders(eventId);
      return c.json(comment, 201, headers);
    })
    .get('/:comment_id/replies', commentParam, pageQuery, async (c) => {
      const { comment_id: id } = c.req.valid('param');
      const { list, headers } = await readPage(c, deps, {
        eventId: eventIdOf(id),
        of: id,
        read: (page) => repliesTo(deps, id, page),
        ...c.req.valid('query'),
      });
      return c.json(list, 200, headers);
    })
    .put('/:comment_id', signedIn, commentParam, writing, body, async (c) => {
      const { comment_id: id } = c.req.valid('param');
      const input = c.req.valid('json');
      await mustBePublished(deps, eventIdOf(id));
      const edit = { id, authorId: c.get('user').id, nowMs: nowMs(), ...input };
      const edited = await editComment(store(), edit);
      if (typeof edited === 'string') throw new HttpProblem(edited);
      live.notifyReaders(eventIdOf(id));
      return c.json(await complete(deps, edited), 200);
    })
    .delete('/:comment_id', signedIn, commentParam, writing, async (c) => {
      const { comment_id: id } = c.req.valid('param');
      const deleted = await deleteComment(store(), { id, authorId: c.get('user').id });
      if (deleted !== 'deleted') throw new HttpProblem(deleted);
      live.notifyReaders(eventIdOf(id));
      return c.body(null, 204);
    })
    .post(
      '/:comment_id/report',
      signedIn,
      commentParam,
      writing,
      keyAccepted,
      valid('json', reportInputSchema),
      async (c) => {
        const { comment_id: id } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        const made = { id, by: c.get('user').id, reason, nowMs: nowMs() };
        const known = await report(moderatedIn(documentsOf(deps), 'comments'), made);
        if (!known) throw new HttpProblem('not_found');
        return c.body(null, 204);
      },
    );
}

async function mustBePublished({ stores }: Documents, eventId: EventId): Promise<void> {
  if (!(await hasPublishedEvent(stores.db, eventId))) throw new HttpProblem('not_found');
}

/** @returns undefined where there is nothing that could have replies. */
async function repliesTo(
  deps: Documents,
  id: CommentId,
  page: CommentPage,
): Promise<CommentDocument[] | undefined> {
  const comments = commentsIn(documentsOf(deps));
  const replies = await listReplies(comments, id, page);
  if (replies.length > 0 || (await findComment(comments, id)) !== null) return replies;
  return undefined;
}

interface AskedPage {
  eventId: EventId;
  of: EventId | CommentId;
  cursor?: string | undefined;
  limit: number;
  read(page: CommentPage): Promise<CommentDocument[] | undefined>;
}

async function readPage(
  c: Context<SessionEnv>,
  deps: Documents & ReadNeeds & Needs<{ stores: 'known' }>,
  asked: AskedPage,
) {
  const { eventId, of, cursor, limit } = asked;
  const { db, known } = deps.stores;
  const after = pageStart(cursor);
  const { value, headers } = await readFor(c, deps, {
    key: `comments ${JSON.stringify([of, limit, cursor])}`,
    // Nobody can tell a comment's id from an invented one without asking for it.
    isClientKey: of !== eventId || cursor !== undefined || limit !== LIMITS.pageSizeDefault,
    async read() {
      const comments = commentsIn(documentsOf(deps));
      if (!(await known.events.has(eventId))) return undefined;
      if (!(await hasPublishedEvent(db, eventId))) return undefined;
      const rows = await asked.read({ after, limit });
      if (rows === undefined) return undefined;
      const { page, nextCursor } = paged(rows, limit, ({ createdAt, _id }) => ({
        atMs: Date.parse(createdAt),
        id: _id,
      }));
      return { comments: await withAuthors({ db, comments }, page), nextCursor };
    },
  });
  if (value === undefined) throw new HttpProblem('not_found');
  const list: CommentList = { ...value, serverNow: new Date(deps.platform.nowMs()).toISOString() };
  return { list, headers };
}

async function complete(deps: Documents, document: CommentDocument): Promise<Comment> {
  const comments = commentsIn(documentsOf(deps));
  const [comment] = await withAuthors({ db: deps.stores.db, comments }, [document]);
  if (comment === undefined) throw new Error('a document became no comment');
  return comment;
}
