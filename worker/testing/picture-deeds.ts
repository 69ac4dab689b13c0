/** What admins do to pictures, for the test of the audit log. */
import { makePictureId } from '../contract/picture-ids.ts';
import type { Deed } from './event-deeds.ts';
import { anew, pictureNamed } from './pictures.ts';

export const PICTURE_DEEDS: Deed[] = [
  {
    operation: 'POST /admin/pictures',
    action: 'picture.upload',
    async prepare() {
      const file = anew(pictureNamed('one pixel'));
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', file));
      return { file, subject: makePictureId(digest) };
    },
  },
];
