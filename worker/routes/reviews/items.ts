/** Ratings of catalogue items, over HTTP. */
import { Hono } from 'hono';
import * as z from 'zod';
import { itemIdSchema, reviewIdOf } from '../../contract/ids.ts';
import {
  type Review,
  type ReviewList,
  type ReviewSummary,
  reviewInputSchema,
  reviewListQuerySchema,
} from '../../contract/reviews.ts';
import { LIMITS } from '../../contract/values.ts';
import type { Needs } from '../../deps/deps.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../../http/guards.ts';
import { pageStart } from '../../http/pages.ts';
import { HttpProblem } from '../../http/problem.ts';
import { keyAccepted, valid } from '../../http/validate.ts';
import { hasItem } from '../../stores/documents/review-subjects.ts';
import {
  findReview,
  listReviews,
  placeOfReview,
  type ReviewDocument,
  rateItem,
  removeReview,
  reviewsIn,
  summarizeReviews,
  withReviewers,
} from '../../stores/documents/reviews.ts';
import { paged } from '../../stores/postgres/cursors.ts';
import { documentsOf, limitWrites, type ReadNeeds, readFor } from './entry.ts';

const itemParam = valid('param', z.object({ item_id: itemIdSchema }));

type Needed = ReadNeeds &
  SessionNeeds &
  Needs<{ stores: 'documents' | 'known'; limits: 'account' }>;

export function itemReviewRoutes(deps: Needed) {
  const { db, known } = deps.stores;
  const { nowMs } = deps.platform;
  const signedIn = requireSession(deps);
  const writing = limitWrites(deps);
  const store = () => reviewsIn(documentsOf(deps));
  return new Hono<SessionEnv>()
    .post(
      '/:item_id',
      signedIn,
      itemParam,
      writing,
      keyAccepted,
      valid('json', reviewInputSchema),
      async (c) => {
        const { item_id: itemId } = c.req.valid('param');
        const reviews = store();
        if (!(await hasItem(db, itemId))) throw new HttpProblem('not_found');
        const who = { itemId, customerId: c.get('user').id, nowMs: nowMs() };
        const { document, isNew } = await rateItem(reviews, who, c.req.valid('json'));
        return c.json(await complete(deps, document), isNew ? 201 : 200);
      },
    )
    .get('/:item_id', itemParam, valid('query', reviewListQuerySchema), async (c) => {
      const { item_id: itemId } = c.req.valid('param');
      const { sort, cursor, limit } = c.req.valid('query');
      const after = pageStart(cursor);
      const { value, headers } = await readFor(c, deps, {
        key: `reviews ${JSON.stringify([itemId, sort, limit, cursor])}`,
        isClientKey: cursor !== undefined || limit !== LIMITS.pageSizeDefault,
        async read() {
          if (!(await known.items.has(itemId))) return undefined;
          const rows = await listReviews(store(), { itemId, sort, after, limit });
          const { page, nextCursor } = paged(rows, limit, placeOfReview(sort));
          if (page.length === 0 && !(await hasItem(db, itemId))) return undefined;
          return { reviews: await withReviewers(db, itemId, page), nextCursor };
        },
      });
      if (value === undefined) throw new HttpProblem('not_found');
      const list: ReviewList = { ...value, serverNow: new Date(nowMs()).toISOString() };
      return c.json(list, 200, headers);
    })
    .get('/:item_id/summary', itemParam, async (c) => {
      const { item_id: itemId } = c.req.valid('param');
      const { value, headers } = await readFor<ReviewSummary>(c, deps, {
        key: `review summary ${itemId}`,
        isClientKey: false,
        async read() {
          if (!(await known.items.has(itemId))) return undefined;
          const summary = await summarizeReviews(store(), itemId);
          return summary.count > 0 || (await hasItem(db, itemId)) ? summary : undefined;
        },
      });
      if (value === undefined) throw new HttpProblem('not_found');
      return c.json(value, 200, headers);
    })
    .get('/:item_id/mine', signedIn, itemParam, async (c) => {
      const id = reviewIdOf(c.req.valid('param').item_id, c.get('user').id);
      const document = await findReview(store(), id);
      if (document === null) throw new HttpProblem('not_found');
      return c.json(await complete(deps, document), 200);
    })
    .delete('/:item_id', signedIn, itemParam, writing, async (c) => {
      await removeReview(store(), reviewIdOf(c.req.valid('param').item_id, c.get('user').id));
      return c.body(null, 204);
    });
}

async function complete(
  { stores: { db } }: Needs<{ stores: 'db' }>,
  document: ReviewDocument,
): Promise<Review> {
  const [review] = await withReviewers(db, document.itemId, [document]);
  if (review === undefined) throw new Error('a document became no review');
  return review;
}
