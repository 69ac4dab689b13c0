/**
 * What a file is, by its own bytes: which kind of picture, how large, whether it moves and whether it is whole.
 * Read before anything decodes it, so that a small file cannot ask for much memory. Nothing here trusts a length
 * that the file says of itself.
 */
import { inspectAvif } from './avif.ts';
import { inspectGif } from './gif.ts';
import type { Inspected } from './inspected.ts';
import { inspectJpeg } from './jpeg.ts';
import { inspectPng } from './png.ts';
import { inspectWebp } from './webp.ts';

/** How far a text is looked into for a drawing. */
const TEXT_BYTES_MAX = 1_024;

const KINDS: readonly [string, (file: DataView<ArrayBuffer>) => Inspected][] = [
  ['\u0089PNG\r\n\u001a\n', inspectPng],
  ['\u00ff\u00d8\u00ff', inspectJpeg],
  ['GIF87a', inspectGif],
  ['GIF89a', inspectGif],
  ['RIFF', inspectWebp],
];

export function inspectPicture(bytes: Uint8Array<ArrayBuffer>): Inspected {
  const start = textAt(bytes, 0, TEXT_BYTES_MAX);
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = KINDS.find(([signature]) => start.startsWith(signature));
  const inspect = kind?.[1] ?? (start.slice(4, 8) === 'ftyp' ? inspectAvif : undefined);
  if (inspect === undefined) return /<svg[\s>]/i.test(start) ? 'vector' : 'no_picture';
  try {
    const found = inspect(file);
    if (typeof found === 'string') return found;
    return found.width > 0 && found.height > 0 ? found : 'broken';
  } catch (error) {
    // A DataView refuses to read behind its end.
    if (error instanceof RangeError) return 'broken';
    throw error;
  }
}

/** Bytes as characters of Latin-1. */
export function textAt(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
