/** A login that begins: its refresh token and its row, and the session that is answered. */
import type { Context } from 'hono';
import { deviceLabelOf } from '../../auth/device-label.ts';
import {
  hashOf,
  LOGIN_MS,
  makeRefreshToken,
  type RefreshToken,
} from '../../auth/refresh-tokens.ts';
import type { Account } from '../../auth/tokens.ts';
import type { Session } from '../../contract/accounts.ts';
import type { Needs } from '../../deps/deps.ts';
import type { NewLogin } from '../../stores/postgres/logins.ts';

export type NewLoginNeeds = Needs<{ accounts: 'tokens'; platform: 'nowMs' | 'fillRandom' }>;

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

export async function sessionFor(
  { accounts, platform }: NewLoginNeeds,
  account: Account,
): Promise<Session> {
  const { accessToken, expiresAtMs } = await accounts.tokens.issue(account, platform.nowMs());
  return { user: account.user, accessToken, expiresAt: new Date(expiresAtMs).toISOString() };
}
