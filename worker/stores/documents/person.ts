/**
 * What one person wrote and voted, in MongoDB: read to be taken away, and erased with their account.
 * Every search is by an index of docs/deployment.md, or reads the whole collection where it is missing.
 */
import * as z from 'zod';
import {
  commentIdSchema,
  eventIdSchema,
  itemIdSchema,
  type ReviewId,
  reviewIdOf,
  reviewIdSchema,
  type UserId,
  userIdSchema,
} from '../../contract/ids.ts';
import { OWN_DATA_ENTRIES_MAX, type OwnData } from '../../contract/own-data.ts';
import { ratingSchema, reportInputSchema } from '../../contract/reviews.ts';
import { type DataApiClient, type Expression, instant } from './data-api-client.ts';
import { writtenSchema } from './document-pages.ts';

/** Whose text is gone, or whose rating has no person any more: nobody has this id. */
export const FORMER_CUSTOMER = userIdSchema.parse(`usr_${'0'.repeat(18)}`);

/** Reviews that one call of `erasePersonDocuments` takes the person out of. */
export const REVIEWS_PER_CALL_MAX = 50;

const reviewSchema = z.object({
  _id: reviewIdSchema,
  itemId: itemIdSchema,
  rating: ratingSchema,
  comment: writtenSchema,
  hidden: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

const commentSchema = z.object({
  _id: commentIdSchema,
  eventId: eventIdSchema,
  parentId: commentIdSchema.nullable(),
  body: writtenSchema,
  deleted: z.boolean(),
  hidden: z.boolean(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
});

const reasonSchema = reportInputSchema.shape.reason;
const reportedSchema = z.object({
  _id: z.union([reviewIdSchema, commentIdSchema]),
  reportedBy: z.array(z.string()).default([]),
  reportReasons: z.array(reasonSchema).default([]),
});

const voteSchema = z.object({ _id: reviewIdSchema });

const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;

type PersonDocuments = Pick<OwnData, 'reviews' | 'comments' | 'helpfulVotes' | 'reports'>;

/** Of each list one entry more than a download takes along, where there are more. Throws a Fault. */
export async function readPersonDocuments(
  client: DataApiClient,
  userId: UserId,
): Promise<PersonDocuments> {
  // One after the other: each may read a whole collection, and others wait for the store too.
  const reviews = await client.collection('reviews', reviewSchema).find({
    filter: { customerId: userId },
    projection: shown(reviewSchema),
    sort: NEWEST_FIRST,
    limit: OWN_DATA_ENTRIES_MAX.reviews + 1,
  });
  const comments = await client.collection('event_comments', commentSchema).find({
    filter: { authorId: userId },
    projection: shown(commentSchema),
    sort: NEWEST_FIRST,
    limit: OWN_DATA_ENTRIES_MAX.comments + 1,
  });
  const votes = await client.collection('reviews', voteSchema).find({
    filter: { helpfulBy: userId },
    projection: shown(voteSchema),
    sort: { _id: 1 },
    limit: OWN_DATA_ENTRIES_MAX.helpfulVotes + 1,
  });
  const reports = [
    ...(await readReports(client, 'reviews', userId)),
    ...(await readReports(client, 'event_comments', userId)),
  ];
  return {
    reviews: reviews.map(({ _id: id, ...review }) => ({ id, ...review })),
    comments: comments.map(({ _id: id, ...comment }) => ({ id, ...comment })),
    helpfulVotes: votes.map(({ _id }) => _id),
    reports,
  };
}

async function readReports(
  client: DataApiClient,
  name: 'reviews' | 'event_comments',
  userId: UserId,
): Promise<OwnData['reports']> {
  const found = await client.collection(name, reportedSchema).find({
    filter: { reportedBy: userId },
    projection: shown(reportedSchema),
    sort: { _id: 1 },
    limit: OWN_DATA_ENTRIES_MAX.reports + 1,
  });
  return found.map(({ _id: id, reportedBy, reportReasons }) => {
    // One reason for each reporter, in their order, until one of them was erased.
    const isPaired = reportedBy.length === reportReasons.length;
    const reason = isPaired ? reportReasons[reportedBy.indexOf(userId)] : undefined;
    return { id, reason: reason ?? null };
  });
}

function shown({ shape }: { shape: Record<string, unknown> }): Record<string, 1> {
  return Object.fromEntries(Object.keys(shape).map((name) => [name, 1]));
}

/**
 * Takes a person out of all documents: texts go, ratings, votes and reports go on being counted. Repeating
 * it is safe, also after half of it. Throws a Fault.
 * @param makeReviewKey what names a review without its customer; new each time.
 * @returns whether nothing is left; otherwise it is to be called again.
 */
export async function erasePersonDocuments(
  client: DataApiClient,
  userId: UserId,
  makeReviewKey: () => UserId,
): Promise<boolean> {
  const reviews = client.collection('reviews', wholeReviewSchema);
  const comments = client.collection('event_comments', z.object({}));
  await comments.updateMany({
    filter: { authorId: userId },
    update: {
      $set: {
        authorId: FORMER_CUSTOMER,
        body: '',
        deleted: true,
        reported: false,
        requestHash: null,
      },
    },
  });
  // No text waits for its review's turn.
  await reviews.updateMany({
    filter: { customerId: userId, comment: { $ne: '' } },
    update: { $set: { comment: '' } },
  });
  const removed = { $pull: { helpfulBy: userId } };
  await reviews.updateMany({ filter: { helpfulBy: userId }, update: removed });
  for (const collection of [reviews, comments]) {
    await collection.updateMany({
      filter: { reportedBy: userId },
      update: { $pull: { reportedBy: userId } },
    });
  }
  const found = await reviews.find({
    filter: { customerId: userId },
    sort: { _id: 1 },
    limit: REVIEWS_PER_CALL_MAX + 1,
  });
  for (const { _id, itemId } of found.slice(0, REVIEWS_PER_CALL_MAX)) {
    await renameReview(client, { _id, next: reviewIdOf(itemId, makeReviewKey()) });
  }
  return found.length <= REVIEWS_PER_CALL_MAX;
}

const wholeReviewSchema = z.looseObject({
  _id: reviewIdSchema,
  itemId: itemIdSchema,
  successor: reviewIdSchema.nullable().default(null),
});

/**
 * A review's id names its customer, and no document can change its id: a copy under another id takes its
 * place. The copy's id is written into the review first, so that a repeat makes no second copy; the rating
 * counts twice for as long as one call takes.
 */
async function renameReview(
  client: DataApiClient,
  { _id, next }: { _id: ReviewId; next: ReviewId },
): Promise<void> {
  const reviews = client.collection('reviews', wholeReviewSchema);
  await reviews.updateOne({
    filter: { _id, successor: null },
    update: { $set: { successor: next } },
  });
  const review = await reviews.findOne({ filter: { _id } });
  if (review === null || review.successor === null) return;
  const { successor, ...kept } = review;
  const copy: Expression = {
    ...withDates(kept),
    _id: successor,
    customerId: FORMER_CUSTOMER,
    comment: '',
  };
  await reviews.insertOne(copy);
  await reviews.deleteOne({ _id });
}

/** Dates come as text and are written as dates. */
function withDates(document: Expression): Expression {
  const names = new Set(['createdAt', 'updatedAt', 'reportedAt']);
  const isDate = ([name, value]: [string, unknown]) => names.has(name) && typeof value === 'string';
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      isDate([name, value]) ? instant(Date.parse(value as string)) : value,
    ]),
  );
}
