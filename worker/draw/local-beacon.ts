/**
 * A beacon with a key of its own, for a developer's machine: whoever has the key knows every round in
 * advance, so it proves nothing to outsiders.
 */
import type { Beacon } from './beacon.ts';

/** One round every so often, the first at the epoch. */
const ROUND_MS = 3_000;
export const LOCAL_LEAD_SECONDS = 5;

/** @param secret whoever has it knows every round, and with it who comes first: never empty, never public. */
export function createLocalBeacon(secret: string): Beacon {
  return {
    leadSeconds: LOCAL_LEAD_SECONDS,
    async randomness(atMs, nowMs) {
      const round = Math.ceil(atMs / ROUND_MS);
      if (nowMs < round * ROUND_MS) return undefined;
      const key = await crypto.subtle.importKey(
        'raw',
        new TextEncoder().encode(`swiftdrop local beacon ${secret}`),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['sign'],
      );
      return new Uint8Array(
        await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`round ${round}`)),
      );
    },
  };
}
