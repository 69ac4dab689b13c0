/**
 * The token that a call is sent with: this tab's own while it is good, else one more for the cookie.
 * A cookie is good for a moment after it was exchanged, and then ends its login: so nobody asks while
 * another one does, and whoever could not wait is given the same.
 */
import type { Session } from '../../worker/contract/accounts.ts';
import { freshnessOf } from '../session/session.ts';
import type { SessionStore } from '../session/session-store.ts';
import { needsSignIn, type Result } from './call-problem.ts';

export interface Access {
  /** @param refused a token that the server did not take */
  token(refused?: string): Promise<Result<string>>;
}

export interface AccessDeps {
  readonly session: SessionStore;
  serverNowMs(): number;
  /** Exchanges the cookie, in no two tabs at once. */
  refresh(): Promise<Result<Session>>;
}

const SIGNED_OUT = { ok: false, problem: { code: 'unauthenticated' } } as const;

export function createAccess({ session, serverNowMs, refresh }: AccessDeps): Access {
  let renewal: Promise<Result<string>> | null = null;

  async function renew(): Promise<Result<string>> {
    const result = await refresh();
    renewal = null;
    // Who signed out meanwhile stays so.
    if (session.current.peek() === null) return SIGNED_OUT;
    if (!result.ok) {
      if (needsSignIn(result.problem)) session.end();
      return result;
    }
    session.start(result.value);
    return { ok: true, value: result.value.accessToken };
  }

  return {
    token: async (refused) => {
      if (session.current.peek() === null) return SIGNED_OUT;
      const kept = session.token();
      const isUsable = kept !== null && kept.accessToken !== refused;
      const freshness = isUsable ? freshnessOf(kept, serverNowMs()) : 'over';
      if (freshness !== 'good') renewal ??= renew();
      if (isUsable && freshness !== 'over') return { ok: true, value: kept.accessToken };
      return renewal ?? SIGNED_OUT;
    },
  };
}
