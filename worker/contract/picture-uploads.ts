/** Uploading a picture: what is taken, what is answered, and why a file is refused. */
import * as z from 'zod';

export const PICTURE_LIMITS = {
  bytesMax: 15 * 1024 * 1024,
  pixelsMax: 50_000_000,
  /** Each way: what the Images binding takes. */
  sidePixelsMax: 12_000,
  /** New ones of the whole shop. */
  perHourMax: 500,
} as const;

/**
 * Why a file is no picture for the shop. `vector`: a drawing such as SVG, which can contain scripts and
 * addresses of others. `moves`: an animation. `broken`: it is not whole, or cannot be decoded.
 */
export const pictureFaultSchema = z.enum(['no_picture', 'vector', 'moves', 'broken']);
export type PictureFault = z.infer<typeof pictureFaultSchema>;

export const uploadedPictureSchema = z.object({
  url: z.string().meta({
    description:
      'A path of this site, for `pictures` of an item and `coverUrl` of an event. The same file has the same one.',
  }),
  width: z.int().min(1).meta({ description: 'In pixels, of the largest size that is kept.' }),
  height: z.int().min(1),
});
export type PictureAnswer = z.infer<typeof uploadedPictureSchema>;
