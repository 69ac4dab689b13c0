/** Register, sign in, refresh, sign out, change the password. */
import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { callerOf, requireOwnOrigin, requireSession } from '../auth/guards.ts';
import { hashPassword, isOutdated, verifyPassword } from '../auth/passwords.ts';
import {
  forgettingCookie,
  hashOf,
  LOGIN_MS,
  makeRefreshToken,
  makeSecret,
  type RefreshToken,
  refreshTokenOf,
  setRefreshToken,
} from '../auth/refresh-tokens.ts';
import type { Account } from '../auth/tokens.ts';
import {
  loginSchema,
  passwordChangeSchema,
  registerSchema,
  type Session,
} from '../contract/accounts.ts';
import { makeUserId, type UserId } from '../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import { assertOwnName } from '../http/own-name.ts';
import { HttpProblem } from '../http/problem.ts';
import { valid } from '../http/validate.ts';
import {
  endLoginsStatements,
  endReusedLogin,
  findLoginUser,
  type NewLogin,
  rotateLogin,
} from '../stores/logins.ts';
import { guarded } from '../stores/postgres.ts';
import { admitAttempt, changePassword, completeSignIn, register } from '../stores/sign-ins.ts';
import type { Credentials } from '../stores/users.ts';
import { findAccount } from '../stores/users.ts';

export function authRoutes(deps: Deps) {
  return new Hono().route('/', passwordRoutes(deps)).route('/', cookieRoutes(deps));
}

/** What takes a password, and so costs a hash. */
function passwordRoutes(deps: Deps) {
  const { scryptCost } = deps;
  const hashing = limitByAddress(deps.addressLimits.account);
  return new Hono()
    .post('/register', hashing, valid('json', registerSchema), async (c) => {
      const { password, ...fields } = c.req.valid('json');
      assertOwnName(fields.displayName);
      const { token, login } = newLogin(deps);
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
      return c.json(await sessionFor(deps, { user, sessionEpoch: 0 }), 201);
    })
    .post('/login', hashing, valid('json', loginSchema), async (c) => {
      const { email, password } = c.req.valid('json');
      const accountKey = accountKeyOf(email);
      const credentials = await verified(deps, { who: { email }, accountKey, password });
      const isOld = isOutdated(credentials.passwordHash, scryptCost);
      const rehashed = isOld ? await hashPassword(password, scryptCost) : undefined;
      const { token, login } = newLogin(deps);
      if (!(await completeSignIn(deps.db, { credentials, accountKey, login, rehashed }))) {
        throw new HttpProblem('invalid_credentials');
      }
      setRefreshToken(c, token, LOGIN_MS);
      return c.json(await sessionFor(deps, credentials), 200);
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
        const { sessionEpoch: epoch } = c.get('caller');
        await verified(deps, { who, accountKey, password: currentPassword });
        const newPasswordHash = await hashPassword(newPassword, scryptCost);
        const { token, login } = newLogin(deps);
        const change = { user, sessionEpoch: epoch, newPasswordHash, accountKey, login };
        const sessionEpoch = await changePassword(deps.db, change);
        if (sessionEpoch === undefined) throw new HttpProblem('unauthenticated');
        setRefreshToken(c, token, LOGIN_MS);
        return c.json(await sessionFor(deps, { user, sessionEpoch }), 200);
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
    .post('/logout', renewing, requireOwnOrigin, async (c) => {
      const userId = await userToSignOut(c, deps);
      if (userId !== undefined) {
        await guarded(() => deps.db.batch(endLoginsStatements(deps.db, userId)));
      }
      return c.body(null, 204, forgettingCookie(c));
    });
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

/** Exchanges the token for the next one, or ends what a used one may have opened. */
async function refresh(
  c: Context,
  deps: Deps,
  { loginId: id, secret }: RefreshToken,
): Promise<Account | undefined> {
  const { db, fillRandom } = deps;
  const nowMs = deps.nowMs();
  const next = makeSecret(fillRandom);
  const secretHash = hashOf(secret);
  const holder = await rotateLogin(db, { id, secretHash, nextSecretHash: hashOf(next), nowMs });
  if (holder === undefined) {
    const userId = await endReusedLogin(db, { id, secretHash, nowMs });
    if (userId !== undefined) deps.log('error', 'refresh token used twice', { userId });
    return undefined;
  }
  setRefreshToken(c, { loginId: id, secret: next }, holder.expiresAtMs - nowMs);
  return holder;
}

/** Whoever the access token or else the refresh token belongs to, while it is good for anything. */
async function userToSignOut(c: Context, deps: Deps): Promise<UserId | undefined> {
  const caller = await callerOf(c, deps);
  if (caller !== undefined) {
    const account = await findAccount(deps.db, caller.userId);
    if (account?.sessionEpoch === caller.sessionEpoch) return caller.userId;
  }
  const shown = refreshTokenOf(c);
  return shown && findLoginUser(deps.db, shown.loginId);
}

function newLogin({ nowMs, fillRandom }: Deps): { token: RefreshToken; login: NewLogin } {
  const token = makeRefreshToken(fillRandom);
  const createdAtMs = nowMs();
  const expiresAtMs = createdAtMs + LOGIN_MS;
  return {
    token,
    login: { id: token.loginId, secretHash: hashOf(token.secret), createdAtMs, expiresAtMs },
  };
}

async function sessionFor({ tokens, nowMs }: Deps, account: Account): Promise<Session> {
  const { accessToken, expiresAtMs } = await tokens.issue(account, nowMs());
  return { user: account.user, accessToken, expiresAt: new Date(expiresAtMs).toISOString() };
}

function accountKeyOf(email: string): string {
  return createHash('sha256').update(email).digest('hex');
}
