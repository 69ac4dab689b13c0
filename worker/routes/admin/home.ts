/** The console's home, over HTTP: one answer, which all who look at it in the same seconds share. */
import { Hono } from 'hono';
import type { Home } from '../../contract/home.ts';
import type { Needs } from '../../deps/deps.ts';
import type { CallerEnv } from '../../http/guards.ts';
import { Fault } from '../../platform/faults.ts';
import { countReported, moderatedIn } from '../../stores/documents/moderation.ts';
import { readHome } from '../../stores/postgres/home.ts';

/** Somebody who has settled something sees it gone soon after. */
const FRESH_MS = 2_000;
const AGE_MS_MAX = 5_000;

type Needed = Needs<{ stores: 'db' | 'documents' | 'readCache' }>;

export function homeRoutes({ stores }: Needed) {
  return new Hono<CallerEnv>().get('/home', async (c) => {
    const home = await stores.readCache.get<Home>({
      key: 'home',
      keepAlive: (work) => c.executionCtx.waitUntil(work),
      freshMs: FRESH_MS,
      ageMsMax: AGE_MS_MAX,
      async read(nowMs) {
        const [{ live, next, attention }, reports] = await Promise.all([
          readHome(stores.db, nowMs),
          reportsOf(stores),
        ]);
        const serverNow = new Date(nowMs).toISOString();
        const value: Home = { live, next, attention: { ...attention, reports }, serverNow };
        return { value, changesAtMs: Number.POSITIVE_INFINITY };
      },
    });
    if (home === undefined) throw new Error('a read of the home found nothing');
    return c.json(home, 200);
  });
}

/** @returns null where their store is not there, or not now: the rest of the home does not depend on it. */
async function reportsOf({ documents }: Needed['stores']): Promise<Home['attention']['reports']> {
  if (documents === undefined) return null;
  try {
    const [reviews, comments] = await Promise.all([
      countReported(moderatedIn(documents, 'reviews')),
      countReported(moderatedIn(documents, 'comments')),
    ]);
    return { reviews, comments };
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
