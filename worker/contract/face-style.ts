/** The styles of a shop's face: custom properties in place of those of client/styles/tokens.css. Pure. */
import { shadesOf } from './accent.ts';
import type { Face, Typeface } from './face.ts';

/** All of the reader's machine, so that no page waits for a font; each ends in what every machine has. */
export const FONT_STACKS: Readonly<Record<Typeface, string | null>> = {
  system: null,
  serif: `"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",Georgia,serif`,
  rounded: `ui-rounded,"SF Pro Rounded","Hiragino Maru Gothic ProN",Quicksand,Nunito,"Arial Rounded MT Bold",Calibri,sans-serif`,
  mono: `ui-monospace,"Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono",monospace`,
};

/** Nothing in it can end a `style` element: names and addresses are not in it. Empty where all is the product's own. */
export function faceStyle({ colour, typeface }: Pick<Face, 'colour' | 'typeface'>): string {
  const font = FONT_STACKS[typeface];
  const type = font === null ? '' : `:root{--font:${font}}`;
  if (colour === null) return type;
  const light = `:root{${propertiesOf(colour, 'light')}}`;
  // As tokens.css: paper is light.
  const dark = `@media screen and (prefers-color-scheme:dark){:root{${propertiesOf(colour, 'dark')}}}`;
  return `${type}${light}${dark}`;
}

/** Such as a `style` attribute has them. */
export function propertiesOf(colour: string, scheme: 'light' | 'dark'): string {
  const { accent, fill, hover, ink, soft } = shadesOf(colour, scheme);
  return `--accent:${accent};--accent-fill:${fill};--accent-hover:${hover};--accent-ink:${ink};--accent-soft:${soft}`;
}
