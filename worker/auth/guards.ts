/** Guards: who may pass. A guard ends the request with a problem or leaves the caller in place. */
import { createMiddleware } from 'hono/factory';
import type { Deps } from '../deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { findUser } from '../stores/users.ts';
import type { Caller } from './tokens.ts';

export interface CallerEnv {
  Variables: { caller: Caller };
}

const BEARER = /^Bearer +([\w.~+/=-]+)$/i;

/** Signed in, by the token alone: no database is read on the way to a purchase. */
export function requireCaller({ tokens, nowMs }: Deps) {
  return createMiddleware<CallerEnv>(async (c, next) => {
    const token = BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
    if (token === undefined) throw new HttpProblem('unauthenticated');
    const reading = await tokens.read(token, nowMs());
    if (!reading.ok) throw new HttpProblem(reading.expired ? 'token_expired' : 'unauthenticated');
    c.set('caller', reading.caller);
    await next();
  });
}

/** An admin by the database's word, not only by the token's. Goes behind requireCaller. */
export function requireAdmin({ db }: Deps) {
  return createMiddleware<CallerEnv>(async (c, next) => {
    const user = await findUser(db, c.get('caller').userId);
    if (user?.role !== 'admin') throw new HttpProblem('forbidden');
    await next();
  });
}
