/**
 * Ratings of catalogue items in MongoDB: one document per customer and item. Filters are built
 * here; what a client sent is only ever a value in them. Names and purchases are read elsewhere.
 */
import * as z from 'zod';
import {
  type ItemId,
  idPrefixOf,
  itemIdSchema,
  type ReviewId,
  reviewIdOf,
  reviewIdSchema,
  type UserId,
  userIdSchema,
} from '../../contract/ids.ts';
import {
  type Helpful,
  REVIEW_LIMITS,
  type Review,
  type ReviewInput,
  type ReviewSummary,
  ratingSchema,
} from '../../contract/reviews.ts';
import { type Db } from '../postgres/client.ts';
import type { Place } from '../postgres/cursors.ts';
import {
  type DataApiClient,
  type Documents,
  type Expression,
  instant,
  Taken,
} from './data-api-client.ts';
import { afterInstant, afterNumber, idsWithin, writtenSchema } from './document-pages.ts';
import { readReviewers } from './review-subjects.ts';

/** An upsert that lost the race for a new document finds it there the next time. */
const UPSERTS_MAX = 3;

const documentSchema = z.object({
  _id: reviewIdSchema,
  itemId: itemIdSchema,
  customerId: userIdSchema,
  rating: ratingSchema,
  comment: writtenSchema,
  helpful: z.int(),
  hidden: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type ReviewDocument = z.infer<typeof documentSchema>;

/** Who voted and who reported: long, and nobody's business. */
const UNREAD = { helpfulBy: 0, reportedBy: 0, reportReasons: 0 } as const;

export type Reviews = Documents<ReviewDocument>;

export function reviewsIn(client: DataApiClient): Reviews {
  return client.collection('reviews', documentSchema);
}

/**
 * Writes the customer's one review of an item, or changes it in place. Repeating it is safe.
 * @returns the document as it is now, and whether it is new.
 */
export async function rateItem(
  reviews: Reviews,
  who: { itemId: ItemId; customerId: UserId; nowMs: number },
  { rating, comment }: ReviewInput,
): Promise<{ document: ReviewDocument; isNew: boolean }> {
  const { itemId, customerId, nowMs } = who;
  const id = reviewIdOf(itemId, customerId);
  const now = instant(nowMs);
  const { upsertedId } = await upsert(reviews, {
    filter: { _id: id },
    update: {
      $set: { rating, comment, updatedAt: now },
      $setOnInsert: {
        itemId,
        customerId,
        helpful: 0,
        hidden: false,
        createdAt: now,
        ...UNREPORTED,
      },
    },
  });
  const written = await reviews.findOne({ filter: { _id: id }, projection: UNREAD });
  // Deleted from another tab in between: this is what was written all the same.
  const at = new Date(nowMs).toISOString();
  const document = written ?? {
    _id: id,
    itemId,
    customerId,
    rating,
    comment,
    helpful: 0,
    hidden: false,
    createdAt: at,
    updatedAt: at,
  };
  return { document, isNew: upsertedId !== undefined };
}

/** What a document has before anybody reported it, see moderation.ts. Lists begin with a value. */
export const UNREPORTED = { reported: false, reports: 0 } as const;

async function upsert(reviews: Reviews, change: { filter: Expression; update: Expression }) {
  for (let upserts = 1; ; upserts++) {
    try {
      return await reviews.updateOne({ ...change, upsert: true });
    } catch (error) {
      if (!(error instanceof Taken) || upserts === UPSERTS_MAX) throw error;
    }
  }
}

/** A hidden one loses its text and stays hidden, so that writing it anew does not bring it back. */
export async function removeReview(reviews: Reviews, _id: ReviewId): Promise<void> {
  const deleted = await reviews.deleteOne({ _id, hidden: false });
  if (deleted > 0) return;
  await reviews.updateOne({ filter: { _id, hidden: true }, update: { $set: { comment: '' } } });
}

export async function findReview(reviews: Reviews, _id: ReviewId): Promise<ReviewDocument | null> {
  return reviews.findOne({ filter: { _id }, projection: UNREAD });
}

/** Those that are shown. Reads one more than `limit`, to learn whether there is a next page. */
export async function listReviews(
  reviews: Reviews,
  page: { itemId: ItemId; sort: 'newest' | 'helpful'; after: Place | undefined; limit: number },
): Promise<ReviewDocument[]> {
  const { itemId, sort, after, limit } = page;
  const beyond =
    sort === 'newest' ? afterInstant(after, 'createdAt') : afterNumber(after, 'helpful');
  return reviews.find({
    filter: { $and: [idsWithin(idPrefixOf(itemId)), { hidden: false }, ...beyond] },
    projection: UNREAD,
    sort: sort === 'newest' ? { createdAt: -1, _id: -1 } : { helpful: -1, _id: -1 },
    limit: limit + 1,
  });
}

export function placeOfReview(sort: 'newest' | 'helpful') {
  return ({ _id, createdAt, helpful }: ReviewDocument): Place => ({
    atMs: sort === 'newest' ? Date.parse(createdAt) : helpful,
    id: _id,
  });
}

/** Counted from the documents each time, so an edit or a repeated write never counts twice. */
export async function summarizeReviews(reviews: Reviews, itemId: ItemId): Promise<ReviewSummary> {
  // Only one accumulator: some servers of the protocol get a second one wrong.
  const rows = await reviews.aggregate(
    [
      { $match: { ...idsWithin(idPrefixOf(itemId)), hidden: false } },
      { $group: { _id: '$rating', n: { $sum: 1 } } },
    ],
    z.object({ _id: ratingSchema, n: z.int() }),
  );
  const distribution = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  let count = 0;
  let sum = 0;
  for (const { _id, n } of rows) {
    distribution[_id as keyof typeof distribution] = n;
    count += n;
    sum += _id * n;
  }
  const average = count === 0 ? null : Math.round((sum / count) * 100) / 100;
  return { itemId, average, count, distribution };
}

/**
 * One vote per customer, however often it is sent; past the limit votes are no longer counted.
 * @returns undefined where there is no such review to be seen.
 */
export async function voteHelpful(
  reviews: Reviews,
  vote: { id: ReviewId; customerId: UserId; helpful: boolean },
): Promise<Helpful | undefined> {
  const { id: _id, customerId, helpful } = vote;
  const shown = { _id, hidden: false };
  await reviews.updateOne(
    helpful
      ? {
          filter: {
            ...shown,
            helpful: { $lt: REVIEW_LIMITS.helpfulMax },
            helpfulBy: { $nin: [customerId] },
          },
          update: { $push: { helpfulBy: customerId }, $inc: { helpful: 1 } },
        }
      : {
          filter: { ...shown, helpfulBy: customerId },
          update: { $pull: { helpfulBy: customerId }, $inc: { helpful: -1 } },
        },
  );
  const review = await reviews.findOne({ filter: shown, projection: UNREAD });
  return review === null ? undefined : { id: _id, helpful: review.helpful };
}

/** With the authors' names and purchases as they are now: one query for all. */
export async function withReviewers(
  db: Db,
  itemId: ItemId,
  documents: readonly ReviewDocument[],
): Promise<Review[]> {
  const ids = documents.map(({ customerId }) => customerId);
  const reviewerOf = await readReviewers(db, itemId, ids);
  return documents.map(({ _id, customerId, ...fields }) => ({
    id: _id,
    ...fields,
    ...reviewerOf(customerId),
  }));
}
