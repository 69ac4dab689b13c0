/** Register, sign in, change the password: what takes a password, and so costs a hash. */
import { Hono } from 'hono';
import { wellKnownLabel } from '../../auth/device-label.ts';
import { isOutdated } from '../../auth/passwords.ts';
import {
  loginSchema,
  passwordChangeSchema,
  registerSchema,
  type User,
} from '../../contract/accounts.ts';
import { makeUserId } from '../../contract/ids.ts';
import { languageAskedFor } from '../../contract/languages.ts';
import type { Needs } from '../../deps/deps.ts';
import { limitByAddress } from '../../http/address-limit.ts';
import { networkOfCaller } from '../../http/client-network.ts';
import { requireSession, type SessionNeeds } from '../../http/guards.ts';
import { assertOwnName } from '../../http/own-name.ts';
import { HttpProblem } from '../../http/problem.ts';
import { keyAccepted, valid } from '../../http/validate.ts';
import type { NewLogin } from '../../stores/postgres/logins.ts';
import { changePassword, completeSignIn, register } from '../../stores/postgres/sign-ins.ts';
import { type AccountMailNeeds, accountMail } from './account-mail.ts';
import { refuseWeak } from './chosen-password.ts';
import { beginSession, type NewLoginNeeds, newLogin } from './new-login.ts';
import { hashed, hashedOrUncounted, type TypedPasswordNeeds, verified } from './typed-password.ts';

type Needed = AccountMailNeeds &
  TypedPasswordNeeds &
  NewLoginNeeds &
  SessionNeeds &
  Needs<{ accounts: 'devices' | 'passwords' | 'scryptCost'; limits: 'account' }>;

export function passwordRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { devices, passwords, recipientKeyOf, scryptCost } = deps.accounts;
  const { nowMs, fillRandom } = deps.platform;
  const hashing = limitByAddress(deps.limits.account);
  return new Hono()
    .post('/register', hashing, keyAccepted, valid('json', registerSchema), async (c) => {
      const { password, ...fields } = c.req.valid('json');
      assertOwnName(fields.displayName);
      const { token, login } = newLogin(c, deps);
      const userId = makeUserId(nowMs(), fillRandom);
      const asked = { to: fields.email, userId, from: { network: networkOfCaller(c) } };
      const mail = accountMail(deps, { kind: 'mail.verify_email', payload: { userId }, ...asked });
      const language = fields.language ?? languageAskedFor(c.req.header('Accept-Language') ?? '');
      const passwordHash = hashed(await passwords.hash(password));
      const account = { ...fields, id: userId, role: 'customer', passwordHash, language } as const;
      const user = await register(db, { user: account, login, mail });
      if (user === undefined) throw new HttpProblem('email_taken');
      if (mail !== undefined) deps.outbox.wake();
      return c.json(await beginSession(c, deps, { token, user, sessionEpoch: 0 }), 201);
    })
    .post('/login', hashing, valid('json', loginSchema), async (c) => {
      const { email, password } = c.req.valid('json');
      const { credentials, counted } = await verified(c, deps, { email, password });
      const isKnown = devices.idOf(c, email) !== undefined;
      const isOld = isOutdated(credentials.passwordHash, scryptCost);
      // Where there is no time for it, the next sign-in does it.
      const rehashing = isOld ? await passwords.hash(password) : undefined;
      const rehashed = rehashing?.ok ? rehashing.value : undefined;
      const { token, login } = newLogin(c, deps);
      const notice = isKnown ? undefined : newDeviceMail(deps, credentials.user, login);
      if (!(await completeSignIn(db, { credentials, counted, login, rehashed, notice }))) {
        throw new HttpProblem('invalid_credentials');
      }
      if (notice !== undefined) deps.outbox.wake();
      const { user, sessionEpoch } = credentials;
      return c.json(await beginSession(c, deps, { token, user, sessionEpoch }), 200);
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
        const mailFields = { payload: { userId: user.id }, to: user.email, userId: user.id };
        const notice = accountMail(deps, { kind: 'mail.password_changed', ...mailFields });
        const sessionEpoch = await changePassword(db, {
          user,
          sessionEpoch: epoch,
          loginId,
          newPasswordHash,
          counted,
          login,
          recipientKey: recipientKeyOf(user.email),
          notice,
        });
        if (sessionEpoch === undefined) throw new HttpProblem('unauthenticated');
        if (notice !== undefined) deps.outbox.wake();
        return c.json(await beginSession(c, deps, { token, user, sessionEpoch }), 200);
      },
    );
}

/** To the owner, about a device whose cookie does not know the account. */
function newDeviceMail(deps: Needed, { id: userId, email: to }: User, login: NewLogin) {
  const at = new Date(login.createdAtMs).toISOString();
  const payload = { userId, device: wellKnownLabel(login.device), at };
  return accountMail(deps, { kind: 'mail.new_device', payload, to, userId });
}
