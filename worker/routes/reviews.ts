/** Ratings and discussion; the files beside serve one noun each. */
import { Hono } from 'hono';
import type { Deps } from '../deps/deps.ts';
import { commentRoutes, eventCommentRoutes } from './reviews/comments.ts';
import { itemReviewRoutes } from './reviews/items.ts';
import { reviewVoteRoutes } from './reviews/votes.ts';

type Groups = 'live' | 'stores' | 'accounts' | 'limits' | 'platform';

export function reviewRoutes(deps: Pick<Deps, Groups>) {
  return new Hono()
    .route('/items', itemReviewRoutes(deps))
    .route('/events', eventCommentRoutes(deps))
    .route('/comments', commentRoutes(deps))
    .route('/', reviewVoteRoutes(deps));
}
