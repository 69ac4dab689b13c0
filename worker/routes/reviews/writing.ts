/** Writing a comment or a reply once, however often its request is sent. */
import type { Context } from 'hono';
import { type CommentId, type EventId, makeCommentId, type UserId } from '../../contract/ids.ts';
import type { Comment } from '../../contract/reviews.ts';
import type { Needs } from '../../deps/deps.ts';
import type { SessionEnv } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { digestOf, hashOf } from '../../http/request-hash.ts';
import { idempotencyKeyOf } from '../../http/validate.ts';
import {
  addComment,
  commentsIn,
  type NewComment,
  withAuthors,
} from '../../stores/documents/discussion.ts';
import { documentsOf } from './entry.ts';

type Needed = Needs<{ stores: 'db' | 'documents'; platform: 'nowMs' | 'fillRandom' }>;

const RANDOM_BYTES = 32;

/** @throws HttpProblem for a key that named another request, or a parent that went away. */
export async function writeComment(
  c: Context<SessionEnv>,
  deps: Needed,
  wanted: { eventId: EventId; parent: NewComment['parent']; body: string },
): Promise<{ comment: Comment; headers: Record<string, string> }> {
  const { eventId, parent, body } = wanted;
  const { db } = deps.stores;
  const { nowMs, fillRandom } = deps.platform;
  const comments = commentsIn(documentsOf(deps));
  const authorId = c.get('user').id;
  const key = idempotencyKeyOf(c);
  const now = nowMs();
  const added = await addComment(comments, {
    id:
      key === null
        ? makeCommentId(eventId, fillRandom(new Uint8Array(RANDOM_BYTES)))
        : await namedId(eventId, authorId, key),
    parent,
    authorId,
    body,
    requestHash: key === null ? null : await hashOf([parent?.id ?? null, body]),
    nowMs: now,
  });
  if (added === 'not_found') throw new HttpProblem('not_found');
  if (added === 'key_reused') {
    const extra = { serverNow: new Date(now).toISOString() };
    throw new HttpProblem('idempotency_key_reused', { extra });
  }
  const [comment] = await withAuthors({ db, comments }, [added.document]);
  if (comment === undefined) throw new Error('a document became no comment');
  return { comment, headers: added.replayed ? { 'Idempotent-Replayed': 'true' } : {} };
}

/** A key is one customer's own, and within one event. */
async function namedId(eventId: EventId, authorId: UserId, key: string): Promise<CommentId> {
  return makeCommentId(eventId, await digestOf([authorId, key]));
}
