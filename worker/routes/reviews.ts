/** Ratings and discussion; the files beside serve one noun each. */
import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { itemReviewRoutes } from './reviews/items.ts';

export function reviewRoutes(deps: Deps) {
  return new Hono().route('/items', itemReviewRoutes(deps));
}
