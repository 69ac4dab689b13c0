import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodePng } from '../testing/decoded-png.ts';
import { encodePng } from './png.ts';

it('writes what another decoder reads, with right checksums', async () => {
  const palette = [
    [1, 2, 3],
    [250, 0, 128],
  ] as const;
  const sizes = { width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) };
  await fc.assert(
    fc.asyncProperty(fc.record(sizes), fc.infiniteStream(fc.nat(1)), async (size, places) => {
      const pixels = Uint8Array.from({ length: size.width * size.height }, () =>
        Number(places.next().value),
      );
      const png = decodePng(await encodePng({ ...size, pixels, palette }));
      expect(png).toMatchObject({ ...size, chunks: ['IHDR', 'PLTE', 'IDAT', 'IEND'] });
      const read = [...pixels.keys()].map((at) =>
        png.colourAt(at % size.width, Math.floor(at / size.width)),
      );
      expect(read).toEqual([...pixels].map((place) => ['#010203', '#fa0080'][place]));
    }),
    { numRuns: 50 },
  );
});
