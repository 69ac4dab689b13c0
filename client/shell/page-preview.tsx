/** What a page shows of itself where its address is pasted: the picture and the words (Open Graph). */
import type { EventItem } from '../../worker/contract/events.ts';
import { uploadedPicture } from '../../worker/contract/pictures.ts';
import { BRAND } from '../texts/texts.ts';

/** Most who show previews take no SVG, so a picture of the shop's own stands for those. */
const OWN = { path: '/og.png', type: 'image/png', width: 1_200, height: 630 } as const;

const RASTER_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
};

interface Picture {
  readonly url: string;
  readonly type: string;
  readonly alt: string;
  /** Known of the shop's own, and of what was uploaded to it. */
  readonly width?: number;
  readonly height?: number;
}

export interface PreviewProps {
  readonly title: string;
  readonly description: string;
  /** Absolute; null where the shop knows no address of its own. */
  readonly address: string | null;
  readonly origin: string | null;
  readonly items: readonly EventItem[];
  /** The event's own picture, before those of its items. */
  readonly cover?: string | null | undefined;
  /** In place of one of the items'. */
  readonly picture?: Picture | undefined;
}

export function Preview({ title, description, address, origin, items, ...own }: PreviewProps) {
  const cover = { imageUrl: own.cover ?? null, name: title };
  const picture = own.picture ?? pictureOf([cover, ...items], origin);
  return (
    <>
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={BRAND} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      {address && <meta property="og:url" content={address} />}
      {picture && (
        <>
          <meta property="og:image" content={picture.url} />
          <meta property="og:image:type" content={picture.type} />
          {picture.width && <meta property="og:image:width" content={String(picture.width)} />}
          {picture.height && <meta property="og:image:height" content={String(picture.height)} />}
          <meta property="og:image:alt" content={picture.alt} />
        </>
      )}
      <meta name="twitter:card" content={picture ? 'summary_large_image' : 'summary'} />
    </>
  );
}

/** The first that is a raster image, else the shop's own. Only absolute addresses are taken. */
function pictureOf(
  shown: readonly Pick<EventItem, 'imageUrl' | 'name'>[],
  origin: string | null,
): Picture | null {
  for (const { imageUrl, name } of shown) {
    const url = imageUrl === null ? null : absolute(imageUrl, origin);
    const type = url && rasterTypeOf(url);
    if (!imageUrl || !url || !type) continue;
    const { width, height } = uploadedPicture(imageUrl) ?? {};
    return { url, type, alt: name, ...(width && { width }), ...(height && { height }) };
  }
  if (origin === null) return null;
  const { path, ...facts } = OWN;
  return { url: `${origin}${path}`, ...facts, alt: BRAND };
}

function rasterTypeOf(url: string): string | undefined {
  const [, ending = ''] = /\.(\w+)$/.exec(new URL(url).pathname) ?? [];
  return RASTER_TYPES[ending.toLowerCase()];
}

/** @returns null for what is no address, or a path of a shop that knows none of its own. */
export function absolute(url: string, origin: string | null): string | null {
  const base = origin ?? undefined;
  return URL.canParse(url, base) ? new URL(url, base).href : null;
}
