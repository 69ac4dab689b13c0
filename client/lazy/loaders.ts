/** All that is loaded lazily, each chunk with its styles. Must not be imported but by main.tsx. */
import adminStyles from '../styles/admin.css?url';
import lazyStyles from '../styles/lazy.css?url';
import { fetchedOnce } from './fetched-once.ts';
import type { LazyLoaders } from './lazy.tsx';

export const LAZY_LOADERS: LazyLoaders = {
  parts: fetchedOnce(lazyStyles, async () =>
    (await import('./lazy-parts.ts')).openLazyParts(location.pathname),
  ),
  console: fetchedOnce(adminStyles, async () =>
    (await import('../admin/open-console.ts')).openConsole(),
  ),
};
