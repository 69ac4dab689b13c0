/** Register, sign in, refresh, sign out, change the password. */
import { type Context, Hono } from 'hono';
import { callerOf, requireOwnOrigin, requireSession } from '../auth/guards.ts';
import { isOutdated } from '../auth/passwords.ts';
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
import { hashed, hashedOrUncounted, verified } from '../auth/typed-password.ts';
import {
  loginSchema,
  passwordChangeSchema,
  registerSchema,
  type Session,
} from '../contract/accounts.ts';
import { makeUserId, type UserId } from '../contract/ids.ts';
import { PASSWORD_FAULTS, type PasswordOwner, passwordFault } from '../contract/password-rules.ts';
import type { Deps } from '../deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
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
import { changePassword, completeSignIn, register } from '../stores/sign-ins.ts';
import { findAccount } from '../stores/users.ts';

export function authRoutes(deps: Deps) {
  return new Hono().route('/', passwordRoutes(deps)).route('/', cookieRoutes(deps));
}

/** What takes a password, and so costs a hash. */
function passwordRoutes(deps: Deps) {
  const { devices, fillRandom, passwords, scryptCost } = deps;
  const hashing = limitByAddress(deps.addressLimits.account);
  return new Hono()
    .post('/register', hashing, valid('json', registerSchema), async (c) => {
      const { password, ...fields } = c.req.valid('json');
      const { token, login } = newLogin(deps);
      const user = await register(
        deps.db,
        {
          ...fields,
          id: makeUserId(deps.nowMs(), deps.fillRandom),
          role: 'customer',
          passwordHash: hashed(await passwords.hash(password)),
        },
        login,
      );
      if (user === undefined) throw new HttpProblem('email_taken');
      setRefreshToken(c, token, LOGIN_MS);
      devices.remember(c, user.email, fillRandom);
      return c.json(await sessionFor(deps, { user, sessionEpoch: 0 }), 201);
    })
    .post('/login', hashing, valid('json', loginSchema), async (c) => {
      const { email, password } = c.req.valid('json');
      const { credentials, counted } = await verified(c, deps, { email, password });
      const isOld = isOutdated(credentials.passwordHash, scryptCost);
      // Where there is no time for it, the next sign-in does it.
      const rehashing = isOld ? await passwords.hash(password) : undefined;
      const rehashed = rehashing?.ok ? rehashing.value : undefined;
      const { token, login } = newLogin(deps);
      if (!(await completeSignIn(deps.db, { credentials, counted, login, rehashed }))) {
        throw new HttpProblem('invalid_credentials');
      }
      setRefreshToken(c, token, LOGIN_MS);
      devices.remember(c, email, fillRandom);
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
        refuseWeak(newPassword, user);
        const { sessionEpoch: epoch } = c.get('caller');
        const typed = { email: user.email, password: currentPassword, changedBy: user.id };
        const { counted } = await verified(c, deps, typed);
        const making = passwords.hash(newPassword);
        const newPasswordHash = await hashedOrUncounted(deps, counted, making);
        const { token, login } = newLogin(deps);
        const change = { user, sessionEpoch: epoch, newPasswordHash, counted, login };
        const sessionEpoch = await changePassword(deps.db, change);
        if (sessionEpoch === undefined) throw new HttpProblem('unauthenticated');
        setRefreshToken(c, token, LOGIN_MS);
        devices.remember(c, user.email, fillRandom);
        return c.json(await sessionFor(deps, { user, sessionEpoch }), 200);
      },
    );
}

/** What the body alone does not tell: whether it is made of the name or the address. */
function refuseWeak(newPassword: string, owner: PasswordOwner): void {
  const reason = passwordFault(newPassword, owner);
  if (reason === undefined) return;
  const errors = [{ path: 'newPassword', message: PASSWORD_FAULTS[reason], reason }];
  throw new HttpProblem('malformed', { errors });
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
