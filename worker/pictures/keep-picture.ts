/**
 * An upload from its bytes to an address: checked, encoded anew, kept. What is answered is either an address
 * whose sizes are all there, or a refusal that leaves nothing that anybody could name.
 */
import type { UserId } from '../contract/ids.ts';
import { makePictureId } from '../contract/picture-ids.ts';
import {
  PICTURE_LIMITS,
  type PictureAnswer,
  type PictureFault,
} from '../contract/picture-uploads.ts';
import { namesOf, pictureUrlOf, uploadedPicture } from '../contract/pictures.ts';
import type { PictureStore } from '../stores/pictures/picture-store.ts';
import type { Db } from '../stores/postgres/client.ts';
import {
  beginPicture,
  findPicture,
  finishPicture,
  type PictureRow,
} from '../stores/postgres/pictures.ts';
import { inspectPicture } from './inspect.ts';
import { type Rendered, type RenderPicture, renderPicture } from './render.ts';

export interface PictureNeeds {
  db: Db;
  store: PictureStore;
  render: RenderPicture;
  nowMs: () => number;
}

export type Kept =
  | { outcome: 'kept'; answer: PictureAnswer }
  | { outcome: 'unusable'; fault: PictureFault }
  /** `being_removed`: the same file may come again in a minute. */
  | { outcome: 'too_many_pixels' | 'too_many' | 'being_removed' };

export async function keepPicture(
  needs: PictureNeeds,
  bytes: Uint8Array<ArrayBuffer>,
  uploadedBy: UserId,
): Promise<Kept> {
  const { db, nowMs } = needs;
  const size = inspectPicture(bytes);
  if (typeof size === 'string') return { outcome: 'unusable', fault: size };
  const { width, height } = size;
  const isTooLarge = Math.max(width, height) > PICTURE_LIMITS.sidePixelsMax;
  if (isTooLarge || width * height > PICTURE_LIMITS.pixelsMax)
    return { outcome: 'too_many_pixels' };
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const id = makePictureId(digest);
  const known = await findPicture(db, id, nowMs());
  if (known.url !== undefined) return keptAt(known.url);
  if (known.isBeingRemoved) return { outcome: 'being_removed' };
  if (known.uploadedLately >= PICTURE_LIMITS.perHourMax) return { outcome: 'too_many' };
  const rendered = await renderPicture(needs.render, bytes);
  if (rendered === undefined) return { outcome: 'unusable', fault: 'broken' };
  const row = { id, digest: hexOf(digest), bytes: bytes.length, uploadedBy };
  return keep(needs, row, rendered);
}

async function keep(
  { db, store, nowMs }: PictureNeeds,
  file: Pick<PictureRow, 'id' | 'digest' | 'bytes' | 'uploadedBy'>,
  { sizes, colours, width, height }: Rendered,
): Promise<Kept> {
  const row = { ...file, width, height, colours: colours.join('') };
  const url = await beginPicture(db, row, nowMs());
  const own = pictureUrlOf({ id: file.id, width, height, colours });
  if (url === undefined) return { outcome: 'being_removed' };
  // Somebody kept the same file just now, and it was encoded otherwise.
  if (url !== own) return keptAt(url);
  for (const [name, kept] of namesOf(url)) {
    const encoded = sizes.get(kept);
    if (encoded === undefined) throw new Error(`there is no size of ${kept}`);
    await store.write(name, encoded);
  }
  return (await finishPicture(db, row, nowMs())) ? keptAt(url) : { outcome: 'being_removed' };
}

function keptAt(url: string): Kept {
  const picture = uploadedPicture(url);
  if (picture === null) throw new Error(`${url} is no address of a picture`);
  const { width, height } = picture;
  return { outcome: 'kept', answer: { url, width, height } };
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
