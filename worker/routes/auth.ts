/** Register, sign in, refresh, sign out, change the password. */
import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { deviceLabelOf } from '../auth/device-label.ts';
import { callerOf, requireOwnOrigin, requireSession } from '../auth/guards.ts';
import { hashPassword, isOutdated, verifyPassword } from '../auth/passwords.ts';
import {
  forgettingCookie,
  hashOf,
  LOGIN_MS,
  loginIdOf,
  makeRefreshToken,
  makeSecret,
  type RefreshToken,
  refreshTokenOf,
  setRefreshToken,
  successorOf,
} from '../auth/refresh-tokens.ts';
import type { Account, Caller } from '../auth/tokens.ts';
import {
  loginSchema,
  logoutSchema,
  passwordChangeSchema,
  registerSchema,
  type Session,
} from '../contract/accounts.ts';
import { makeUserId } from '../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import { HttpProblem } from '../http/problem.ts';
import { bodyOptional, keyAccepted, valid } from '../http/validate.ts';
import {
  endLogin,
  endLoginsStatements,
  endReusedLogin,
  endTokens,
} from '../stores/ended-logins.ts';
import { findLogin, type NewLogin, rotateLogin } from '../stores/logins.ts';
import { guarded } from '../stores/postgres.ts';
import { admitAttempt, changePassword, completeSignIn, register } from '../stores/sign-ins.ts';
import type { Credentials } from '../stores/users.ts';
import { findCaller } from '../stores/users.ts';

export function authRoutes(deps: Deps) {
  return new Hono().route('/', passwordRoutes(deps)).route('/', cookieRoutes(deps));
}

/** What takes a password, and so costs a hash. */
function passwordRoutes(deps: Deps) {
  const { scryptCost } = deps;
  const hashing = limitByAddress(deps.addressLimits.account);
  return new Hono()
    .post('/register', hashing, keyAccepted, valid('json', registerSchema), async (c) => {
      const { password, ...fields } = c.req.valid('json');
      const { token, login } = newLogin(c, deps);
      const user = await register(
        deps.db,
        {
          ...fields,
          id: makeUserId(deps.nowMs(), deps.fillRandom),
          role: 'customer',
          passwordHash: await hashPassword(password, scryptCost),
        },
        login,
      );
      if (user === undefined) throw new HttpProblem('email_taken');
      setRefreshToken(c, token, LOGIN_MS);
      return c.json(
        await sessionFor(deps, { user, sessionEpoch: 0, loginId: loginIdOf(token) }),
        201,
      );
    })
    .post('/login', hashing, valid('json', loginSchema), async (c) => {
      const { email, password } = c.req.valid('json');
      const accountKey = accountKeyOf(email);
      const credentials = await verified(deps, { who: { email }, accountKey, password });
      const isOld = isOutdated(credentials.passwordHash, scryptCost);
      const rehashed = isOld ? await hashPassword(password, scryptCost) : undefined;
      const { token, login } = newLogin(c, deps);
      if (!(await completeSignIn(deps.db, { credentials, accountKey, login, rehashed }))) {
        throw new HttpProblem('invalid_credentials');
      }
      setRefreshToken(c, token, LOGIN_MS);
      const { user, sessionEpoch } = credentials;
      const account = { user, sessionEpoch, loginId: loginIdOf(token) };
      return c.json(await sessionFor(deps, account), 200);
    })
    .put(
      '/password',
      hashing,
      requireSession(deps),
      valid('json', passwordChangeSchema),
      async (c) => {
        const { currentPassword, newPassword } = c.req.valid('json');
        const user = c.get('user');
        const accountKey = accountKeyOf(user.email);
        const who = { id: user.id };
        const { sessionEpoch: epoch, loginId } = c.get('caller');
        await verified(deps, { who, accountKey, password: currentPassword });
        const newPasswordHash = await hashPassword(newPassword, scryptCost);
        const { token, login } = newLogin(c, deps);
        const change = { user, sessionEpoch: epoch, loginId, newPasswordHash, accountKey, login };
        const sessionEpoch = await changePassword(deps.db, change);
        if (sessionEpoch === undefined) throw new HttpProblem('unauthenticated');
        setRefreshToken(c, token, LOGIN_MS);
        const account = { user, sessionEpoch, loginId: loginIdOf(token) };
        return c.json(await sessionFor(deps, account), 200);
      },
    );
}

/** What the refresh token alone is enough for. */
function cookieRoutes(deps: Deps) {
  // Cheap, and needed every ten minutes by everybody behind one address; counted on its own.
  const renewing = limitByAddress((address) => deps.addressLimits.purchase(`logins ${address}`));
  return new Hono()
    .post('/refresh', renewing, requireOwnOrigin, async (c) => {
      const shown = refreshTokenOf(c);
      const holder = shown && (await refresh(c, deps, shown));
      if (holder === undefined) {
        throw new HttpProblem('unauthenticated', { headers: forgettingCookie(c) });
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

interface TypedPassword {
  who: Parameters<typeof admitAttempt>[1]['who'];
  accountKey: string;
  password: string;
}

/**
 * The account whose password was typed. Every refusal but a wait costs one round trip and one hash,
 * whether the address has an account, a deactivated one or none.
 */
async function verified(deps: Deps, typed: TypedPassword): Promise<Credentials> {
  const { db, nowMs, scryptCost } = deps;
  const { who, accountKey, password } = typed;
  const admission = await admitAttempt(db, { who, accountKey, nowMs: nowMs() });
  if (!admission.admitted) {
    throw new HttpProblem('rate_limited', { retryAfterMs: admission.retryAfterMs });
  }
  const { credentials } = admission;
  const isRight = await verifyPassword(password, credentials?.passwordHash, scryptCost);
  if (!isRight || !credentials?.active) throw new HttpProblem('invalid_credentials');
  return credentials;
}

/** Exchanges the token for the next one, or ends the login that a used one may have opened. */
async function refresh(c: Context, deps: Deps, shown: RefreshToken): Promise<Account | undefined> {
  const { db, fillRandom } = deps;
  const { handle, secret } = shown;
  const nowMs = deps.nowMs();
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
  if (userId !== undefined) deps.log('error', 'refresh token used twice', { userId });
  return undefined;
}

/** By what a request is signed in, as far as that is good for anything. */
interface SignedInBy {
  token: Caller | undefined;
  cookie: Awaited<ReturnType<typeof findLogin>>;
}

async function signedInBy(c: Context, deps: Deps): Promise<SignedInBy> {
  const caller = await callerOf(c, deps);
  const shown = refreshTokenOf(c);
  const [user, cookie] = await Promise.all([
    caller && findCaller(deps.db, caller),
    shown &&
      findLogin(deps.db, {
        id: shown.handle,
        secretHash: hashOf(shown.secret),
        nowMs: deps.nowMs(),
      }),
  ]);
  return { token: user && caller, cookie };
}

/** On every device, or where the token and the cookie are from, which is one device but for a guest’s. */
async function signOut(deps: Deps, { token, cookie }: SignedInBy, everywhere: boolean) {
  const { db, nowMs } = deps;
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

function newLogin(
  c: Context,
  { nowMs, fillRandom }: Deps,
): { token: RefreshToken; login: NewLogin } {
  const token = makeRefreshToken(fillRandom);
  const createdAtMs = nowMs();
  const expiresAtMs = createdAtMs + LOGIN_MS;
  const device = deviceLabelOf(c.req.header('User-Agent'));
  const secretHash = hashOf(token.secret);
  return { token, login: { id: token.handle, secretHash, createdAtMs, expiresAtMs, device } };
}

async function sessionFor({ tokens, nowMs }: Deps, account: Account): Promise<Session> {
  const { accessToken, expiresAtMs } = await tokens.issue(account, nowMs());
  return { user: account.user, accessToken, expiresAt: new Date(expiresAtMs).toISOString() };
}

function accountKeyOf(email: string): string {
  return createHash('sha256').update(email).digest('hex');
}
