/** Guards: who may pass. A guard ends the request with a problem or sets the caller. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Caller, TokenReading, Tokens } from '../auth/tokens.ts';
import type { User } from '../contract/accounts.ts';
import type { Db } from '../stores/postgres/client.ts';
import { findCaller } from '../stores/postgres/users.ts';
import type { AddressLimit } from './address-limit.ts';
import { HttpProblem } from './problem.ts';
import { countCaller } from './read-limits.ts';

export interface CallerEnv {
  Variables: { caller: Caller };
}

export interface SessionEnv {
  Variables: { caller: Caller; user: User };
}

export interface CallerNeeds {
  accounts: { tokens: Pick<Tokens, 'read'> };
  platform: { nowMs(): number };
}

export interface SessionNeeds extends CallerNeeds {
  stores: { db: Db };
  limits: { purchase: AddressLimit };
}

/** An Authorization header with a token. */
export const BEARER = /^Bearer +([\w.~+/=-]+)$/i;
/** What a browser says of its own page's requests, and of an address that was typed in. */
const OWN_SITE = new Set(['same-origin', 'none']);

/** Signed in, by the token alone: no database is read on the way to a purchase. */
export function requireCaller(deps: CallerNeeds) {
  return createMiddleware<CallerEnv>(async (c, next) => {
    c.set('caller', callerIn(await readToken(c, deps)));
    await next();
  });
}

/**
 * Signed in by the database's word: the account is active and the login was not ended. Each call
 * costs the database a read, so callers are counted.
 */
export function requireSession(deps: SessionNeeds) {
  return createMiddleware<SessionEnv>(async (c, next) => {
    await enter(c, deps);
    await next();
  });
}

/** An admin by the database's word, not only by the token's, in a session that was not ended. */
export function requireAdmin(deps: SessionNeeds) {
  return createMiddleware<SessionEnv>(async (c, next) => {
    const { role } = await enter(c, deps);
    if (role !== 'admin') throw new HttpProblem('forbidden');
    await next();
  });
}

/**
 * Not sent by another site's page: for what the cookie alone authorises. Programs, which send
 * neither header, have no cookies that a page could abuse.
 */
export const requireOwnOrigin = createMiddleware(async (c, next) => {
  const origin = c.req.header('Origin');
  const site = c.req.header('Sec-Fetch-Site');
  const isForeign =
    (origin !== undefined && origin !== new URL(c.req.url).origin) ||
    (site !== undefined && !OWN_SITE.has(site));
  if (isForeign) throw new HttpProblem('forbidden', { detail: 'Sent from another origin.' });
  await next();
});

/** The caller, if the request has a good token. */
export async function callerOf(c: Context, deps: CallerNeeds): Promise<Caller | undefined> {
  const reading = await readToken(c, deps);
  if (reading?.ok !== true) return undefined;
  c.set('caller', reading.caller);
  return reading.caller;
}

/** Reads the account once; both guards of one request share nothing else. */
async function enter(c: Context<SessionEnv>, deps: SessionNeeds): Promise<User> {
  const caller = c.get('caller') ?? callerIn(await readToken(c, deps));
  // For the log too, where the session turns out to have ended.
  c.set('caller', caller);
  await countCaller(deps.limits.purchase, caller.userId);
  const user = await findCaller(deps.stores.db, caller);
  if (user === undefined) throw new HttpProblem('unauthenticated');
  c.set('user', user);
  return user;
}

/** @throws HttpProblem saying whether another token would help. */
function callerIn(reading: TokenReading | undefined): Caller {
  if (reading === undefined) throw new HttpProblem('unauthenticated');
  if (!reading.ok) throw new HttpProblem(reading.expired ? 'token_expired' : 'unauthenticated');
  return reading.caller;
}

function readToken(c: Context, { accounts, platform }: CallerNeeds) {
  const token = BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
  return token === undefined ? undefined : accounts.tokens.read(token, platform.nowMs());
}
