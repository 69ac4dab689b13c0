/**
 * Reports of reviews and comments, and what admins do about them. A report and a decision are
 * each one update, so repeating them is safe.
 */
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { COUNT_MAX } from '../../contract/home-limits.ts';
import {
  type CommentId,
  commentIdSchema,
  eventIdOf,
  itemIdOf,
  type ReviewId,
  reviewIdSchema,
  type UserId,
  userIdSchema,
} from '../../contract/ids.ts';
import {
  REVIEW_LIMITS,
  type Reported,
  type ReportReason,
  type ReportState,
  reportInputSchema,
} from '../../contract/reviews.ts';
import { logChanges } from '../postgres/audit.ts';
import { type Db, guarded } from '../postgres/client.ts';
import type { Place } from '../postgres/cursors.ts';
import { type DataApiClient, type Documents, type Expression, instant } from './data-api-client.ts';
import { afterInstant, writtenSchema } from './document-pages.ts';
import { readAuthors } from './review-subjects.ts';

const documentSchema = z.object({
  _id: z.union([reviewIdSchema, commentIdSchema]),
  /** Of a review, or of a comment. */
  customerId: userIdSchema.optional(),
  authorId: userIdSchema.optional(),
  comment: writtenSchema.optional(),
  body: writtenSchema.optional(),
  createdAt: z.iso.datetime(),
  hidden: z.boolean(),
  deleted: z.boolean().default(false),
  reports: z.int(),
  /** Since the last decision. */
  reported: z.boolean().default(false),
  reportReasons: z.array(reportInputSchema.shape.reason).default([]),
  reportedAt: z.iso.datetime().nullable().default(null),
});
type ReportedDocument = z.infer<typeof documentSchema>;

const UNREAD = { helpfulBy: 0, reportedBy: 0 } as const;

export type Kind = 'reviews' | 'comments';
export type Moderated = Documents<ReportedDocument>;

export function moderatedIn(client: DataApiClient, kind: Kind): Moderated {
  return client.collection(kind === 'reviews' ? 'reviews' : 'event_comments', documentSchema);
}

/**
 * One report per customer; past the limit no more are kept. Reported anew after an admin's
 * decision, it comes up again.
 * @returns whether there is something to be reported.
 */
export async function report(
  moderated: Moderated,
  made: { id: ReviewId | CommentId; by: UserId; reason: ReportReason; nowMs: number },
): Promise<boolean> {
  const { id, by, reason, nowMs } = made;
  const { matchedCount } = await moderated.updateOne({
    filter: {
      _id: id,
      hidden: false,
      reports: { $lt: REVIEW_LIMITS.reportsMax },
      reportedBy: { $nin: [by] },
    },
    update: {
      $push: { reportedBy: by, reportReasons: reason },
      $inc: { reports: 1 },
      $set: { reported: true, reportedAt: instant(nowMs) },
    },
  });
  if (matchedCount > 0) return true;
  const document = await find(moderated, id);
  return document !== null && !document.hidden && !document.deleted;
}

/** What is hidden may never have been reported, so that its list goes by another instant. */
const LISTS = {
  open: { of: { reported: true }, by: 'reportedAt' },
  hidden: { of: { hidden: true }, by: 'createdAt' },
} as const satisfies Record<ReportState, { of: Expression; by: keyof ReportedDocument }>;

/**
 * What was reported and not decided, latest report first; or what is hidden, latest written first.
 * Reads one more than `limit`.
 */
export async function listReported(
  moderated: Moderated,
  { state, after, limit }: { state: ReportState; after: Place | undefined; limit: number },
): Promise<ReportedDocument[]> {
  const { of, by } = LISTS[state];
  return moderated.find({
    filter: { $and: [of, ...afterInstant(after, by)] },
    projection: UNREAD,
    sort: { [by]: -1, _id: -1 },
    limit: limit + 1,
  });
}

/** How many wait for a decision; one more than COUNT_MAX stands for more. */
export async function countReported(moderated: Moderated): Promise<number> {
  const [counted] = await moderated.aggregate(
    [{ $match: LISTS.open.of }, { $limit: COUNT_MAX + 1 }, { $count: 'count' }],
    z.object({ count: z.int() }),
  );
  return counted?.count ?? 0;
}

export function placeIn(state: ReportState): (document: ReportedDocument) => Place {
  const { by } = LISTS[state];
  return ({ _id, [by]: at }) => ({ atMs: Date.parse(at ?? ''), id: _id });
}

/**
 * Hides or restores, and closes its reports. The audit log is written first: a decision that was
 * carried out is always in it. Where MongoDB then fails, the entry records what was meant, the
 * admin is answered 503, and sending it again carries it out without a second entry.
 * @returns undefined without such a review or comment.
 */
export async function decide(
  { db, moderated }: { db: Db; moderated: Moderated },
  decision: { id: ReviewId | CommentId; hidden: boolean; actor: UserId },
): Promise<ReportedDocument | undefined> {
  const { id, hidden } = decision;
  const before = await find(moderated, id);
  if (before === null) return undefined;
  // To let something reported stand is a decision too.
  if (before.hidden !== hidden || before.reported) await logDecision(db, decision, before);
  await moderated.updateOne({
    filter: { _id: id },
    update: { $set: { hidden, reported: false } },
  });
  return { ...before, hidden };
}

/** Sent again, a decision has no second entry, unless it was about further reports. */
async function logDecision(
  db: Db,
  { id, hidden, actor }: { id: string; hidden: boolean; actor: UserId },
  before: ReportedDocument,
): Promise<void> {
  const noun = id.startsWith('rev_') ? 'review' : 'comment';
  const action = `${noun}.${hidden ? 'hide' : 'restore'}`;
  const about = before.reported ? before.reportedAt : null;
  const from = JSON.stringify({ hidden: before.hidden, reportedAt: about });
  const to = JSON.stringify({ hidden, reportedAt: null });
  const last = sql`(SELECT jsonb_build_array(action, before -> 'reportedAt') FROM audit_log
    WHERE subject = ${id} ORDER BY id DESC LIMIT 1)`;
  const now = sql`jsonb_build_array(${action}::text, ${about}::text)`;
  const change = sql`SELECT ${from}::jsonb, ${to}::jsonb WHERE ${last} IS DISTINCT FROM ${now}`;
  await guarded(() => db.execute(logChanges({ actor, action, subject: id }, change)));
}

function find(moderated: Moderated, id: ReviewId | CommentId): Promise<ReportedDocument | null> {
  return moderated.findOne({ filter: { _id: id }, projection: UNREAD });
}

/** As admins see them, with the authors' names in one query. */
export async function describeReported(
  db: Db,
  documents: readonly ReportedDocument[],
): Promise<Reported[]> {
  const authorOf = await readAuthors(db, documents.map(authorIdOf));
  return documents.map((document) => {
    const { _id: id, createdAt, hidden, reports, reportReasons, reportedAt } = document;
    const { comment, body = '' } = document;
    return {
      ...aboutOf(id),
      text: comment ?? body,
      author: authorOf(authorIdOf(document)),
      createdAt,
      hidden,
      reports,
      reasons: reportReasons,
      reportedAt,
    };
  });
}

function aboutOf(id: ReviewId | CommentId): Pick<Reported, 'kind' | 'id' | 'subjectId'> {
  const review = reviewIdSchema.safeParse(id);
  if (review.success) return { kind: 'review', id, subjectId: itemIdOf(review.data) };
  return { kind: 'comment', id, subjectId: eventIdOf(commentIdSchema.parse(id)) };
}

function authorIdOf({ customerId, authorId }: ReportedDocument): UserId {
  const id = customerId ?? authorId;
  if (id === undefined) throw new Error('a document without an author');
  return id;
}
