/** Where an entry stands in a draw, as anybody can work it out from what is public. Must not ask. */
import type { QueueStep } from '../../worker/contract/queue.ts';

/**
 * HMAC-SHA-256 of the entry's id with the seed as key, in hex.
 *
 * @param subtle missing where a page has not come over https; then nobody knows: null
 */
export async function scoreOf(
  subtle: SubtleCrypto | undefined,
  { seed, entryId }: { seed: string; entryId: string },
): Promise<string | null> {
  if (subtle === undefined) return null;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', bytesOf(seed), algorithm, false, ['sign']);
  const score = await subtle.sign('HMAC', key, new TextEncoder().encode(entryId));
  return hexOf(new Uint8Array(score));
}

/** The rank that an entry of this score has at least; 1 where nothing says more. */
export function rankMinOf(score: string | null, steps: readonly QueueStep[]): number {
  if (score === null) return 1;
  // Hex of one length is in the order of its numbers.
  return Math.max(1, ...steps.filter((step) => step.score <= score).map(({ rank }) => rank));
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
