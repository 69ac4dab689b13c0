/** Who is signed in, as the server knows them now. Must not draw. */
import type { ShopApi } from '../api/api.ts';
import type { SessionStore } from '../session/session-store.ts';

export interface OwnUserPorts {
  readonly api: Pick<ShopApi, 'profile'>;
  readonly session: Pick<SessionStore, 'current' | 'token' | 'start'>;
}

/** Takes over what changed elsewhere, such as an address that was confirmed on another device. */
export async function refreshOwnUser({ api, session }: OwnUserPorts): Promise<void> {
  const before = session.current.peek()?.user;
  if (before === undefined) return;
  const result = await api.profile();
  const token = session.token();
  // Who signed out meanwhile, or in as somebody else, is left alone.
  if (!result.ok || token === null || token.user.id !== before.id) return;
  const { value: user } = result;
  if (user.email !== before.email || user.emailVerified !== before.emailVerified) {
    session.start({ ...token, user });
  }
}
