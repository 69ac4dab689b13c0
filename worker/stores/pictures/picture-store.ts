/** Where the files of pictures are kept, by the names in their addresses. Nothing of them is in Postgres. */
import { reached } from '../../platform/reached.ts';

export interface StoredPicture {
  body: ReadableStream<Uint8Array>;
  bytes: number;
  /** With its quotation marks. */
  etag: string;
}

export interface PictureStore {
  /** @returns undefined where there is none of that name. */
  read(name: string): Promise<StoredPicture | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Those that are not there are no fault. */
  remove(names: string[]): Promise<void>;
}

const TYPE = 'image/webp';
/** How many the platform removes by one call. */
const NAMES_PER_CALL_MAX = 1_000;

export function createPictureStore(bucket: R2Bucket): PictureStore {
  return {
    async read(name) {
      const found = await reached(() => bucket.get(name));
      return found === null
        ? undefined
        : { body: found.body, bytes: found.size, etag: found.httpEtag };
    },
    async write(name, bytes) {
      await reached(() => bucket.put(name, bytes, { httpMetadata: { contentType: TYPE } }));
    },
    async remove(names) {
      for (let start = 0; start < names.length; start += NAMES_PER_CALL_MAX) {
        const some = names.slice(start, start + NAMES_PER_CALL_MAX);
        await reached(() => bucket.delete(some));
      }
    },
  };
}
