/** Which legal pages a page links to. Must not keep a page waiting: without the answer it has no links. */
import type { Context } from 'hono';
import type { LegalPage } from '../contract/legal.ts';
import type { Stores } from '../deps/deps.ts';
import { cachedLegalList } from '../legal/shown-texts.ts';
import { within } from '../platform/within.ts';

/** For the first page of an isolate; later ones have what was read before them. */
const WAIT_MS_MAX = 300;

/** @returns which there are, or were when that could last be read: none before that. Never throws. */
export function createLegalLinks(stores: Pick<Stores, 'db' | 'readCache'>) {
  let known: readonly LegalPage[] = [];
  return async (c: Context): Promise<readonly LegalPage[]> => {
    try {
      const read = cachedLegalList(stores, (work) => c.executionCtx.waitUntil(work));
      const list = await within(WAIT_MS_MAX, read);
      if (list !== undefined) known = list.map(({ page }) => page);
    } catch {
      // The page itself tells what is the matter, where it needs the database.
    }
    return known;
  };
}
