/** Pictures as admins send them: the addresses that items and events name. */
import * as z from 'zod';
import { isPictureUrl, uploadedPicture } from './pictures.ts';
import { areUnique, LIMITS, textSchema } from './values.ts';

const NO_PICTURE = 'must be an https URL or a path of this site';

export const pictureUrlSchema = textSchema(1, LIMITS.urlCharsMax)
  // The part of the rule that a JSON Schema can express.
  .regex(/^(https:\/\/|\/(?![/\\]))[^\s\\]+$/, { error: NO_PICTURE, abort: true })
  .refine(isPictureUrl, NO_PICTURE)
  .refine(isNoOtherSize, 'must be the address that the upload gave');

/** Of what was uploaded here, the largest is named: the others follow from it. */
function isNoOtherSize(url: string): boolean {
  return !url.startsWith('/pictures/') || uploadedPicture(url) !== null;
}

export const picturesInputSchema = z
  .array(pictureUrlSchema)
  .max(LIMITS.picturesPerItemMax)
  .refine(areUnique, 'must not name a picture twice');
