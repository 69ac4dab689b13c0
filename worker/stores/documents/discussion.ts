/**
 * The discussion of events in MongoDB: comments and nested replies, one document each. A deleted
 * one stays as a document without text, so that a repeated request does not bring it back.
 */
import * as z from 'zod';
import {
  type CommentId,
  commentIdSchema,
  type EventId,
  eventIdOf,
  eventIdSchema,
  idPrefixOf,
  type UserId,
  userIdSchema,
} from '../../contract/ids.ts';
import { type Comment, REVIEW_LIMITS } from '../../contract/reviews.ts';
import type { Db } from '../postgres/client.ts';
import type { Place } from '../postgres/cursors.ts';
import { type DataApiClient, type Documents, type Expression, instant } from './data-api-client.ts';
import { afterInstant, idsWithin, writtenSchema } from './document-pages.ts';
import { readAuthors } from './review-subjects.ts';
import { UNREPORTED } from './reviews.ts';

const documentSchema = z.object({
  _id: commentIdSchema,
  eventId: eventIdSchema,
  parentId: commentIdSchema.nullable(),
  depth: z.int(),
  authorId: userIdSchema,
  body: writtenSchema,
  deleted: z.boolean(),
  hidden: z.boolean(),
  /** Set before a reply is written: what has replies stays to be seen. */
  hasReplies: z.boolean(),
  /** Of the request that made it, where that named a key. */
  requestHash: z.string().nullable(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
});
export type CommentDocument = z.infer<typeof documentSchema>;

const UNREAD = { reportedBy: 0, reportReasons: 0 } as const;
/** What a reader is shown, be it as a placeholder. */
const SEEN: Expression = { $or: [{ deleted: false, hidden: false }, { hasReplies: true }] };

export type Comments = Documents<CommentDocument>;

export function commentsIn(client: DataApiClient): Comments {
  return client.collection('event_comments', documentSchema);
}

export interface NewComment {
  /** The same for a request that is sent again with its key. */
  id: CommentId;
  /** What it replies to. */
  parent: { id: CommentId; depth: number } | null;
  authorId: UserId;
  body: string;
  requestHash: string | null;
  nowMs: number;
}

/**
 * Writes a comment, or finds the one that the same request wrote before.
 * @returns `key_reused` where another request wrote it, `not_found` where what it replies to was
 *   deleted or hidden meanwhile.
 */
export async function addComment(
  comments: Comments,
  made: NewComment,
): Promise<{ document: CommentDocument; replayed: boolean } | 'key_reused' | 'not_found'> {
  const { id, parent, requestHash, nowMs } = made;
  if (parent !== null && !(await markReplied(comments, parent.id))) {
    const before = requestHash === null ? null : await findComment(comments, id);
    if (before === null || before.requestHash !== requestHash) return 'not_found';
    return { document: before, replayed: true };
  }
  const document = newDocument(made);
  const createdAt = instant(nowMs);
  const inserted = await comments.insertOne({ ...document, createdAt, ...UNREPORTED });
  if (inserted === 'inserted') return { document, replayed: false };
  const before = await findComment(comments, id);
  if (before === null) throw new Error('a comment whose id is taken is not there');
  if (before.requestHash !== requestHash) return 'key_reused';
  return { document: before, replayed: true };
}

/** @returns false for a comment that is not there to be replied to, or no more. */
async function markReplied(comments: Comments, id: CommentId): Promise<boolean> {
  const { matchedCount } = await comments.updateOne({
    filter: { _id: id, deleted: false, hidden: false },
    update: { $set: { hasReplies: true } },
  });
  return matchedCount > 0;
}

function newDocument({ id, parent, authorId, body, requestHash, nowMs }: NewComment) {
  return {
    _id: id,
    eventId: eventIdOf(id),
    parentId: parent?.id ?? null,
    depth: parent === null ? 0 : parent.depth + 1,
    authorId,
    body,
    deleted: false,
    hidden: false,
    hasReplies: false,
    requestHash,
    createdAt: new Date(nowMs).toISOString(),
    editedAt: null,
  };
}

export async function findComment(
  comments: Comments,
  id: CommentId,
): Promise<CommentDocument | null> {
  return comments.findOne({ filter: { _id: id }, projection: UNREAD });
}

export interface CommentPage {
  after: Place | undefined;
  limit: number;
}

/** Comments on an event, newest first. Reads one more than `limit`. */
export async function listComments(
  comments: Comments,
  eventId: EventId,
  { after, limit }: CommentPage,
): Promise<CommentDocument[]> {
  const range = idsWithin(idPrefixOf(eventId));
  return comments.find({
    filter: { $and: [range, { parentId: null }, SEEN, ...afterInstant(after, 'createdAt')] },
    projection: UNREAD,
    sort: { createdAt: -1, _id: -1 },
    limit: limit + 1,
  });
}

/** Direct replies to a comment, oldest first. Reads one more than `limit`. */
export async function listReplies(
  comments: Comments,
  parentId: CommentId,
  { after, limit }: CommentPage,
): Promise<CommentDocument[]> {
  const range = idsWithin(idPrefixOf(eventIdOf(parentId)));
  return comments.find({
    filter: { $and: [range, { parentId }, SEEN, ...afterInstant(after, 'createdAt', 1)] },
    projection: UNREAD,
    sort: { createdAt: 1, _id: 1 },
    limit: limit + 1,
  });
}

/** @returns `forbidden` for somebody else's, `not_found` for what nobody sees any more. */
export async function editComment(
  comments: Comments,
  edit: { id: CommentId; authorId: UserId; body: string; nowMs: number },
): Promise<CommentDocument | 'forbidden' | 'not_found'> {
  const { id, authorId, body, nowMs } = edit;
  await comments.updateOne({
    filter: { _id: id, authorId, deleted: false, hidden: false },
    update: { $set: { body, editedAt: instant(nowMs) } },
  });
  const document = await findComment(comments, id);
  if (document === null || document.deleted || document.hidden) return 'not_found';
  return document.authorId === authorId ? document : 'forbidden';
}

/** Deleting twice changes nothing. @returns as `editComment`. */
export async function deleteComment(
  comments: Comments,
  { id, authorId }: { id: CommentId; authorId: UserId },
): Promise<'deleted' | 'forbidden' | 'not_found'> {
  const { matchedCount } = await comments.updateOne({
    filter: { _id: id, authorId },
    update: { $set: { deleted: true, body: '', reported: false } },
  });
  if (matchedCount > 0) return 'deleted';
  return (await findComment(comments, id)) === null ? 'not_found' : 'forbidden';
}

/** With the authors' names of today and the number of replies: one query of each store. */
export async function withAuthors(
  { db, comments }: { db: Db; comments: Comments },
  documents: readonly CommentDocument[],
): Promise<Comment[]> {
  const parents = documents.filter(({ hasReplies }) => hasReplies);
  const counts = await countReplies(comments, parents);
  const shown = documents.filter(({ deleted, hidden }) => !deleted && !hidden);
  const authorOf = await readAuthors(
    db,
    shown.map(({ authorId }) => authorId),
  );
  return documents.map((document) => {
    const { _id: id, eventId, parentId, depth, createdAt, deleted, hidden } = document;
    const replyCount = counts.get(id) ?? 0;
    const place = { id, eventId, parentId, depth, replyCount, createdAt };
    if (deleted || hidden) {
      const status = deleted ? 'deleted' : 'hidden';
      return { ...place, status, body: null, author: null, editedAt: null };
    }
    const { body, authorId, editedAt } = document;
    return { ...place, status: 'shown', body, author: authorOf(authorId), editedAt };
  });
}

async function countReplies(
  comments: Comments,
  parents: readonly CommentDocument[],
): Promise<Map<string, number>> {
  const [first] = parents;
  if (first === undefined) return new Map();
  const ids = parents.map(({ _id }) => _id);
  const rows = await comments.aggregate(
    [
      {
        $match: { $and: [idsWithin(idPrefixOf(first.eventId)), { parentId: { $in: ids } }, SEEN] },
      },
      { $group: { _id: '$parentId', n: { $sum: 1 } } },
    ],
    z.object({ _id: z.string(), n: z.int() }),
  );
  return new Map(rows.map(({ _id, n }) => [_id, n]));
}

/** Whether a reply may stand below it. */
export function takesReplies({ depth }: CommentDocument): boolean {
  return depth < REVIEW_LIMITS.replyDepthMax;
}
