/** An account form that signs in, and the way back to where one was. */
import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from '../page/location.tsx';
import type { AccountNews } from '../shop/account-news.ts';
import { useShop } from '../shop/shop.ts';
import { safeNextPath } from './next-path.ts';
import { createSignIn, type SignInPorts } from './sign-in-store.ts';

/** @param news what is said where it leads back to, once it has succeeded */
export function useSigningIn<Fields>(send: SignInPorts<Fields>['send'], news?: AccountNews) {
  const shop = useShop();
  const { query, route } = useLocation();
  const next = safeNextPath(query['next']);
  const { state, submit } = useMemo(() => createSignIn({ ...shop, send }), [shop]);
  const isSignedIn = shop.session.current.value !== null;

  // Also for those who come here signed in already, or sign in in another tab.
  useEffect(() => {
    if (!isSignedIn) return;
    route(next, true);
    if (news && state.peek().isSaved) shop.accountNews.value = news;
  }, [isSignedIn]);
  return { next, ...state.value, submit: (fields: Fields) => void submit(fields) };
}
