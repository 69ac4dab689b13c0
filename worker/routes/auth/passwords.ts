/** Register, sign in, change the password: what takes a password, and so costs a hash. */
import { Hono } from 'hono';
import { isOutdated } from '../../auth/passwords.ts';
import { LOGIN_MS, loginIdOf, setRefreshToken } from '../../auth/refresh-tokens.ts';
import { loginSchema, passwordChangeSchema, registerSchema } from '../../contract/accounts.ts';
import { makeUserId } from '../../contract/ids.ts';
import {
  PASSWORD_FAULTS,
  type PasswordOwner,
  passwordFault,
} from '../../contract/password-rules.ts';
import type { Needs } from '../../deps/deps.ts';
import { limitByAddress } from '../../http/address-limit.ts';
import { requireSession, type SessionNeeds } from '../../http/guards.ts';
import { assertOwnName } from '../../http/own-name.ts';
import { HttpProblem } from '../../http/problem.ts';
import { keyAccepted, valid } from '../../http/validate.ts';
import { changePassword, completeSignIn, register } from '../../stores/postgres/sign-ins.ts';
import { type NewLoginNeeds, newLogin, sessionFor } from './new-login.ts';
import { hashed, hashedOrUncounted, type TypedPasswordNeeds, verified } from './typed-password.ts';

type Needed = TypedPasswordNeeds &
  NewLoginNeeds &
  SessionNeeds &
  Needs<{ accounts: 'devices' | 'passwords' | 'scryptCost'; limits: 'account' }>;

export function passwordRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { devices, passwords, scryptCost } = deps.accounts;
  const { nowMs, fillRandom } = deps.platform;
  const hashing = limitByAddress(deps.limits.account);
  return new Hono()
    .post('/register', hashing, keyAccepted, valid('json', registerSchema), async (c) => {
      const { password, ...fields } = c.req.valid('json');
      assertOwnName(fields.displayName);
      const { token, login } = newLogin(c, deps);
      const user = await register(
        db,
        {
          ...fields,
          id: makeUserId(nowMs(), fillRandom),
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
      if (!(await completeSignIn(db, { credentials, counted, login, rehashed }))) {
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
        const sessionEpoch = await changePassword(db, change);
        if (sessionEpoch === undefined) throw new HttpProblem('unauthenticated');
        setRefreshToken(c, token, LOGIN_MS);
        devices.remember(c, user.email, fillRandom);
        const account = { user, sessionEpoch, loginId: loginIdOf(token) };
        return c.json(await sessionFor(deps, account), 200);
      },
    );
}

/** What its schema cannot check: whether a password is made of the name or the address. */
function refuseWeak(newPassword: string, owner: PasswordOwner): void {
  const reason = passwordFault(newPassword, owner);
  if (reason === undefined) return;
  const errors = [{ path: 'newPassword', message: PASSWORD_FAULTS[reason], reason }];
  throw new HttpProblem('malformed', { errors });
}
