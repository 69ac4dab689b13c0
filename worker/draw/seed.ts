/** The seed of a draw, by which its entries are ranked. Pure. */
import type { DrawStart } from '../contract/draw.ts';
import { seedMessage, startRecord } from '../contract/draw-records.ts';
import { bytesOf } from './hex.ts';
import { sha256 } from './sha256.ts';

/** @param parts `head` is the last one before the lock, in hex. @returns 32 bytes */
export function drawSeed(parts: {
  start: DrawStart;
  head: string;
  randomness: Uint8Array;
}): Promise<Uint8Array<ArrayBuffer>> {
  const { start, head, randomness } = parts;
  return sha256(seedMessage({ start: startRecord(start), head: bytesOf(head), randomness }));
}
