/** A login that begins: its refresh token and its row, and the session that is answered. */
import type { Context } from 'hono';
import { deviceLabelOf } from '../../auth/device-label.ts';
import {
  hashOf,
  LOGIN_MS,
  loginIdOf,
  makeRefreshToken,
  type RefreshToken,
  setRefreshToken,
} from '../../auth/refresh-tokens.ts';
import type { Account } from '../../auth/tokens.ts';
import type { Session, User } from '../../contract/accounts.ts';
import type { Needs } from '../../deps/deps.ts';
import type { NewLogin } from '../../stores/postgres/logins.ts';

export type NewLoginNeeds = Needs<{
  accounts: 'tokens' | 'devices';
  platform: 'nowMs' | 'fillRandom';
}>;

export function newLogin(
  c: Context,
  { platform: { nowMs, fillRandom } }: NewLoginNeeds,
): { token: RefreshToken; login: NewLogin } {
  const token = makeRefreshToken(fillRandom);
  const createdAtMs = nowMs();
  const expiresAtMs = createdAtMs + LOGIN_MS;
  const device = deviceLabelOf(c.req.header('User-Agent'));
  const secretHash = hashOf(token.secret);
  return { token, login: { id: token.handle, secretHash, createdAtMs, expiresAtMs, device } };
}

/** Sets the cookies of a login that has begun. @returns the session to answer. */
export function beginSession(
  c: Context,
  deps: NewLoginNeeds,
  { token, user, sessionEpoch }: { token: RefreshToken; user: User; sessionEpoch: number },
): Promise<Session> {
  setRefreshToken(c, token, LOGIN_MS);
  deps.accounts.devices.remember(c, user.email, deps.platform.fillRandom);
  return sessionFor(deps, { user, sessionEpoch, loginId: loginIdOf(token) });
}

export async function sessionFor(
  { accounts, platform }: NewLoginNeeds,
  account: Account,
): Promise<Session> {
  const { accessToken, expiresAtMs } = await accounts.tokens.issue(account, platform.nowMs());
  return { user: account.user, accessToken, expiresAt: new Date(expiresAtMs).toISOString() };
}
