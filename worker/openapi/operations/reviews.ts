/** Ratings of catalogue items. */
import { itemIdSchema } from '../../contract/ids.ts';
import {
  reviewInputSchema,
  reviewListQuerySchema,
  reviewListSchema,
  reviewSchema,
  reviewSummarySchema,
} from '../../contract/reviews.ts';
import { ITEM_ID } from './item-examples.ts';
import type { Operation } from './operation.ts';
import { REVIEW_EXAMPLES } from './review-examples.ts';

const item = { item_id: { schema: itemIdSchema, example: ITEM_ID } };

export const REVIEW_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/reviews/items/{item_id}',
    operationId: 'rateItem',
    tag: 'Reviews',
    summary: 'Rate an item, or change one’s rating',
    description:
      'A customer has one review of an item; a second one takes its place. Sending it again is safe, also after an answer that did not come, with a key or without one. A comment that is left out is an empty one.',
    idempotent: true,
    caller: 'customer',
    params: item,
    body: { schema: reviewInputSchema, example: REVIEW_EXAMPLES.reviewInput },
    answers: {
      200: {
        description: 'The review that was there is changed.',
        schema: reviewSchema,
        example: REVIEW_EXAMPLES.review,
      },
      201: {
        description: 'The review is new.',
        schema: reviewSchema,
        example: REVIEW_EXAMPLES.review,
      },
    },
    problems: ['rate_limited'],
  },
  {
    method: 'get',
    path: '/reviews/items/{item_id}',
    operationId: 'listReviews',
    tag: 'Reviews',
    summary: 'List the reviews of an item',
    description:
      'At most two seconds old without an access token; with one it is read anew, so that authors see what they wrote.',
    caller: 'anybody',
    params: item,
    query: reviewListQuerySchema,
    answers: {
      200: {
        description: 'One page of reviews.',
        schema: reviewListSchema,
        example: REVIEW_EXAMPLES.reviewList,
      },
    },
    problems: ['rate_limited', 'busy'],
  },
  {
    method: 'get',
    path: '/reviews/items/{item_id}/summary',
    operationId: 'summarizeReviews',
    tag: 'Reviews',
    summary: 'Read the average and the distribution of an item’s ratings',
    description:
      'Counted from the reviews. At most two seconds old without an access token, read anew with one.',
    caller: 'anybody',
    params: item,
    answers: {
      200: {
        description: 'The summary.',
        schema: reviewSummarySchema,
        example: REVIEW_EXAMPLES.reviewSummary,
      },
    },
    problems: ['rate_limited', 'busy'],
  },
  {
    method: 'get',
    path: '/reviews/items/{item_id}/mine',
    operationId: 'getOwnReview',
    tag: 'Reviews',
    summary: 'Read the caller’s own review of an item',
    caller: 'customer',
    params: item,
    answers: {
      200: {
        description: 'The review.',
        schema: reviewSchema,
        example: REVIEW_EXAMPLES.review,
      },
    },
  },
  {
    method: 'delete',
    path: '/reviews/items/{item_id}',
    operationId: 'deleteReview',
    tag: 'Reviews',
    summary: 'Delete the caller’s own review of an item',
    description: 'Answered the same where there is none.',
    caller: 'customer',
    params: item,
    answers: { 204: { description: 'The caller has no review of the item to be seen.' } },
    problems: ['rate_limited'],
  },
];
