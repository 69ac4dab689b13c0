/** Who is signed in, on a screen for them alone: anybody else is led to sign in, and back. */
import { useEffect } from 'preact/hooks';
import type { User } from '../../worker/contract/accounts.ts';
import { useLocation } from '../page/location.tsx';
import { useShop } from '../shop/shop.ts';
import { signInPath } from './next-path.ts';

/** @param path of the screen, which is led back to */
export function useSignedIn(path: string): User | undefined {
  const { session } = useShop();
  const { route } = useLocation();
  const user = session.current.value?.user;
  const isSignedIn = user !== undefined;
  useEffect(() => {
    if (!isSignedIn) route(signInPath(path), true);
  }, [isSignedIn]);
  return user;
}
