/** The shop's own face in its pages. Must not keep a page waiting: without the answer all is as before, or as the product comes. */
import type { Context } from 'hono';
import type { Face } from '../contract/face.ts';
import { faceStyle } from '../contract/face-style.ts';
import { sourcesOf } from '../contract/pictures.ts';
import type { Stores } from '../deps/deps.ts';
import { cachedFace } from '../face/shown-face.ts';
import { within } from '../platform/within.ts';

/** For the first page of an isolate; later ones have what was read before them. */
const WAIT_MS_MAX = 300;

/** A face with its styles, as a page takes them. */
export interface PageFace {
  face: Face;
  /** Empty where all colours and letters are the product's own. */
  style: string;
  /** By which the content security policy knows the style: `'sha256-…'`. */
  styleHash: string;
}

/** @returns what is there, or was when that could last be read; null while it is as the product comes. Never throws. */
export function createShopFace(stores: Pick<Stores, 'db' | 'readCache'>) {
  let known: PageFace | null = null;
  return async (c: Context): Promise<PageFace | null> => {
    try {
      const read = cachedFace(stores, (work) => c.executionCtx.waitUntil(work));
      const face = await within(WAIT_MS_MAX, read);
      if (face === undefined || face.version === (known?.face.version ?? 0)) return known;
      known = face.version === 0 ? null : await styled(face);
    } catch {
      // The page itself tells what is the matter, where it needs the database.
    }
    return known;
  };
}

async function styled(face: Face): Promise<PageFace> {
  const style = faceStyle(face);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  const logoUrl = face.logoUrl && smallestOf(face.logoUrl);
  return { face: { ...face, logoUrl }, style, styleHash: `'sha256-${hash}'` };
}

/** A logo is drawn small. */
function smallestOf(url: string): string {
  const { srcset, src } = sourcesOf(url);
  return srcset?.split(' ', 1)[0] ?? src;
}

/** The page with its style, and the word to its script whose shop this is. */
export function wearing(page: string, { face, style }: PageFace): string {
  const { name, logoUrl, footerLinks, languages, colour } = face;
  const told = attribute(JSON.stringify({ name, logoUrl, footerLinks, languages }));
  const head = `<meta name="face" content="${told}">${style && `<style>${style}</style>`}`;
  const coloured = colour === null ? page : page.replace(THEME, () => themeOf(colour));
  // Functions, since a name in the place of a text would have its dollar signs read.
  return coloured.replace('</head>', () => `${head}</head>`);
}

/** A page that is not drawn, and so has the product's name still. */
export function renamed(page: string, { face: { name } }: PageFace): string {
  return page.replace(/<title>[^<]*<\/title>/, () => `<title>${attribute(name)}</title>`);
}

/** The page's headers with a policy that knows its style. */
export function allowingStyle(headers: Headers, { style, styleHash }: PageFace): Headers {
  const policy = headers.get('Content-Security-Policy');
  if (style === '' || policy === null) return headers;
  const all = new Headers(headers);
  all.set(
    'Content-Security-Policy',
    policy.replace("style-src 'self'", (own) => `${own} ${styleHash}`),
  );
  return all;
}

/** Both of index.html: the bar of a browser or of an installed shop has the colour itself. */
const THEME = /<meta name="theme-color"[^>]*>\s*<meta name="theme-color"[^>]*>/;

function themeOf(colour: string): string {
  return `<meta name="theme-color" content="${colour}">`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
