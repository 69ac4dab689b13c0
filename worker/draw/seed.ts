/** The seed of a draw, by which its entries are ranked. Pure. */
import type { EventId } from '../contract/ids.ts';

const DOMAIN = 'swiftdrop draw 1';

/** What the seed is made of, which is fixed before the randomness is known. */
export interface LockedDraw {
  eventId: EventId;
  /** How many entries were made before the lock. */
  entryCount: number;
}

/**
 * SHA-256 of the domain, the event, the count of entries and the randomness, each with its length in front
 * (4 bytes, the highest first), so that no two inputs read alike. @returns 32 bytes
 */
export async function drawSeed(draw: LockedDraw, randomness: Uint8Array): Promise<Uint8Array> {
  const text = new TextEncoder();
  const fields = [
    text.encode(DOMAIN),
    text.encode(draw.eventId),
    text.encode(`${draw.entryCount}`),
    randomness,
  ];
  const bytes = new Uint8Array(fields.reduce((sum, { length }) => sum + 4 + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const field of fields) {
    view.setUint32(at, field.length);
    bytes.set(field, at + 4);
    at += 4 + field.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
