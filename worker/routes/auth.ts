/** Register, sign in, refresh, sign out, change the password. */
import { type Context, Hono } from 'hono';
import { deviceLabelOf } from '../auth/device-label.ts';
import { isOutdated } from '../auth/passwords.ts';
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
import { PASSWORD_FAULTS, type PasswordOwner, passwordFault } from '../contract/password-rules.ts';
import type { Deps } from '../deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import { callerOf, requireOwnOrigin, requireSession } from '../http/guards.ts';
import { assertOwnName } from '../http/own-name.ts';
import { HttpProblem } from '../http/problem.ts';
import { bodyOptional, keyAccepted, valid } from '../http/validate.ts';
import { guarded } from '../stores/postgres/client.ts';
import {
  endLogin,
  endLoginsStatements,
  endReusedLogin,
  endTokens,
} from '../stores/postgres/ended-logins.ts';
import { findLogin, type NewLogin, rotateLogin } from '../stores/postgres/logins.ts';
import { changePassword, completeSignIn, register } from '../stores/postgres/sign-ins.ts';
import { findCaller } from '../stores/postgres/users.ts';
import { hashed, hashedOrUncounted, verified } from './auth/typed-password.ts';

export function authRoutes(deps: Deps) {
  return new Hono().route('/', passwordRoutes(deps)).route('/', cookieRoutes(deps));
}

/** What takes a password, and so costs a hash. */
function passwordRoutes(deps: Deps) {
  const { devices, fillRandom, passwords, scryptCost } = deps;
  const hashing = limitByAddress(deps.addressLimits.account);
  return new Hono()
    .post('/register', hashing, keyAccepted, valid('json', registerSchema), async (c) => {
      const { password, ...fields } = c.req.valid('json');
      assertOwnName(fields.displayName);
      const { token, login } = newLogin(c, deps);
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
      return c.json(
        await sessionFor(deps, { user, sessionEpoch: 0, loginId: loginIdOf(token) }),
        201,
      );
    })
    .post('/login', hashing, valid('json', loginSchema), async (c) => {
      const { email, password } = c.req.valid('json');
      const { credentials, counted } = await verified(c, deps, { email, password });
      const isOld = isOutdated(credentials.passwordHash, scryptCost);
      // Where there is no time for it, the next sign-in does it.
      const rehashing = isOld ? await passwords.hash(password) : undefined;
      const rehashed = rehashing?.ok ? rehashing.value : undefined;
      const { token, login } = newLogin(c, deps);
      if (!(await completeSignIn(deps.db, { credentials, counted, login, rehashed }))) {
        throw new HttpProblem('invalid_credentials');
      }
      setRefreshToken(c, token, LOGIN_MS);
      devices.remember(c, email, fillRandom);
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
        refuseWeak(newPassword, user);
        const { sessionEpoch: epoch, loginId } = c.get('caller');
        const typed = { email: user.email, password: currentPassword, changedBy: user.id };
        const { counted } = await verified(c, deps, typed);
        const making = passwords.hash(newPassword);
        const newPasswordHash = await hashedOrUncounted(deps, counted, making);
        const { token, login } = newLogin(c, deps);
        const change = { user, sessionEpoch: epoch, loginId, newPasswordHash, counted, login };
        const sessionEpoch = await changePassword(deps.db, change);
        if (sessionEpoch === undefined) throw new HttpProblem('unauthenticated');
        setRefreshToken(c, token, LOGIN_MS);
        devices.remember(c, user.email, fillRandom);
        const account = { user, sessionEpoch, loginId: loginIdOf(token) };
        return c.json(await sessionFor(deps, account), 200);
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
