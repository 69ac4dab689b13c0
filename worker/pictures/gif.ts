/** GIF: one with a single image is a picture. */
import type { Inspected } from './inspected.ts';

const HEADER_BYTES = 13;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

export function inspectGif(file: DataView): Inspected {
  let [width, height] = [file.getUint16(6, true), file.getUint16(8, true)];
  let images = 0;
  let at = HEADER_BYTES + tableBytes(file.getUint8(10));
  for (;;) {
    const kind = file.getUint8(at);
    if (kind === TRAILER) return images === 1 ? { width, height } : 'broken';
    if (kind === EXTENSION) {
      at = behindBlocks(file, at + 2);
      continue;
    }
    if (kind !== IMAGE) return 'broken';
    images += 1;
    if (images > 1) return 'moves';
    // An image may reach beyond the screen that it is for.
    width = Math.max(width, file.getUint16(at + 1, true) + file.getUint16(at + 5, true));
    height = Math.max(height, file.getUint16(at + 3, true) + file.getUint16(at + 7, true));
    at = behindBlocks(file, at + 11 + tableBytes(file.getUint8(at + 9)));
  }
}

/** How long the table of colours is that the flags announce. */
function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Blocks name their length, and an empty one is the last. */
function behindBlocks(file: DataView, start: number): number {
  let at = start;
  for (let length = file.getUint8(at); length > 0; length = file.getUint8(at)) at += length + 1;
  return at + 1;
}
