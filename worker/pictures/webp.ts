/** WebP: its size, and the same picture without what is written about it. */
import { chunksOf, nameAt, RIFF } from './chunks.ts';
import type { Inspected, Size } from './inspected.ts';

const HEADER_BYTES = 12;
const MOVES = 0x02;
/** In the flags: metadata of either kind. */
const METADATA = 0x08 | 0x04;
const METADATA_CHUNKS = new Set(['EXIF', 'XMP ']);

export function inspectWebp(file: DataView): Inspected {
  if (nameAt(file, 8) !== 'WEBP') return 'no_picture';
  const end = 8 + file.getUint32(4, true);
  if (end > file.byteLength) return 'broken';
  let canvas: Size = { width: 0, height: 0 };
  let image: Size | undefined;
  for (const { name, start } of chunksOf(file, RIFF, { start: HEADER_BYTES, end })) {
    if (name === 'ANIM' || name === 'ANMF') return 'moves';
    if (name === 'VP8X') {
      if (file.getUint8(start) & MOVES) return 'moves';
      canvas = { width: uint24(file, start + 4) + 1, height: uint24(file, start + 7) + 1 };
    }
    if (name === 'VP8 ') image = lossySize(file, start);
    if (name === 'VP8L') image = losslessSize(file, start);
  }
  if (image === undefined) return 'broken';
  return {
    width: Math.max(canvas.width, image.width),
    height: Math.max(canvas.height, image.height),
  };
}

/** Whoever made it may have copied where and by whom it was taken: nothing of that is kept. */
export function withoutMetadata(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = [bytes.slice(0, HEADER_BYTES)];
  for (const { name, start, end } of chunksOf(file, RIFF, { start: HEADER_BYTES })) {
    if (METADATA_CHUNKS.has(name)) continue;
    const part = bytes.slice(start - 8, end + ((end - start) % 2));
    if (name === 'VP8X') part[8] = (part[8] ?? 0) & ~METADATA;
    parts.push(part);
  }
  const kept = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    kept.set(part, at);
    at += part.length;
  }
  new DataView(kept.buffer).setUint32(4, kept.length - 8, true);
  return kept;
}

function lossySize(file: DataView, start: number): Size {
  const side = (at: number) => file.getUint16(at, true) & 0x3fff;
  return { width: side(start + 6), height: side(start + 8) };
}

function losslessSize(file: DataView, start: number): Size {
  const bits = file.getUint32(start + 1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

function uint24(file: DataView, at: number): number {
  return file.getUint16(at, true) + 65_536 * file.getUint8(at + 2);
}
