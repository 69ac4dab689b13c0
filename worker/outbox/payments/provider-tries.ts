/** What a try to change something at the provider comes to, and the keys that changes are asked for with. */
import { PaymentFault } from '../../payment/payment-fault.ts';
import type { TryOutcome } from '../rules/outcome.ts';

/** The provider knows a key for 24 hours. */
const KEY_KNOWN_MS = 23 * 60 * 60_000;
const THROTTLED_MS = 5_000;

/** Of changes of one object: a refusal stays the answer of its key, so each one is followed by another key. */
export function keyOf(
  change: 'capture' | 'expire' | 'refund' | 'release',
  id: string,
  spent: number,
) {
  return spent === 0 ? `${change}/${id}` : `${change}/${id}/${spent}`;
}

/**
 * Whether the provider is asked what it has before it is asked for a change: it may have been asked for it
 * before, and nobody heard what became of it.
 */
export function asksFirst({
  tries,
  keysSpent,
  sinceMs,
  nowMs,
}: {
  tries: number;
  keysSpent: number;
  /** Since when it may have been asked. */
  sinceMs: number;
  nowMs: number;
}): boolean {
  return tries > 0 || keysSpent > 0 || nowMs - sinceMs > KEY_KNOWN_MS;
}

/** @param spendKey called where the key stands for a failure from now on. Faults of others are thrown. */
export async function tryAtProvider(
  spendKey: () => Promise<void>,
  work: () => Promise<TryOutcome>,
): Promise<TryOutcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PaymentFault)) throw error;
    const { code, retryAfterMs } = error;
    if (code === 'key_spent' || code === 'key_reused') await spendKey();
    if (code === 'throttled') {
      return { kind: 'throttled', reason: code, retryAfterMs: retryAfterMs ?? THROTTLED_MS };
    }
    return { kind: 'failed', reason: code };
  }
}

export const DONE: TryOutcome = { kind: 'done' };
export const dropped = (reason: string): TryOutcome => ({ kind: 'dropped', reason });
export const refused = (reason: string): TryOutcome => ({ kind: 'refused', reason });
export const failed = (reason: string): TryOutcome => ({ kind: 'failed', reason });
