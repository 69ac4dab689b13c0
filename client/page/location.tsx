/** The page's address, which links and the browser's buttons change without loading it anew. Must not know screens. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useLayoutEffect, useMemo, useState } from 'preact/hooks';

export interface PageLocation {
  /** With its query, and with its fragment where a link named one. */
  readonly url: string;
  /** Without a slash at its end. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** A step forward, not one through the browser's history. */
  readonly isPush: boolean;
  /** @param replace the present entry of the browser's history, instead of adding one */
  route(url: string, replace?: boolean): void;
}

/** Left for the browser, such as a calendar's file, a picture, and an address that leads to another site. */
const NO_PAGE = /^\/(api|pictures|images|\/)|^\/\.|\.\w+$/;

export const LocationContext = createContext<PageLocation>({
  url: '/',
  path: '/',
  query: {},
  isPush: false,
  route: () => {},
});

export const useLocation = () => useContext(LocationContext);

export function LocationProvider({ children }: { children: ComponentChildren }) {
  const [place, setPlace] = useState(() => ({ url: presentUrl(), isPush: false }));
  const value = useMemo(() => {
    const { pathname, searchParams } = new URL(location.origin + place.url);
    return {
      ...place,
      path: pathname.replace(/\/+$/, '') || '/',
      query: Object.fromEntries(searchParams),
      route,
    };
  }, [place]);

  function go(url: string, isPush: boolean) {
    setPlace((before) => (before.url === url ? before : { url, isPush }));
  }
  function route(url: string, replace = false) {
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    go(url, !replace);
  }
  useLayoutEffect(() => {
    const follow = (press: MouseEvent) => {
      const url = urlOf(press);
      if (url === undefined) return;
      press.preventDefault();
      route(url);
    };
    const look = () => go(presentUrl(), false);
    addEventListener('click', follow);
    addEventListener('popstate', look);
    return () => {
      removeEventListener('click', follow);
      removeEventListener('popstate', look);
    };
  }, []);
  return <LocationContext.Provider value={value}>{children}</LocationContext.Provider>;
}

function presentUrl(): string {
  return location.pathname + location.search;
}

/** Where a press leads within the shop; undefined if it is the browser's to follow. */
function urlOf(press: MouseEvent): string | undefined {
  const { target, button } = press;
  if (
    press.defaultPrevented ||
    press.ctrlKey ||
    press.metaKey ||
    press.altKey ||
    press.shiftKey ||
    button !== 0
  )
    return undefined;
  const link = (target as Element).closest<HTMLAnchorElement>('a[href]');
  const href = link?.getAttribute('href') ?? '#';
  const isPage = link?.origin === location.origin && !href.startsWith('#') && !NO_PAGE.test(href);
  const isHere = /^(_self)?$/.test(link?.target ?? '') && !link?.hasAttribute('download');
  return isPage && isHere ? link.href.slice(location.origin.length) : undefined;
}
