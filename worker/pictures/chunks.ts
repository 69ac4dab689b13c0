/** The parts that PNG, WebP and AVIF files are made of: each has a length and a name of four letters. */

export interface Chunk {
  name: string;
  /** Of what it contains. */
  start: number;
  end: number;
}

/** Bytes from `start` on, as characters. */
export function nameAt(file: DataView, start: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((n) => file.getUint8(start + n)));
}

interface Form {
  /** Reads the part that begins there; `end` may be behind the end of the file. */
  read(file: DataView, at: number): Chunk;
  /** What stands behind a part before the next. */
  gapOf(chunk: Chunk): number;
}

/** A length and a name; behind it a checksum. */
export const PNG: Form = {
  read: (file, at) => ({
    name: nameAt(file, at + 4),
    start: at + 8,
    end: at + 8 + file.getUint32(at),
  }),
  gapOf: () => 4,
};

/** A name and a length; parts of an odd length are filled up by one byte. */
export const RIFF: Form = {
  read: (file, at) => ({
    name: nameAt(file, at),
    start: at + 8,
    end: at + 8 + file.getUint32(at + 4, true),
  }),
  gapOf: ({ start, end }) => (end - start) % 2,
};

/** Boxes of ISO 14496-12: the length, which counts itself, may follow in eight bytes, or go to the end. */
export const BOXES: Form = {
  read(file, at) {
    const length = file.getUint32(at);
    const name = nameAt(file, at + 4);
    if (length === 0) return { name, start: at + 8, end: file.byteLength };
    if (length === 1) return { name, start: at + 16, end: at + Number(file.getBigUint64(at + 8)) };
    return { name, start: at + 8, end: at + length };
  },
  gapOf: () => 0,
};

/** @throws RangeError where one is longer than there are bytes, or ends before it begins. */
export function* chunksOf(
  file: DataView,
  form: Form,
  { start = 0, end = file.byteLength }: { start?: number; end?: number } = {},
): Generator<Chunk> {
  for (let at = start; at < end; ) {
    const chunk = form.read(file, at);
    if (chunk.end > end || chunk.end < chunk.start) throw new RangeError('a part is cut off');
    yield chunk;
    at = chunk.end + form.gapOf(chunk);
  }
}
