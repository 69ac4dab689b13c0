/** The discussion of events, and what is done about what should not stand there. */
import { commentIdSchema, eventIdSchema, reviewIdSchema } from '../../contract/ids.ts';
import {
  commentInputSchema,
  commentListSchema,
  commentSchema,
  helpfulSchema,
  reportedSchema,
  reportInputSchema,
  reportListQuerySchema,
  reportListSchema,
} from '../../contract/reviews.ts';
import { pageQuerySchema } from '../../contract/values.ts';
import { EVENT_ID } from './examples.ts';
import type { Operation } from './operation.ts';
import { COMMENT_ID, REVIEW_EXAMPLES, REVIEW_ID } from './review-examples.ts';

const event = { event_id: { schema: eventIdSchema, example: EVENT_ID } };
const review = { review_id: { schema: reviewIdSchema, example: REVIEW_ID } };
const comment = { comment_id: { schema: commentIdSchema, example: COMMENT_ID } };
const body = { schema: commentInputSchema, example: REVIEW_EXAMPLES.commentInput };
const reportBody = { schema: reportInputSchema, example: REVIEW_EXAMPLES.reportInput };

const aComment = (description: string) => ({
  description,
  schema: commentSchema,
  example: REVIEW_EXAMPLES.comment,
});
const commentPage = {
  description: 'One page of comments.',
  schema: commentListSchema,
  example: REVIEW_EXAMPLES.commentList,
};
const vote = {
  description: 'How many find it helpful now.',
  schema: helpfulSchema,
  example: REVIEW_EXAMPLES.helpful,
};
const aReport = {
  description: 'What was decided upon, as it is now.',
  schema: reportedSchema,
  example: REVIEW_EXAMPLES.reportList.reports[0],
};

export const DISCUSSION_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/reviews/{review_id}/helpful',
    operationId: 'voteHelpful',
    tag: 'Reviews',
    summary: 'Find a review helpful',
    description:
      'One vote per customer, however often it is sent, with a key or without one. The first 10,000 are counted.',
    idempotent: true,
    caller: 'customer',
    params: review,
    answers: { 200: vote },
    problems: ['rate_limited'],
  },
  {
    method: 'delete',
    path: '/reviews/{review_id}/helpful',
    operationId: 'withdrawHelpful',
    tag: 'Reviews',
    summary: 'Take the vote back',
    caller: 'customer',
    params: review,
    answers: { 200: vote },
    problems: ['rate_limited'],
  },
  {
    method: 'post',
    path: '/reviews/{review_id}/report',
    operationId: 'reportReview',
    tag: 'Reviews',
    summary: 'Report a review to the admins',
    description:
      'One report per customer, however often it is sent, with a key or without one; the first 100 are kept.',
    idempotent: true,
    caller: 'customer',
    params: review,
    body: reportBody,
    answers: { 204: { description: 'It was reported, now or before.' } },
    problems: ['rate_limited'],
  },
  {
    method: 'post',
    path: '/reviews/events/{event_id}/comments',
    operationId: 'addComment',
    tag: 'Reviews',
    summary: 'Comment on an event',
    description:
      'Sent again with the same key it is written once. A key is the customer’s own, within one event.',
    caller: 'customer',
    params: event,
    body,
    idempotent: true,
    answers: { 201: aComment('The comment.') },
    problems: ['idempotency_key_reused', 'rate_limited'],
  },
  {
    method: 'get',
    path: '/reviews/events/{event_id}/comments',
    operationId: 'listComments',
    tag: 'Reviews',
    summary: 'List the comments on an event, newest first',
    description:
      'Without their replies. What was deleted or hidden is listed only if it has replies, without text and author. At most two seconds old without an access token, read anew with one.',
    caller: 'anybody',
    params: event,
    query: pageQuerySchema,
    answers: { 200: commentPage },
    problems: ['rate_limited', 'busy'],
  },
  {
    method: 'post',
    path: '/reviews/comments/{comment_id}/replies',
    operationId: 'addReply',
    tag: 'Reviews',
    summary: 'Reply to a comment or to a reply',
    description: 'Replies are nested to a depth of three. Keys work as with comments.',
    caller: 'customer',
    params: comment,
    body,
    idempotent: true,
    answers: { 201: aComment('The reply.') },
    problems: ['reply_too_deep', 'idempotency_key_reused', 'rate_limited'],
  },
  {
    method: 'get',
    path: '/reviews/comments/{comment_id}/replies',
    operationId: 'listReplies',
    tag: 'Reviews',
    summary: 'List the direct replies to a comment, oldest first',
    caller: 'anybody',
    params: comment,
    query: pageQuerySchema,
    answers: { 200: commentPage },
    problems: ['rate_limited', 'busy'],
  },
  {
    method: 'put',
    path: '/reviews/comments/{comment_id}',
    operationId: 'editComment',
    tag: 'Reviews',
    summary: 'Change one’s own comment or reply',
    caller: 'customer',
    params: comment,
    body,
    answers: { 200: aComment('The comment.') },
    problems: ['forbidden', 'rate_limited'],
  },
  {
    method: 'delete',
    path: '/reviews/comments/{comment_id}',
    operationId: 'deleteComment',
    tag: 'Reviews',
    summary: 'Delete one’s own comment or reply',
    description: 'Its replies stay. Deleting again is answered the same.',
    caller: 'customer',
    params: comment,
    answers: { 204: { description: 'Its text is gone.' } },
    problems: ['forbidden', 'rate_limited'],
  },
  {
    method: 'post',
    path: '/reviews/comments/{comment_id}/report',
    operationId: 'reportComment',
    tag: 'Reviews',
    summary: 'Report a comment to the admins',
    description:
      'One report per customer, however often it is sent, with a key or without one; the first 100 are kept.',
    idempotent: true,
    caller: 'customer',
    params: comment,
    body: reportBody,
    answers: { 204: { description: 'It was reported, now or before.' } },
    problems: ['rate_limited'],
  },
  {
    method: 'get',
    path: '/admin/reports',
    operationId: 'listReports',
    tag: 'Administration',
    summary: 'List what waits for a decision, or what was hidden',
    description:
      'Open: what was reported and not decided, latest report first. Hidden: all that admins hid, latest written first, so that it can be restored.',
    caller: 'admin',
    query: reportListQuerySchema,
    answers: {
      200: {
        description: 'One page of reviews, or of comments.',
        schema: reportListSchema,
        example: REVIEW_EXAMPLES.reportList,
      },
    },
  },
  ...(['review', 'comment'] as const).flatMap((noun) =>
    (['hide', 'restore'] as const).map(
      (verb): Operation => ({
        method: 'post',
        path: `/admin/${noun}s/{id}/${verb}`,
        operationId: `${verb}${noun === 'review' ? 'Review' : 'Comment'}`,
        tag: 'Administration',
        summary: verb === 'hide' ? `Hide a ${noun} from everybody` : `Show a hidden ${noun} again`,
        description:
          'Closes its reports. Written to the audit log first; after a 503 it is safe to send again.',
        caller: 'admin',
        params: {
          id:
            noun === 'review'
              ? { schema: reviewIdSchema, example: REVIEW_ID }
              : { schema: commentIdSchema, example: COMMENT_ID },
        },
        answers: { 200: aReport },
      }),
    ),
  ),
];
