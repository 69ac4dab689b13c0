/** Goes on through pages of a search that have nothing on them. Must not draw. */
import type { Result } from '../../api/call-problem.ts';
import type { Page } from '../../page/later-pages.ts';

/** The server goes through 5,000 entries for a page, so 100,000 of them for one press of the button. */
export const EMPTY_PAGES_MAX = 20;

/** @returns the first page from `cursor` on that has something, or the last of EMPTY_PAGES_MAX. */
export async function searchOn<Entry>(
  cursor: string,
  load: (cursor: string) => Promise<Result<Page<Entry>>>,
): Promise<Result<Page<Entry>>> {
  let result = await load(cursor);
  for (let pages = 1; pages < EMPTY_PAGES_MAX; pages++) {
    if (!result.ok || result.value.entries.length > 0 || result.value.nextCursor === null) break;
    result = await load(result.value.nextCursor);
  }
  return result;
}
