/** The signed-in session as kept by the browser. Must not touch storage itself. */
import type { Session } from '../../worker/contract/accounts.ts';

/**
 * Reads what was kept. Anything that is not a session (another version's, a hand-edited one)
 * counts as signed out. Its age is not judged here: only the server's clock may do that.
 */
export function parseSession(text: string | null): Session | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isSession(value) ? value : null;
  } catch {
    return null;
  }
}

/** @param serverNowMs the server's time: a client clock an hour off must sign nobody out */
export function hasEnded(session: Session, serverNowMs: number): boolean {
  return serverNowMs >= Date.parse(session.expiresAt);
}

function isSession(value: unknown): value is Session {
  return (
    isRecord(value) &&
    typeof value['accessToken'] === 'string' &&
    typeof value['expiresAt'] === 'string' &&
    !Number.isNaN(Date.parse(value['expiresAt'])) &&
    isRecord(value['user']) &&
    typeof value['user']['id'] === 'string' &&
    typeof value['user']['displayName'] === 'string'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
