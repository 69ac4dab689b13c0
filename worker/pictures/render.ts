/** The sizes in which a picture is kept, and the colours that stand for it until it is there. */
import { keptWidths, PICTURE_WIDTHS } from '../contract/pictures.ts';
import { coloursOf, TINY_SIDE } from './colours.ts';
import { inspectPicture } from './inspect.ts';
import type { Size } from './inspected.ts';
import { withoutMetadata } from './webp.ts';

export interface Rendering {
  format: 'image/webp' | 'image/png';
  width: number;
  /** Else it follows from the width. */
  height?: number;
  /** `scale-down` enlarges nothing; `squeeze` keeps no proportions. */
  fit: 'scale-down' | 'squeeze';
}

/** Decodes a picture, turns it as its orientation says, and encodes it anew. Rejects what it cannot decode. */
export type RenderPicture = (
  picture: Uint8Array<ArrayBuffer>,
  rendering: Rendering,
) => Promise<Uint8Array<ArrayBuffer>>;

export interface Rendered extends Size {
  colours: [upper: string, lower: string];
  /** By their widths. */
  sizes: Map<number, Uint8Array<ArrayBuffer>>;
}

const WIDTH_MAX = Math.max(...PICTURE_WIDTHS);
/** Where the colours cannot be read: a light grey. */
const PLAIN = 'e5e5e5';
/** The smallest PNG: one pixel. */
const PIXEL = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ),
  (char) => char.charCodeAt(0),
);

/**
 * One size after the other, so that few large pictures are in memory at one time.
 * @returns undefined for a picture that cannot be decoded. Rejects where no other one can either.
 */
export async function renderPicture(
  render: RenderPicture,
  picture: Uint8Array<ArrayBuffer>,
): Promise<Rendered | undefined> {
  const still = (width: number) => renderStill(render, picture, width);
  let largest: Awaited<ReturnType<typeof still>>;
  try {
    largest = await still(WIDTH_MAX);
  } catch (error) {
    // Whether it is this picture or the service cannot be told by the error, but by one that is whole.
    await renderStill(render, PIXEL, 1).catch(() => Promise.reject(error));
    return undefined;
  }
  const { width, height } = largest;
  const sizes = new Map([[width, largest.bytes]]);
  for (const smaller of keptWidths(width).slice(0, -1)) {
    sizes.set(smaller, (await still(smaller)).bytes);
  }
  const side = { width: TINY_SIDE, height: TINY_SIDE };
  const tiny = await render(largest.bytes, { format: 'image/png', fit: 'squeeze', ...side });
  const colours = (await coloursOf(tiny)) ?? [PLAIN, PLAIN];
  return { width, height, colours, sizes };
}

async function renderStill(
  render: RenderPicture,
  picture: Uint8Array<ArrayBuffer>,
  width: number,
): Promise<Size & { bytes: Uint8Array<ArrayBuffer> }> {
  const encoded = await render(picture, { format: 'image/webp', fit: 'scale-down', width });
  const size = inspectPicture(encoded);
  if (typeof size === 'string') throw new Error(`what was encoded is ${size}`);
  return { ...size, bytes: withoutMetadata(encoded) };
}
