/** Once an hour: pictures that nothing has named for long are removed, their files first. */
import { namesOf } from '../contract/pictures.ts';
import type { Needs } from '../deps/deps.ts';
import { beginRemoval, endRemoval } from '../stores/postgres/picture-removal.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** For how long a picture is kept that no item, no event and no order names. */
export const PICTURE_KEEP_DAYS = 30;
/** At one time; the next hour has more. */
const PICTURES_PER_SWEEP_MAX = 200;
/** Longer than the files of that many take to be removed. */
const AGAIN_MS = 10 * 60_000;
/** Of an hour. To find out what orders show, all of them are read. */
const MINUTE = 17;

type Needed = Needs<{ pictures: 'store'; stores: 'db'; logging: 'log'; platform: 'nowMs' }>;

export async function removePicturesHourly(deps: Needed): Promise<void> {
  if (new Date(deps.platform.nowMs()).getUTCMinutes() !== MINUTE) return;
  try {
    await removePictures(deps);
  } catch (error) {
    deps.logging.log('error', 'pictures were not removed', { error });
  }
}

/** Throws a Fault where a store is away: what was begun is ended by a later sweep. */
export async function removePictures({ pictures, stores, platform }: Needed): Promise<void> {
  const { store } = pictures;
  if (store === undefined) return;
  const removed = await beginRemoval(stores.db, {
    nowMs: platform.nowMs(),
    keepMs: PICTURE_KEEP_DAYS * DAY_MS,
    againMs: AGAIN_MS,
    limit: PICTURES_PER_SWEEP_MAX,
  });
  if (removed.length === 0) return;
  await store.remove(removed.flatMap(({ url }) => [...namesOf(url).keys()]));
  await endRemoval(
    stores.db,
    removed.map(({ id }) => id),
  );
}
