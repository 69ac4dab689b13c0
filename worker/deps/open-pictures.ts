/** Where uploaded pictures are kept and what encodes them, by the platform's bindings. */
import { Fault } from '../platform/faults.ts';
import { createPictureStore } from '../stores/pictures/picture-store.ts';
import type { Pictures } from './deps.ts';

/** Of what is encoded with loss. */
const QUALITY = 82;

interface Bindings {
  IMAGES?: ImagesBinding;
  PICTURES?: R2Bucket;
}

/** A shop that lacks a binding takes no pictures; all else goes on. */
export function openPictures({ IMAGES, PICTURES }: Bindings): Pictures {
  return {
    store: PICTURES && createPictureStore(PICTURES),
    cache: PICTURES && caches.default,
    render: IMAGES && renderBy(IMAGES),
  };
}

function renderBy(images: ImagesBinding): NonNullable<Pictures['render']> {
  return async (picture, { format, width, height, fit }) => {
    try {
      const { body } = new Response(picture);
      if (body === null) throw new Error('a picture has bytes');
      const size = { width, ...(height !== undefined && { height }), fit };
      const options = { format, quality: QUALITY, anim: false };
      const encoded = await images.input(body).transform(size).output(options);
      return new Uint8Array(await encoded.response().arrayBuffer());
    } catch (cause) {
      throw new Fault('a picture was not encoded', { retryable: true, cause });
    }
  };
}
