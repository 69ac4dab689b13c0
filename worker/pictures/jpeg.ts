/** JPEG: its segments, and the scans between them, up to its end. */
import type { Inspected, Size } from './inspected.ts';

const MARK = 0xff;
const END = 0xd9;
const SCAN = 0xda;
/** Of these, none says how large the picture is. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

export function inspectJpeg(file: DataView<ArrayBuffer>): Inspected {
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  let size: Size | undefined;
  let at = 2;
  for (;;) {
    if (file.getUint8(at) !== MARK) return 'broken';
    const marker = file.getUint8(at + 1);
    // Any number of them may stand before a marker.
    if (marker === MARK) {
      at += 1;
      continue;
    }
    if (marker === END) return size ?? 'broken';
    const length = file.getUint16(at + 2);
    if (length < 2) return 'broken';
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) {
      size = { width: file.getUint16(at + 7), height: file.getUint16(at + 5) };
    }
    at += 2 + length;
    if (marker === SCAN) at = behindScan(bytes, at);
  }
}

/** Where the next marker is that is no part of a scan. */
function behindScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(MARK, start); at !== -1; at = bytes.indexOf(MARK, at + 1)) {
    const next = bytes[at + 1];
    // Escaped, filled up, or where a decoder may begin anew.
    const isInside =
      next === 0 || next === MARK || (next !== undefined && next >= 0xd0 && next <= 0xd7);
    if (!isInside) return at;
  }
  return bytes.length;
}
