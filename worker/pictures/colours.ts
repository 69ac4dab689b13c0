/** The mean colours of a picture, read from a tiny PNG of it. */
import { chunksOf, PNG } from './chunks.ts';

/** How large that PNG is, each way. Even, so that it has two halves. */
export const TINY_SIDE = 8;

const SIGNATURE_BYTES = 8;
/** Behind what is transparent. */
const PAPER = 255;
/** Values of one pixel, by the kind of the PNG. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

type Colour = [red: number, green: number, blue: number];

interface Form {
  width: number;
  height: number;
  depth: number;
  kind: number;
  palette: Uint8Array;
  /** How opaque each colour of the palette is. */
  opacities: Uint8Array;
}

/**
 * @param png of TINY_SIDE each way
 * @returns `rrggbb` of the upper half and of the lower half; undefined for a PNG that is not read here.
 */
export async function coloursOf(
  png: Uint8Array<ArrayBuffer>,
): Promise<[upper: string, lower: string] | undefined> {
  const file = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [form, packed] = readForm(file, png);
  const channels = CHANNELS[form.kind];
  const isPlain = file.getUint8(28) === 0;
  if (channels === undefined || !isPlain || form.height !== TINY_SIDE) return undefined;
  const lineBytes = Math.ceil((form.width * channels * form.depth) / 8);
  const lines = unfiltered(await inflated(packed), {
    lineBytes,
    pixelBytes: Math.max(1, (channels * form.depth) / 8),
  });
  const rows = lines.map((line) => rowOf(line, form, channels));
  const half = TINY_SIDE / 2;
  return [meanOf(rows.slice(0, half).flat()), meanOf(rows.slice(half).flat())];
}

function readForm(file: DataView, png: Uint8Array): [Form, Uint8Array<ArrayBuffer>[]] {
  const none = new Uint8Array();
  const form = { width: 0, height: 0, depth: 8, kind: 0, palette: none, opacities: none };
  const packed: Uint8Array<ArrayBuffer>[] = [];
  for (const { name, start, end } of chunksOf(file, PNG, { start: SIGNATURE_BYTES })) {
    if (name === 'IHDR') {
      form.width = file.getUint32(start);
      form.height = file.getUint32(start + 4);
      form.depth = file.getUint8(start + 8);
      form.kind = file.getUint8(start + 9);
    }
    const content = png.slice(start, end);
    if (name === 'PLTE') form.palette = content;
    if (name === 'tRNS') form.opacities = content;
    if (name === 'IDAT') packed.push(content);
  }
  return [form, packed];
}

async function inflated(packed: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
  const stream = new Blob(packed).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Each line begins with how it was made of those beside it. */
function unfiltered(
  data: Uint8Array,
  { lineBytes, pixelBytes }: { lineBytes: number; pixelBytes: number },
): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let above = new Uint8Array(lineBytes);
  for (let start = 0; start < data.length; start += lineBytes + 1) {
    const line = new Uint8Array(lineBytes);
    for (let n = 0; n < lineBytes; n++) {
      const left = line[n - pixelBytes] ?? 0;
      const up = above[n] ?? 0;
      const corner = above[n - pixelBytes] ?? 0;
      const guesses = [0, left, up, (left + up) >> 1, nearest(left, up, corner)];
      line[n] = (data[start + 1 + n] ?? 0) + (guesses[data[start] ?? 0] ?? 0);
    }
    lines.push(line);
    above = line;
  }
  return lines;
}

/** As PNG has Paeth choose. */
function nearest(left: number, up: number, corner: number): number {
  const sum = left + up - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function rowOf(line: Uint8Array, form: Form, channels: number): Colour[] {
  const { width, depth, kind, palette, opacities } = form;
  return Array.from({ length: width }, (_, n) => {
    const values = Array.from({ length: channels }, (_value, c) =>
      valueAt(line, n * channels + c, depth),
    );
    const [first = 0, second = 0, third = 0, fourth = 0] = values;
    if (kind === 3) {
      const [red = 0, green = 0, blue = 0] = palette.subarray(first * 3, first * 3 + 3);
      return onPaper([red, green, blue], opacities[first] ?? 255);
    }
    // Fewer bits are spread over all values.
    const scale = depth < 8 ? 255 / (2 ** depth - 1) : 1;
    if (channels < 3) {
      return onPaper([first * scale, first * scale, first * scale], kind === 4 ? second : 255);
    }
    return onPaper([first, second, third], kind === 6 ? fourth : 255);
  });
}

/** Of values of 16 bits the upper half is read. */
function valueAt(line: Uint8Array, index: number, depth: number): number {
  if (depth >= 8) return line[(index * depth) / 8] ?? 0;
  const bit = index * depth;
  return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

function onPaper(colour: Colour, opacity: number): Colour {
  return colour.map((value) => PAPER + ((value - PAPER) * opacity) / 255) as Colour;
}

function meanOf(colours: Colour[]): string {
  return [0, 1, 2]
    .map((channel) => {
      const sum = colours.reduce((total, colour) => total + (colour[channel] ?? 0), 0);
      return Math.round(sum / colours.length)
        .toString(16)
        .padStart(2, '0');
    })
    .join('');
}
