/** All that is kept about the caller, to be taken away; and the end of the account. */
import { Hono } from 'hono';
import { accountDeletionSchema, type OwnData } from '../contract/own-data.ts';
import { requireSession, type SessionEnv, type SessionNeeds } from '../http/guards.ts';
import { HttpProblem } from '../http/problem.ts';
import { valid } from '../http/validate.ts';

export function ownDataRoutes(deps: SessionNeeds) {
  return new Hono<SessionEnv>()
    .get('/data', requireSession(deps), async (c) => {
      const data = undefined as OwnData | undefined;
      if (data === undefined) throw new HttpProblem('unavailable', { retryAfterMs: 60_000 });
      return c.json(data, 200);
    })
    .delete('/', requireSession(deps), valid('json', accountDeletionSchema), async (c) => {
      const isErased = c.req.valid('json').password === undefined;
      if (!isErased) throw new HttpProblem('unavailable', { retryAfterMs: 60_000 });
      return isErased ? c.body(null, 204) : c.body(null, 202);
    });
}
