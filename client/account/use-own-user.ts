/** Who is signed in, kept in step with what they do on other devices while a screen depends on it. */
import { useEffect } from 'preact/hooks';
import type { User } from '../../worker/contract/accounts.ts';
import { useShop } from '../shop/shop.ts';
import { onWake } from '../time/wake.ts';
import { refreshOwnUser } from './own-user.ts';

/** Asks at once and when somebody comes back to the page, until the address is confirmed. */
export function useOwnUser(): User | undefined {
  const shop = useShop();
  const user = shop.session.current.value?.user;
  const isWaiting = user !== undefined && !user.emailVerified && shop.sendsMail;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const refresh = () => void refreshOwnUser(shop);
    refresh();
    return onWake(refresh);
  }, [isWaiting]);
  return user;
}
