/** The token of a mail's link: read from the address, and taken out of it before anything else happens. */
import { useLayoutEffect, useState } from 'preact/hooks';
import { useLocation } from '../page/location.tsx';

/** @returns null where the address has none, as after a reload */
export function useLinkToken(): string | null {
  const { path, query, route } = useLocation();
  const [token] = useState(() => query['token'] || null);
  // Nobody who looks at the screen, the history or a link of this page finds it there.
  useLayoutEffect(() => {
    if (token !== null) route(path, true);
  }, []);
  return token;
}
