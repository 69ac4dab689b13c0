/** The signed-in session as kept by the browser. Must not touch storage itself. */
import type { Session, User } from '../../worker/contract/accounts.ts';

/** Whoever is signed in, as all tabs know them. */
export interface SignedIn {
  readonly user: User;
}

/** With less left, a token is renewed while it is still good for a last call. */
const RENEW_MS = 60_000;
/** With less left, it might run out on its way. */
const SPARE_MS = 5_000;

/**
 * Reads who was kept. Anything that is not (another version's, a hand-edited one) counts as signed
 * out.
 */
export function parseSignedIn(text: string | null): SignedIn | null {
  const value = parse(text);
  return isSignedIn(value) ? { user: value.user } : null;
}

/** Reads the token that was kept. Its age is not judged here: only the server's clock may do that. */
export function parseSession(text: string | null): Session | null {
  const value = parse(text);
  return isSignedIn(value) && isSession(value) ? value : null;
}

/** @param serverNowMs the server's time: a client clock an hour off must sign nobody out */
export function freshnessOf(session: Session, serverNowMs: number): 'good' | 'fading' | 'over' {
  const leftMs = Date.parse(session.expiresAt) - serverNowMs;
  if (leftMs <= SPARE_MS) return 'over';
  return leftMs <= RENEW_MS ? 'fading' : 'good';
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function isSignedIn(value: unknown): value is SignedIn & Record<string, unknown> {
  return (
    isRecord(value) &&
    isRecord(value['user']) &&
    typeof value['user']['id'] === 'string' &&
    typeof value['user']['displayName'] === 'string'
  );
}

function isSession(value: SignedIn & Record<string, unknown>): value is Session & typeof value {
  return (
    typeof value['accessToken'] === 'string' &&
    typeof value['expiresAt'] === 'string' &&
    !Number.isNaN(Date.parse(value['expiresAt']))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
