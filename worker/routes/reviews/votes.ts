/** What customers do with other people's reviews, over HTTP. */
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { type ReviewId, reviewIdSchema } from '../../contract/ids.ts';
import { type Helpful, reportInputSchema } from '../../contract/reviews.ts';
import type { Needs } from '../../deps/deps.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { keyAccepted, valid } from '../../http/validate.ts';
import { moderatedIn, report } from '../../stores/documents/moderation.ts';
import { reviewsIn, voteHelpful } from '../../stores/documents/reviews.ts';
import { documentsOf, limitWrites } from './entry.ts';

const reviewParam = valid('param', z.object({ review_id: reviewIdSchema }));

type Needed = SessionNeeds & Needs<{ stores: 'documents'; limits: 'account' }>;

export function reviewVoteRoutes(deps: Needed) {
  const signedIn = requireSession(deps);
  const writing = limitWrites(deps);
  async function vote(
    c: Context<SessionEnv>,
    cast: { id: ReviewId; helpful: boolean },
  ): Promise<Helpful> {
    const customerId = c.get('user').id;
    const voted = await voteHelpful(reviewsIn(documentsOf(deps)), { ...cast, customerId });
    if (voted === undefined) throw new HttpProblem('not_found');
    return voted;
  }
  return new Hono<SessionEnv>()
    .post('/:review_id/helpful', signedIn, reviewParam, writing, keyAccepted, async (c) =>
      c.json(await vote(c, { id: c.req.valid('param').review_id, helpful: true }), 200),
    )
    .delete('/:review_id/helpful', signedIn, reviewParam, writing, async (c) =>
      c.json(await vote(c, { id: c.req.valid('param').review_id, helpful: false }), 200),
    )
    .post(
      '/:review_id/report',
      signedIn,
      reviewParam,
      writing,
      keyAccepted,
      valid('json', reportInputSchema),
      async (c) => {
        const made = {
          id: c.req.valid('param').review_id,
          by: c.get('user').id,
          reason: c.req.valid('json').reason,
          nowMs: deps.platform.nowMs(),
        };
        if (await report(moderatedIn(documentsOf(deps), 'reviews'), made)) return c.body(null, 204);
        throw new HttpProblem('not_found');
      },
    );
}
