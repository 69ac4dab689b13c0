/** Reads a PNG by Node's own inflate and CRC, and strictly: whatever is not as the standard has it throws. */
import assert from 'node:assert';
import { crc32, inflateSync } from 'node:zlib';

export interface DecodedPng {
  width: number;
  height: number;
  /** As `#rrggbb`. */
  colourAt(x: number, y: number): string;
  chunks: string[];
}

export function decodePng(bytes: Uint8Array): DecodedPng {
  const png = Buffer.from(bytes);
  assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const named = png.subarray(at + 4, at + 8 + length);
    const type = named.toString('latin1', 0, 4);
    assert.equal(crc32(named), png.readUInt32BE(at + 8 + length), `the CRC of ${type}`);
    assert(!chunks.has(type), `two of ${type}`);
    chunks.set(type, named.subarray(4));
    at += length + 12;
  }
  const [header, palette] = [chunks.get('IHDR'), chunks.get('PLTE')];
  assert(header?.length === 13 && palette !== undefined);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  assert.deepEqual(
    [...header.subarray(8)],
    [8, 3, 0, 0, 0],
    'eight bits, a palette, no interlacing',
  );
  assert(palette.length % 3 === 0 && palette.length <= 768);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  assert.equal(rows.length, (width + 1) * height);
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (width + 1), (y + 1) * (width + 1));
    assert.equal(row[0], 0, 'no filter');
    assert(
      row.subarray(1).every((place) => place * 3 < palette.length),
      'a colour of the palette',
    );
  }
  return {
    width,
    height,
    chunks: [...chunks.keys()],
    colourAt(x, y) {
      const place = (rows[y * (width + 1) + 1 + x] ?? 0) * 3;
      return `#${palette.toString('hex', place, place + 3)}`;
    },
  };
}

/** How much of a rectangle is not of the background. */
export function inkIn(
  png: DecodedPng,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
): number {
  const paper = png.colourAt(1, png.height - 1);
  let inked = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) if (png.colourAt(x, y) !== paper) inked++;
  }
  return inked;
}
