/** Register and sign in. */
import { Hono } from 'hono';
import { hashPassword, isOutdated, verifyPassword } from '../auth/passwords.ts';
import type { Account } from '../auth/tokens.ts';
import { loginSchema, registerSchema, type Session } from '../contract/accounts.ts';
import { makeUserId } from '../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { limitByAddress } from '../http/address-limit.ts';
import { HttpProblem } from '../http/problem.ts';
import { valid } from '../http/validate.ts';
import { findCredentials, insertUser, updatePasswordHash } from '../stores/users.ts';

export function authRoutes(deps: Deps) {
  const { db, scryptCost } = deps;
  return new Hono()
    .use(limitByAddress(deps.addressLimits.account))
    .post('/register', valid('json', registerSchema), async (c) => {
      const { password, ...fields } = c.req.valid('json');
      const user = await insertUser(db, {
        ...fields,
        id: makeUserId(deps.nowMs(), deps.fillRandom),
        role: 'customer',
        passwordHash: await hashPassword(password, scryptCost),
      });
      if (user === undefined) throw new HttpProblem('email_taken');
      return c.json(await sessionFor(deps, { user, sessionEpoch: 0 }), 201);
    })
    .post('/login', valid('json', loginSchema), async (c) => {
      const { email, password } = c.req.valid('json');
      const found = await findCredentials(db, email);
      if (found === undefined) {
        // As slow as a wrong password, so that time does not tell who has an account.
        await hashPassword(password, scryptCost);
        throw new HttpProblem('invalid_credentials');
      }
      if (!(await verifyPassword(password, found.passwordHash))) {
        throw new HttpProblem('invalid_credentials');
      }
      if (isOutdated(found.passwordHash, scryptCost)) {
        await updatePasswordHash(db, found.user.id, await hashPassword(password, scryptCost));
      }
      return c.json(await sessionFor(deps, found), 200);
    });
}

async function sessionFor({ tokens, nowMs }: Deps, account: Account): Promise<Session> {
  const { accessToken, expiresAtMs } = await tokens.issue(account, nowMs());
  return { user: account.user, accessToken, expiresAt: new Date(expiresAtMs).toISOString() };
}
