/** The calls of ratings and discussion, typed. Must not keep state or draw. */
import type {
  Comment,
  CommentList,
  Helpful,
  ReportReason,
  Review,
  ReviewInput,
  ReviewList,
  ReviewSummary,
} from '../../worker/contract/reviews.ts';
import type { Answer, Call, ShopApi } from '../api/api.ts';

export type Sort = 'newest' | 'helpful';

export interface ReviewsApi {
  /** @param asSelf asks past what is kept for everybody, to see what one has just written */
  summary(itemId: string, asSelf: boolean): Call<ReviewSummary>;
  reviews(itemId: string, page: { sort: Sort; cursor?: string | undefined }): Call<ReviewList>;
  mine(itemId: string): Call<Review>;
  rate(itemId: string, input: ReviewInput): Call<Review>;
  unrate(itemId: string): Call<null>;
  vote(reviewId: string, isHelpful: boolean): Call<Helpful>;
  reportReview(reviewId: string, reason: ReportReason): Call<null>;
  comments(eventId: string, page: CommentPage): Call<CommentList>;
  replies(commentId: string, page: CommentPage): Call<CommentList>;
  /** @param to the comment that is replied to; null for the event itself */
  comment(eventId: string, to: string | null, sent: { body: string; key: string }): Call<Comment>;
  editComment(commentId: string, body: string): Call<Comment>;
  deleteComment(commentId: string): Call<null>;
  reportComment(commentId: string, reason: ReportReason): Call<null>;
}

export interface CommentPage {
  readonly cursor?: string | undefined;
  /** As in `summary`. */
  readonly asSelf: boolean;
}

/** Of replies, nearly always all there are. */
const REPLIES_MAX = '100';

export function createReviewsApi({ asCaller, asAnyone }: ShopApi): ReviewsApi {
  const ask = <Value>(send: (reviews: Reviews, as: As) => Promise<Answer<Value>>) =>
    asCaller((client, as) => send(client.api.v1.reviews, as));
  const read = <Value>(
    asSelf: boolean,
    send: (reviews: Reviews, as?: As) => Promise<Answer<Value>>,
  ) => (asSelf ? ask(send) : asAnyone((client) => send(client.api.v1.reviews)));
  return {
    summary: (id, asSelf) =>
      read(asSelf, ({ items }, as) => items[':item_id'].summary.$get(ofItem(id), as)),
    reviews: (id, { sort, cursor }) =>
      read(false, ({ items }, as) =>
        items[':item_id'].$get({ ...ofItem(id), query: { sort, ...after(cursor) } }, as),
      ),
    mine: (id) => ask(({ items }, as) => items[':item_id'].mine.$get(ofItem(id), as)),
    rate: (id, json) =>
      ask(({ items }, as) => items[':item_id'].$post({ ...ofItem(id), json }, as)),
    unrate: (id) => ask(({ items }, as) => items[':item_id'].$delete(ofItem(id), as)),
    vote: (id, isHelpful) =>
      ask((reviews, as) => {
        const { helpful } = reviews[':review_id'];
        return isHelpful ? helpful.$post(ofReview(id), as) : helpful.$delete(ofReview(id), as);
      }),
    reportReview: (id, reason) =>
      ask((reviews, as) =>
        reviews[':review_id'].report.$post({ ...ofReview(id), json: { reason } }, as),
      ),
    comments: (id, { cursor, asSelf }) =>
      read(asSelf, ({ events }, as) =>
        events[':event_id'].comments.$get({ param: { event_id: id }, query: after(cursor) }, as),
      ),
    replies: (id, { cursor, asSelf }) =>
      read(asSelf, ({ comments }, as) => {
        const query = { limit: REPLIES_MAX, ...after(cursor) };
        return comments[':comment_id'].replies.$get({ ...ofComment(id), query }, as);
      }),
    comment: (eventId, to, { body, key }) =>
      ask(({ comments, events }, as) => {
        const headers = { ...as.headers, 'Idempotency-Key': `"${key}"` };
        const json = { body };
        return to === null
          ? events[':event_id'].comments.$post({ param: { event_id: eventId }, json }, { headers })
          : comments[':comment_id'].replies.$post({ ...ofComment(to), json }, { headers });
      }),
    editComment: (id, body) =>
      ask(({ comments }, as) =>
        comments[':comment_id'].$put({ ...ofComment(id), json: { body } }, as),
      ),
    deleteComment: (id) =>
      ask(({ comments }, as) => comments[':comment_id'].$delete(ofComment(id), as)),
    reportComment: (id, reason) =>
      ask(({ comments }, as) =>
        comments[':comment_id'].report.$post({ ...ofComment(id), json: { reason } }, as),
      ),
  };
}

type Send = Parameters<ShopApi['asCaller']>[0];
type Reviews = Parameters<Send>[0]['api']['v1']['reviews'];
type As = Parameters<Send>[1];

const ofItem = (id: string) => ({ param: { item_id: id } });
const ofReview = (id: string) => ({ param: { review_id: id } });
const ofComment = (id: string) => ({ param: { comment_id: id } });

function after(cursor: string | undefined) {
  return cursor === undefined ? {} : { cursor };
}
