/**
 * The shades of a shop's one colour, for light and for dark: computed so that all text on them and in them is
 * readable (WCAG 2.2, AA: 4.5 to 1). For every colour there are such shades, so that none is refused. Pure.
 */

export const CONTRAST_MIN = 4.5;

/** `#rrggbb` each. */
export interface Shades {
  /** Text, lines and signs on the page. */
  accent: string;
  /** The ground of what is to be pressed: the colour itself. */
  fill: string;
  /** The same under the pointer. */
  hover: string;
  /** Text on both. */
  ink: string;
  /** The ground of notes and of what is chosen. */
  soft: string;
}

type Rgb = readonly [number, number, number];

/** The grounds of client/styles/tokens.css on which the accent stands; a test compares them. */
export const GROUNDS = {
  light: ['#fbfaf7', '#ffffff', '#f1eee8'],
  dark: ['#141210', '#1d1a17', '#26221e'],
} as const;

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** How much of the colour is in the ground of notes. */
const SOFT_SHARE = { light: 0.1, dark: 0.15 } as const;
const HOVER_SHARE = 0.12;
const STEPS = 200;

export function shadesOf(colour: string, scheme: 'light' | 'dark'): Shades {
  const own = read(colour);
  const grounds = GROUNDS[scheme].map(read);
  const [ground = WHITE] = grounds;
  const soft = mixed(ground, own, SOFT_SHARE[scheme]);
  const accent = readableOn([...grounds, soft], own, scheme === 'light' ? BLACK : WHITE);
  const ink = contrast(WHITE, own) >= CONTRAST_MIN ? WHITE : BLACK;
  // Away from the text on it, so that this stays readable.
  const hover = mixed(own, ink === WHITE ? BLACK : WHITE, HOVER_SHARE);
  return {
    accent: written(accent),
    fill: written(own),
    hover: written(hover),
    ink: written(ink),
    soft: written(soft),
  };
}

/** WCAG's contrast ratio of two colours, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  return contrast(read(one), read(other));
}

/** The nearest to the colour on the way to black or white that is readable on all grounds. */
function readableOn(grounds: readonly Rgb[], colour: Rgb, end: Rgb): Rgb {
  for (let step = 0; step <= STEPS; step += 1) {
    const shade = mixed(colour, end, step / STEPS);
    if (grounds.every((ground) => contrast(shade, ground) >= CONTRAST_MIN)) return shade;
  }
  throw new Error('black is readable on light grounds, white on dark ones');
}

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (n: 0 | 1 | 2) => Math.round(from[n] + (to[n] - from[n]) * share);
  return [at(0), at(1), at(2)];
}

function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** As WCAG defines it, from one of 256 steps. */
function linear(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function read(colour: string): Rgb {
  const bits = Number.parseInt(colour.slice(1), 16);
  return [(bits >> 16) & 255, (bits >> 8) & 255, bits & 255];
}

function written(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
