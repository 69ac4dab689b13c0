/**
 * Pictures: which addresses one may have, and what the address of an uploaded one says of it. One rule for what
 * is written, stored and drawn.
 */

/** How wide an uploaded picture is kept, in pixels; never wider than it is. The last one is the largest. */
export const PICTURE_WIDTHS = [400, 800, 1_600] as const;

/** A path is resolved against this only to see where it would lead. */
const SITE = 'https://site.invalid';

const FOLDER = '/pictures/';
/** As pictureName makes it. */
const NAME =
  /^(pic_[0-9a-hjkmnp-tv-z]{26})-([1-9]\d{0,4})x([1-9]\d{0,4})-([0-9a-f]{6})([0-9a-f]{6})\.webp$/;

/** What the address of an uploaded picture says. */
export interface UploadedPicture {
  id: string;
  /** Of the largest size that is kept, in pixels. */
  width: number;
  height: number;
  /** `rrggbb`: the mean of its upper half and of its lower half, to be seen until it is there. */
  colours: [upper: string, lower: string];
}

/** @returns whether it is an https URL, or a path of this site that leads to no other one. */
export function isPictureUrl(text: string): boolean {
  if (/[\s\\\p{Cc}]/u.test(text)) return false;
  const isPath = text.startsWith('/');
  // A browser would take `https:host` and `https:///host` too, and not everyone the same way.
  if (!isPath && !/^https:\/\/[^/]/.test(text)) return false;
  if (!URL.canParse(text, SITE)) return false;
  const { protocol, origin, username, password } = new URL(text, SITE);
  if (isPath) return origin === SITE;
  return protocol === 'https:' && username === '' && password === '';
}

/** A stored address as it may be shown: null for one that an older rule let pass. */
export function shownPicture(stored: string | null): string | null {
  return stored !== null && isPictureUrl(stored) ? stored : null;
}

/** @returns null for an address from elsewhere, or of a size that is not the largest. */
export function uploadedPicture(url: string): UploadedPicture | null {
  return url.startsWith(FOLDER) ? namedPicture(url.slice(FOLDER.length)) : null;
}

/** @returns null for what is no name of an uploaded picture. */
export function namedPicture(name: string): UploadedPicture | null {
  const [, id, width, height, upper, lower] = NAME.exec(name) ?? [];
  if (id === undefined || upper === undefined || lower === undefined) return null;
  return { id, width: Number(width), height: Number(height), colours: [upper, lower] };
}

export function pictureUrlOf({ id, width, height, colours }: UploadedPicture): string {
  return `${FOLDER}${id}-${width}x${height}-${colours.join('')}.webp`;
}

/** The widths in which a picture is kept, the largest last. @param width of the largest */
export function keptWidths(width: number): number[] {
  return [...PICTURE_WIDTHS.filter((kept) => kept < width), width];
}

/** Under which names its sizes are kept, which are their addresses below /pictures/, with their widths. */
export function namesOf(url: string): Map<string, number> {
  const picture = uploadedPicture(url);
  const name = url.slice(FOLDER.length);
  const widths = picture === null ? [] : keptWidths(picture.width);
  return new Map(
    widths.map((width) => [width === picture?.width ? name : `${width}/${name}`, width]),
  );
}

/**
 * What an `img` is given.
 * @returns without `srcset` for an address from elsewhere, which has one size.
 */
export function sourcesOf(url: string): { src: string; srcset: string | undefined } {
  const sources = [...namesOf(url)].map(([name, width]) => `${FOLDER}${name} ${width}w`);
  return { src: url, srcset: sources.length > 0 ? sources.join(', ') : undefined };
}
