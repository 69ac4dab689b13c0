/** Pixels of a few colours on one background, with smooth edges. Must know no letter and no file format. */
import type { Colour, IndexedImage } from './png.ts';

/** Steps from the background to a colour, so that edges are smooth; a palette holds 256 colours. */
const SHADES = 16;
const COLOURS_MAX = 256 / SHADES;

/** In pixels, from the top left. */
export interface Point {
  x: number;
  y: number;
}

export interface Rectangle extends Point {
  width: number;
  height: number;
}

export interface Stroke {
  from: Point;
  to: Point;
}

export class Canvas<Name extends string> {
  readonly #width: number;
  readonly #height: number;
  readonly #pixels: Uint8Array<ArrayBuffer>;
  readonly #names: readonly Name[];
  readonly #palette: readonly Colour[];

  constructor(
    size: { width: number; height: number },
    paper: Colour,
    inks: Readonly<Record<Name, Colour>>,
  ) {
    const entries = Object.entries<Colour>(inks);
    if (entries.length > COLOURS_MAX) throw new Error(`more than ${COLOURS_MAX} colours`);
    this.#names = entries.map(([name]) => name as Name);
    this.#palette = entries.flatMap(([, ink]) => shadesBetween(paper, ink));
    this.#width = size.width;
    this.#height = size.height;
    // Zero is a colour's faintest shade, which is the background itself.
    this.#pixels = new Uint8Array(size.width * size.height);
  }

  /** What is outside of the picture is left out. */
  fill(colour: Name, { x, y, width, height }: Rectangle): void {
    const full = this.#placeOf(colour) + SHADES - 1;
    const [left, right] = [within(x, this.#width), within(x + width, this.#width)];
    const [top, bottom] = [within(y, this.#height), within(y + height, this.#height)];
    for (let row = top; row < bottom; row++) {
      this.#pixels.fill(full, row * this.#width + left, row * this.#width + right);
    }
  }

  /** A line with round ends. */
  stroke(colour: Name, stroke: Stroke, thickness: number): void {
    const { from, to } = stroke;
    const place = this.#placeOf(colour);
    const reach = thickness / 2 + 1;
    const left = within(Math.min(from.x, to.x) - reach, this.#width);
    const right = within(Math.max(from.x, to.x) + reach + 1, this.#width);
    const top = within(Math.min(from.y, to.y) - reach, this.#height);
    const bottom = within(Math.max(from.y, to.y) + reach + 1, this.#height);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        // Measured from the middle of a pixel.
        const distance = distanceTo(stroke, x + 0.5, y + 0.5);
        const cover = Math.min(1, thickness / 2 + 0.5 - distance);
        if (cover > 0) this.#blend(y * this.#width + x, place, Math.round(cover * (SHADES - 1)));
      }
    }
  }

  image(): IndexedImage {
    return {
      width: this.#width,
      height: this.#height,
      pixels: this.#pixels,
      palette: this.#palette,
    };
  }

  #placeOf(colour: Name): number {
    return this.#names.indexOf(colour) * SHADES;
  }

  /** Where strokes meet the stronger one counts, so that a joint is no darker than they are. */
  #blend(at: number, place: number, shade: number): void {
    if (shade > (this.#pixels[at] ?? 0) % SHADES) this.#pixels[at] = place + shade;
  }
}

function shadesBetween(paper: Colour, ink: Colour): Colour[] {
  return Array.from({ length: SHADES }, (_, shade) => {
    const share = shade / (SHADES - 1);
    const mixed = (of: 0 | 1 | 2) => Math.round(paper[of] + (ink[of] - paper[of]) * share);
    return [mixed(0), mixed(1), mixed(2)];
  });
}

function within(place: number, size: number): number {
  return Math.min(size, Math.max(0, Math.floor(place)));
}

function distanceTo({ from, to }: Stroke, x: number, y: number): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = dx * dx + dy * dy;
  const share = along === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / along;
  const nearest = Math.min(1, Math.max(0, share));
  return Math.hypot(x - from.x - nearest * dx, y - from.y - nearest * dy);
}
