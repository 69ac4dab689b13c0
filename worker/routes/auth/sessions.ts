/** Refresh and sign out: what the refresh token alone is enough for. */
import { type Context, Hono } from 'hono';
import {
  forgettingCookie,
  hashOf,
  makeSecret,
  type RefreshToken,
  refreshTokenOf,
  setRefreshToken,
  successorOf,
} from '../../auth/refresh-tokens.ts';
import type { Account, Caller } from '../../auth/tokens.ts';
import { logoutSchema } from '../../contract/accounts.ts';
import type { Needs } from '../../deps/deps.ts';
import { limitByAddress } from '../../http/address-limit.ts';
import { type CallerNeeds, callerOf, requireOwnOrigin } from '../../http/guards.ts';
import { HttpProblem } from '../../http/problem.ts';
import { bodyOptional, valid } from '../../http/validate.ts';
import { guarded } from '../../stores/postgres/client.ts';
import {
  endLogin,
  endLoginsStatements,
  endReusedLogin,
  endTokens,
} from '../../stores/postgres/ended-logins.ts';
import { findLogin, rotateLogin } from '../../stores/postgres/logins.ts';
import { findCaller } from '../../stores/postgres/users.ts';
import { type NewLoginNeeds, sessionFor } from './new-login.ts';

type Needed = CallerNeeds &
  NewLoginNeeds &
  Needs<{ stores: 'db'; accounts: 'devices'; limits: 'purchase'; logging: 'log' }>;

export function sessionRoutes(deps: Needed) {
  // Cheap, and needed every ten minutes by everybody behind one address; counted on its own.
  const renewing = limitByAddress((address) => deps.limits.purchase(`logins ${address}`));
  return new Hono()
    .post('/refresh', renewing, requireOwnOrigin, async (c) => {
      const shown = refreshTokenOf(c);
      const holder = shown && (await refresh(c, deps, shown));
      if (holder === undefined) {
        throw new HttpProblem('unauthenticated', { headers: forgettingCookie(c) });
      }
      const { devices } = deps.accounts;
      // The account may have another address since the device signed in.
      if (devices.idOf(c, holder.user.email) === undefined) {
        devices.remember(c, holder.user.email, deps.platform.fillRandom);
      }
      return c.json(await sessionFor(deps, holder), 200);
    })
    .post(
      '/logout',
      renewing,
      requireOwnOrigin,
      bodyOptional,
      valid('json', logoutSchema),
      async (c) => {
        await signOut(deps, await signedInBy(c, deps), c.req.valid('json').everywhere);
        return c.body(null, 204, forgettingCookie(c));
      },
    );
}

/** Exchanges the token for the next one, or ends the login that a used one may have opened. */
async function refresh(
  c: Context,
  deps: Needed,
  shown: RefreshToken,
): Promise<Account | undefined> {
  const { db } = deps.stores;
  const { fillRandom } = deps.platform;
  const { handle, secret } = shown;
  const nowMs = deps.platform.nowMs();
  const salt = makeSecret(fillRandom);
  const secretHash = hashOf(secret);
  const next = { salt, secretHash: hashOf(successorOf(shown, salt)) };
  const holder = await rotateLogin(db, { id: handle, secretHash, next, nowMs });
  const successor = holder && successorOf(shown, holder.salt);
  // Otherwise the successor was used already, by a Worker from before there were successors.
  if (successor !== undefined && hashOf(successor) === holder?.secretHash) {
    setRefreshToken(c, { handle, secret: successor }, holder.expiresAtMs - nowMs);
    return holder;
  }
  const userId = await endReusedLogin(db, { id: handle, secretHash, nowMs });
  if (userId !== undefined) deps.logging.log('error', 'refresh token used twice', { userId });
  return undefined;
}

/** By what a request is signed in, as far as that is good for anything. */
interface SignedInBy {
  token: Caller | undefined;
  cookie: Awaited<ReturnType<typeof findLogin>>;
}

async function signedInBy(c: Context, deps: Needed): Promise<SignedInBy> {
  const caller = await callerOf(c, deps);
  const shown = refreshTokenOf(c);
  const [user, cookie] = await Promise.all([
    caller && findCaller(deps.stores.db, caller),
    shown &&
      findLogin(deps.stores.db, {
        id: shown.handle,
        secretHash: hashOf(shown.secret),
        nowMs: deps.platform.nowMs(),
      }),
  ]);
  return { token: user && caller, cookie };
}

/** On every device, or where the token and the cookie are from, which is one device but for a guest’s. */
async function signOut(deps: Needed, { token, cookie }: SignedInBy, everywhere: boolean) {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  const userId = token?.userId ?? cookie?.userId;
  if (everywhere && userId !== undefined) {
    await guarded(() => db.batch(endLoginsStatements(db, userId)));
    return;
  }
  for (const by of [token, cookie]) {
    if (by?.loginId === undefined) continue;
    await endLogin(db, { userId: by.userId, loginId: by.loginId, nowMs: nowMs() });
  }
  // A token from before tokens named their login ends with all that the user was given so far.
  if (token !== undefined && token.loginId === undefined) await endTokens(db, token);
}
