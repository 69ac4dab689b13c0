/** The styles of a shop's face: custom properties in place of those of client/styles/tokens.css. Pure. */
import { shadesOf } from './accent.ts';
import type { Face, Typeface } from './face.ts';

const SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif';

/** Files of client/public/fonts/ that the shop sends itself, with all weights. Another file gets another name. */
export const OWN_FONTS: Readonly<Partial<Record<Typeface, { family: string; file: string }>>> = {
  inter: { family: 'Inter', file: 'inter-5.3.0.woff2' },
  literata: { family: 'Literata', file: 'literata-5.3.0.woff2' },
  space_grotesk: { family: 'Space Grotesk', file: 'space-grotesk-5.3.0.woff2' },
};

/** Each ends in what every machine has. */
export const FONT_STACKS: Readonly<Record<Typeface, string | null>> = {
  system: null,
  serif: `"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",Georgia,serif`,
  rounded: `ui-rounded,"SF Pro Rounded","Hiragino Maru Gothic ProN",Quicksand,Nunito,"Arial Rounded MT Bold",Calibri,sans-serif`,
  mono: `ui-monospace,"Cascadia Code",Menlo,Consolas,"DejaVu Sans Mono",monospace`,
  inter: `"Inter",${SANS}`,
  literata: `"Literata",Georgia,serif`,
  space_grotesk: `"Space Grotesk",${SANS}`,
};

/** Nothing in it can end a `style` element: names and addresses are not in it. Empty where all is the product's own. */
export function faceStyle({ colour, typeface }: Pick<Face, 'colour' | 'typeface'>): string {
  const font = FONT_STACKS[typeface];
  const type = font === null ? '' : `${fontFace(typeface)}:root{--font:${font}}`;
  if (colour === null) return type;
  const light = `:root{${propertiesOf(colour, 'light')}}`;
  // As tokens.css: paper is light.
  const dark = `@media screen and (prefers-color-scheme:dark){:root{${propertiesOf(colour, 'dark')}}}`;
  return `${type}${light}${dark}`;
}

/** Optional: what is there late is used from the next page on, so that no text moves and none waits. */
function fontFace(typeface: Typeface): string {
  const own = OWN_FONTS[typeface];
  if (own === undefined) return '';
  const { family, file } = own;
  return `@font-face{font-family:"${family}";src:url(/fonts/${file}) format("woff2");font-weight:100 900;font-display:optional}`;
}

/** Such as a `style` attribute has them. */
export function propertiesOf(colour: string, scheme: 'light' | 'dark'): string {
  const { accent, fill, hover, ink, soft } = shadesOf(colour, scheme);
  return `--accent:${accent};--accent-fill:${fill};--accent-hover:${hover};--accent-ink:${ink};--accent-soft:${soft}`;
}
