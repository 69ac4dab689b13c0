/** The pages after the first of a list as a hook; they are there again after the browser's Back. */
import { useMemo } from 'preact/hooks';
import {
  createLaterPages,
  type LaterPagesPorts,
  type More,
  type Page,
} from '../page/later-pages.ts';
import { useShop } from './shop.ts';

/**
 * @param of which list it is: another one of the same page begins with its own first page
 * @param loadPage the same for the same list
 */
export function useMore<Entry extends { id: string }>(
  of: string,
  first: Page<Entry>,
  loadPage: LaterPagesPorts<Entry>['loadPage'],
): More<Entry> {
  const { memory } = useShop();
  const withLater = useMemo(() => {
    const keptAs = `later ${of}`;
    return createLaterPages<Entry>({
      kept: memory.read(keptAs) as Page<Entry> | undefined,
      keep: (later) => memory.write(keptAs, later),
      loadPage,
    });
  }, [of]);
  return withLater(first);
}
