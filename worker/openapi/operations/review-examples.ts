/** Examples of reviews and comments in the description. A test validates each of them. */
import { EVENT_ID } from './examples.ts';
import { ITEM_ID } from './item-examples.ts';

export const REVIEW_ID = 'rev_01kb8c4zj0h7pqrstv_01kb8c4zj0h7pqrstv';
export const COMMENT_ID = 'cmt_0123456789ab_0123456789abcdefghjkmnpqrs';

const serverNow = '2026-11-27T10:00:58.000Z';
const author = { id: 'usr_01kb8c4zj0h7pqrstv', name: 'Grace', staff: false };

const review = {
  id: REVIEW_ID,
  itemId: ITEM_ID,
  rating: 5,
  comment: 'Warm in half a minute, as it says.',
  author,
  verifiedBuyer: true,
  boughtVariants: ['Red'],
  helpful: 3,
  hidden: false,
  createdAt: '2026-11-27T10:00:12.000Z',
  updatedAt: '2026-11-27T10:00:12.000Z',
};

const comment = {
  id: COMMENT_ID,
  eventId: EVENT_ID,
  parentId: null,
  depth: 0,
  status: 'shown',
  body: 'Does it grind, too?',
  author,
  replyCount: 0,
  createdAt: '2026-11-27T10:00:12.000Z',
  editedAt: null,
};

export const REVIEW_EXAMPLES = {
  reviewInput: { rating: 5, comment: review.comment },
  review,
  reviewList: { reviews: [review], nextCursor: null, serverNow },
  reviewSummary: {
    itemId: ITEM_ID,
    average: 4.5,
    count: 2,
    distribution: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 1 },
  },
  helpful: { id: REVIEW_ID, helpful: 4 },
  commentInput: { body: comment.body },
  comment,
  commentList: { comments: [comment], nextCursor: null, serverNow },
  reportInput: { reason: 'spam' },
  reportList: {
    reports: [
      {
        kind: 'review',
        id: REVIEW_ID,
        subjectId: ITEM_ID,
        text: review.comment,
        author,
        createdAt: review.createdAt,
        hidden: false,
        reports: 1,
        reasons: ['spam'],
        reportedAt: '2026-11-27T10:00:40.000Z',
      },
    ],
    nextCursor: null,
    serverNow,
  },
};
