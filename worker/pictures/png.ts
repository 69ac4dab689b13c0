/** PNG (RFC 2083 and its third edition, which has animations). */
import { chunksOf, PNG } from './chunks.ts';
import type { Inspected, Size } from './inspected.ts';

const SIGNATURE_BYTES = 8;

export function inspectPng(file: DataView): Inspected {
  let size: Size | undefined;
  let hasPixels = false;
  for (const { name, start, end } of chunksOf(file, PNG, { start: SIGNATURE_BYTES })) {
    if (size === undefined && (name !== 'IHDR' || end - start !== 13)) return 'broken';
    size ??= { width: file.getUint32(start), height: file.getUint32(start + 4) };
    if (name === 'acTL') return 'moves';
    if (name === 'IDAT') hasPixels = true;
    // What stands behind it is not read by anybody.
    if (name === 'IEND') return hasPixels && end + 4 <= file.byteLength ? size : 'broken';
  }
  return 'broken';
}
