/** Uploads of pictures. */
import { uploadedPictureSchema } from '../../contract/picture-uploads.ts';
import type { Operation } from './operation.ts';

export const PICTURE_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/admin/pictures',
    operationId: 'uploadPicture',
    tag: 'Administration',
    summary: 'Upload a picture',
    description:
      'Takes a JPEG, PNG, WebP, AVIF or a GIF that does not move, and keeps it as WebP in up to three widths, without what the file says about itself. Of the address, `/pictures/400/…` and `/pictures/800/…` are the smaller sizes. The same file again has the same address. What no item and no event has named for 30 days is removed.',
    caller: 'admin',
    takesPicture: true,
    problems: ['unusable_picture', 'picture_too_large', 'pictures_unavailable', 'busy'],
    answers: {
      201: {
        description: 'The picture is kept.',
        schema: uploadedPictureSchema,
        example: {
          url: '/pictures/pic_0123456789abcdefghjkmnpqrs-1600x1200-aabbcc001122.webp',
          width: 1600,
          height: 1200,
        },
      },
    },
  },
];
