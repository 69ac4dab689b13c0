/** AVIF: a still one, in a file of boxes. */
import { BOXES, type Chunk, chunksOf, nameAt } from './chunks.ts';
import type { Inspected } from './inspected.ts';

/** How its boxes lead to the sizes, with the bytes that stand before the boxes inside. */
const WAY: readonly [string, number][] = [
  ['meta', 4],
  ['iprp', 0],
  ['ipco', 0],
];

export function inspectAvif(file: DataView): Inspected {
  const boxes = [...chunksOf(file, BOXES)];
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
      .flatMap(({ start, end }) => [...chunksOf(file, BOXES, { start: start + before, end })]);
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
