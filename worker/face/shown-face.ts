/** The shop's face as anyone may see it, through the read cache. Must not know who asks. */
import type { Face } from '../contract/face.ts';
import type { ReadCache } from '../stores/cache/read-cache.ts';
import type { Db } from '../stores/postgres/client.ts';
import { findFace } from '../stores/postgres/face.ts';

/** It is read so often. */
export const FACE_FRESH_MS = 10_000;
/** Within this time all see what was changed. */
export const FACE_AGE_MS_MAX = 20_000;

/** The same object for as long as it is kept. */
export async function cachedFace(
  { db, readCache }: { db: Db; readCache: ReadCache },
  keepAlive: (work: Promise<unknown>) => void,
): Promise<Face> {
  const face = await readCache.get({
    key: 'face',
    keepAlive,
    freshMs: FACE_FRESH_MS,
    ageMsMax: FACE_AGE_MS_MAX,
    read: async () => ({ value: await findFace(db), changesAtMs: Number.POSITIVE_INFINITY }),
  });
  if (face === undefined) throw new Error('a face is never missing');
  return face;
}
