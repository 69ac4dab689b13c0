/** Ratings of catalogue items and the discussion of events: what is sent and what is given. */
import * as z from 'zod';
import {
  commentIdSchema,
  eventIdSchema,
  itemIdSchema,
  reviewIdSchema,
  userIdSchema,
} from './ids.ts';
import { instantSchema, LIMITS, pageQuerySchema, textSchema } from './values.ts';

export const REVIEW_LIMITS = {
  ratingMin: 1,
  ratingMax: 5,
  commentCharsMax: 2_000,
  /** A comment on an event is at depth 0, a reply to it at 1. */
  replyDepthMax: 3,
  /** Votes that are counted for one review. */
  helpfulMax: 10_000,
  /** Reports that are kept of one review or comment. */
  reportsMax: 100,
} as const;

/** The name follows the profile. Null of a customer who is no longer there. */
export const authorSchema = z.object({
  id: userIdSchema,
  name: z.string().nullable(),
  /** Whether they are of the shop now, which no name can say. */
  staff: z.boolean(),
});
export type Author = z.infer<typeof authorSchema>;

export const ratingSchema = z.int().min(REVIEW_LIMITS.ratingMin).max(REVIEW_LIMITS.ratingMax);

export const reviewInputSchema = z.strictObject({
  rating: ratingSchema,
  comment: textSchema(0, REVIEW_LIMITS.commentCharsMax).default(''),
});
export type ReviewInput = z.infer<typeof reviewInputSchema>;

/** How many variants that its author bought a review names. */
export const BOUGHT_VARIANTS_MAX = 3;

export const reviewSchema = z.object({
  id: reviewIdSchema,
  itemId: itemIdSchema,
  rating: ratingSchema,
  comment: z.string(),
  author: authorSchema,
  /** Whether the author has a confirmed order of the item, in any event, at the time of reading. */
  verifiedBuyer: z.boolean(),
  boughtVariants: z
    .array(z.string())
    .max(BOUGHT_VARIANTS_MAX)
    .meta({ description: 'Which variants of the item those orders were of, the latest first.' }),
  /** How many customers found it helpful. */
  helpful: z.int().min(0),
  /** Hidden by an admin: only its author is given it, and it does not count. */
  hidden: z.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Review = z.infer<typeof reviewSchema>;

export const reviewListQuerySchema = pageQuerySchema.extend({
  sort: z.enum(['newest', 'helpful']).default('newest'),
});
export const reviewListSchema = z.object({
  reviews: z.array(reviewSchema).max(LIMITS.pageSizeMax),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type ReviewList = z.infer<typeof reviewListSchema>;

const countSchema = z.int().min(0);
export const reviewSummarySchema = z.object({
  itemId: itemIdSchema,
  /** Rounded to two decimals; null without reviews. */
  average: z.number().min(REVIEW_LIMITS.ratingMin).max(REVIEW_LIMITS.ratingMax).nullable(),
  count: countSchema,
  distribution: z.object({
    1: countSchema,
    2: countSchema,
    3: countSchema,
    4: countSchema,
    5: countSchema,
  }),
});
export type ReviewSummary = z.infer<typeof reviewSummarySchema>;

export const helpfulSchema = z.object({ id: reviewIdSchema, helpful: countSchema });
export type Helpful = z.infer<typeof helpfulSchema>;

export const commentInputSchema = z.strictObject({
  body: textSchema(1, REVIEW_LIMITS.commentCharsMax),
});

/** A comment that was deleted or hidden stays for its replies' sake, without text and name. */
export const commentSchema = z.object({
  id: commentIdSchema,
  eventId: eventIdSchema,
  parentId: commentIdSchema.nullable(),
  depth: z.int().min(0).max(REVIEW_LIMITS.replyDepthMax),
  status: z.enum(['shown', 'deleted', 'hidden']),
  body: z.string().nullable(),
  author: authorSchema.nullable(),
  /** Direct replies that a reader is shown. */
  replyCount: countSchema,
  createdAt: instantSchema,
  editedAt: instantSchema.nullable(),
});
export type Comment = z.infer<typeof commentSchema>;

export const commentListSchema = z.object({
  comments: z.array(commentSchema).max(LIMITS.pageSizeMax),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type CommentList = z.infer<typeof commentListSchema>;

export const reportInputSchema = z.strictObject({
  reason: z.enum(['spam', 'abuse', 'off_topic', 'personal_data', 'other']),
});
export type ReportReason = z.infer<typeof reportInputSchema>['reason'];

export const reportListQuerySchema = pageQuerySchema.extend({
  of: z.enum(['reviews', 'comments']).default('reviews'),
  /** What was reported and not decided, or all that admins hid, reported or not. */
  state: z.enum(['open', 'hidden']).default('open'),
});
export type ReportState = z.infer<typeof reportListQuerySchema>['state'];
export const reportedSchema = z.object({
  kind: z.enum(['review', 'comment']),
  id: z.union([reviewIdSchema, commentIdSchema]),
  /** The item or the event that it is about. */
  subjectId: z.union([itemIdSchema, eventIdSchema]),
  text: z.string(),
  author: authorSchema,
  createdAt: instantSchema,
  hidden: z.boolean(),
  reports: countSchema,
  reasons: z.array(reportInputSchema.shape.reason),
  reportedAt: instantSchema.nullable(),
});
export type Reported = z.infer<typeof reportedSchema>;
export const reportListSchema = z.object({
  reports: z.array(reportedSchema).max(LIMITS.pageSizeMax),
  nextCursor: z.string().nullable(),
  serverNow: instantSchema,
});
export type ReportList = z.infer<typeof reportListSchema>;
