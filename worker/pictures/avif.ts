/** AVIF: a still one, in a file of boxes. */
import { BOXES, type Chunk, chunksOf, nameAt } from './chunks.ts';
import type { Inspected } from './inspected.ts';

/** How its boxes lead to the sizes, with the bytes that stand before the boxes inside. */
const WAY: readonly [string, number][] = [
  ['meta', 4],
  ['iprp', 0],
  ['ipco', 0],
];

/** A file may be made of boxes of eight bytes, each of which costs memory. Real ones have some dozens. */
const BOXES_MAX = 1_000;

export function inspectAvif(file: DataView): Inspected {
  const boxes = boxesOf(file);
  if (boxes.length > BOXES_MAX) return 'broken';
  const [kind] = boxes;
  if (kind === undefined) return 'broken';
  const brands = brandsOf(file, kind);
  if (!brands.includes('avif') && !brands.includes('avis')) return 'no_picture';
  if (brands[0] === 'avis' || boxes.some(({ name }) => name === 'moov')) return 'moves';
  if (!boxes.some(({ name }) => name === 'mdat')) return 'broken';
  let inside = boxes;
  for (const [name, before] of WAY) {
    inside = inside
      .filter((box) => box.name === name)
      .flatMap(({ start, end }) => boxesOf(file, { start: start + before, end }));
    if (inside.length > BOXES_MAX) return 'broken';
  }
  // A picture of tiles has the size of these, too.
  const sizes = inside
    .filter(({ name }) => name === 'ispe')
    .map(({ start }) => ({ width: file.getUint32(start + 4), height: file.getUint32(start + 8) }));
  return {
    width: Math.max(0, ...sizes.map(({ width }) => width)),
    height: Math.max(0, ...sizes.map(({ height }) => height)),
  };
}

/** The first is what the file is; behind it, and a number, what it may be read as. */
function brandsOf(file: DataView, { start, end }: Chunk): string[] {
  const brands = [nameAt(file, start)];
  for (let at = start + 8; at + 4 <= end; at += 4) brands.push(nameAt(file, at));
  return brands;
}

/** At most one more than are looked at. */
function boxesOf(file: DataView, within?: { start: number; end: number }): Chunk[] {
  const boxes: Chunk[] = [];
  for (const box of chunksOf(file, BOXES, within)) {
    boxes.push(box);
    if (boxes.length > BOXES_MAX) break;
  }
  return boxes;
}
