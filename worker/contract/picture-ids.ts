/** The ids of uploaded pictures, which are made of what was uploaded. */
import * as z from 'zod';
import { charsOf } from './ids.ts';

const DIGEST_BYTES = 26;

export const pictureIdSchema = z
  .string()
  .regex(/^pic_[0-9a-hjkmnp-tv-z]{26}$/)
  .brand('PictureId');
export type PictureId = z.infer<typeof pictureIdSchema>;

/** @param digest of the picture's file, 26 bytes or more. The same bytes make the same id. */
export function makePictureId(digest: Uint8Array): PictureId {
  if (digest.length < DIGEST_BYTES) throw new RangeError('a picture id takes 26 bytes');
  return `pic_${charsOf(digest.subarray(0, DIGEST_BYTES))}` as PictureId;
}
