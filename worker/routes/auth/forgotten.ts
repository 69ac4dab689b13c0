/** A forgotten password: asking for a link by mail, and choosing a new one by it. */
import { type Context, Hono } from 'hono';
import { readAccountToken } from '../../auth/account-tokens.ts';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import { forgottenPasswordSchema, passwordResetSchema } from '../../contract/accounts.ts';
import type { Needs } from '../../deps/deps.ts';
import { limitByAddress } from '../../http/address-limit.ts';
import { networkOfCaller } from '../../http/client-network.ts';
import { HttpProblem } from '../../http/problem.ts';
import { valid } from '../../http/validate.ts';
import { findLink, type Link } from '../../stores/postgres/account-tokens.ts';
import { askForReset, resetPassword } from '../../stores/postgres/password-resets.ts';
import { type AccountMailNeeds, accountMail, requiredMail } from './account-mail.ts';
import { refuseWeak } from './chosen-password.ts';
import { beginSession, type NewLoginNeeds, newLogin } from './new-login.ts';
import { hashed } from './typed-password.ts';

type Needed = AccountMailNeeds &
  NewLoginNeeds &
  Needs<{ stores: 'db'; accounts: 'devices' | 'passwords'; limits: 'account' }>;

export function forgottenRoutes(deps: Needed) {
  const { db } = deps.stores;
  const { devices, passwords, recipientKeyOf } = deps.accounts;
  const { nowMs } = deps.platform;
  const limited = limitByAddress(deps.limits.account);
  return new Hono()
    .post('/password/forgotten', limited, valid('json', forgottenPasswordSchema), async (c) => {
      const { email } = c.req.valid('json');
      const from = { network: networkOfCaller(c), deviceId: devices.idOf(c, email) };
      const mailFields = { payload: { email }, to: email, from };
      await askForReset(db, requiredMail(deps, { kind: 'mail.reset_password', ...mailFields }));
      deps.outbox.wake();
      return c.body(null, 202);
    })
    .post('/password/reset', limited, valid('json', passwordResetSchema), async (c) => {
      const { token: text, newPassword } = c.req.valid('json');
      const token = readAccountToken(text);
      const link = token && (await findLink(db, token, nowMs()));
      if (token === undefined || !isGood(link)) throw new HttpProblem('link_invalid');
      const { user } = link;
      refuseWeak(newPassword, user);
      const newPasswordHash = hashed(await passwords.hash(newPassword));
      const { token: refreshToken, login } = newLogin(c, deps);
      const mailFields = { payload: { userId: user.id }, to: user.email, userId: user.id };
      const notice = accountMail(deps, { kind: 'mail.password_changed', ...mailFields });
      const sessionEpoch = await resetPassword(db, {
        token,
        user,
        recipientKey: recipientKeyOf(user.email),
        newPasswordHash,
        keys: keysOf(c, deps, user),
        login,
        notice,
        nowMs: login.createdAtMs,
      });
      if (sessionEpoch === undefined) throw new HttpProblem('link_invalid');
      if (notice !== undefined) deps.outbox.wake();
      const account = { user: { ...user, emailVerified: true }, sessionEpoch };
      return c.json(await beginSession(c, deps, { token: refreshToken, ...account }), 200);
    });
}

function isGood(link: Link | undefined): link is Link {
  if (link === undefined || link.isUsed) return false;
  return link.purpose === 'reset_password' && link.email === link.user.email;
}

/** What failed before from here was the owner, who had forgotten it. */
function keysOf(c: Context, { accounts }: Needed, { id, email }: Link['user']) {
  const deviceId = accounts.devices.idOf(c, email);
  return attemptKeys({ email, network: networkOfCaller(c), deviceId, changedBy: id });
}
