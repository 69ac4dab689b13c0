import { beforeAll, describe, expect, it } from 'vitest';
import { makeTestPictures } from '../../local/testing/test-pictures.ts';
import { inspectPicture } from './inspect.ts';
import { withoutMetadata } from './webp.ts';

let files: Record<string, Uint8Array<ArrayBuffer>>;

beforeAll(async () => {
  const made = await makeTestPictures();
  files = Object.fromEntries(
    Object.entries(made).map(([name, file]) => [
      name,
      Uint8Array.from(Buffer.from(file, 'base64')),
    ]),
  );
});

function fileNamed(name: string): Uint8Array<ArrayBuffer> {
  const file = files[name];
  if (file === undefined) throw new Error(`there is no file called ${name}`);
  return file;
}

const SIZES: [string, number, number][] = [
  ['large', 1_000, 750],
  ['located', 1_000, 750],
  ['progressive', 200, 150],
  ['cmyk', 200, 150],
  ['turned 6', 40, 20],
  ['png', 600, 300],
  ['png with 16 bits', 50, 50],
  ['png with a palette', 40, 20],
  ['wide', 10_000, 10],
  ['bomb', 60_000, 60_000],
  ['webp', 40, 20],
  ['lossy webp', 120, 90],
  ['webp with metadata', 120, 90],
  ['avif', 120, 90],
  ['gif', 40, 20],
];

describe('a file that is a picture', () => {
  it.each(SIZES)('called %s is as large as %s by %s', (name, width, height) => {
    expect(inspectPicture(fileNamed(name))).toEqual({ width, height });
  });

  it.each(SIZES.map(([name]) => name))('called %s is none wherever it is cut off', (name) => {
    const file = fileNamed(name);
    // All of a small file, and as many places of a large one.
    const step = Math.max(1, Math.floor(file.length / 2_000));
    for (let cut = 0; cut < file.length; cut += step) {
      expect([cut, inspectPicture(file.slice(0, cut))]).toEqual([cut, expect.any(String)]);
    }
    expect(inspectPicture(file.slice(0, -1))).toEqual(expect.any(String));
  });

  it('and moves is told by its bytes', () => {
    for (const name of ['moving gif', 'moving webp', 'moving png']) {
      expect(inspectPicture(fileNamed(name))).toBe('moves');
    }
    const sequence = fileNamed('avif').slice();
    sequence.set(new TextEncoder().encode('avis'), 8);
    expect(inspectPicture(sequence)).toBe('moves');
  });

  it('with no pixel in one direction is broken', () => {
    const file = fileNamed('png').slice();
    file.fill(0, 16, 20);
    expect(inspectPicture(file)).toBe('broken');
  });
});

it('a WebP without what is written about it is the same picture, and whole', () => {
  const file = fileNamed('webp with metadata');
  const bare = withoutMetadata(file);
  expect(Buffer.from(file).toString('latin1')).toMatch(/EXIF[^]*Ada at home/);
  expect(Buffer.from(bare).toString('latin1')).not.toMatch(/EXIF|Ada at home/);
  expect(inspectPicture(bare)).toEqual(inspectPicture(file));
  expect(new DataView(bare.buffer).getUint32(4, true)).toBe(bare.length - 8);
  expect((bare[20] ?? 0) & 0x0c).toBe(0);
  expect(withoutMetadata(bare)).toEqual(bare);
});
