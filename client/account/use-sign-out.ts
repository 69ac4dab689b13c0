/** Signs out here at once and at the server soon, and leaves nothing for whoever comes next. */
import { useLocation } from '../page/location.tsx';
import { useShop } from '../shop/shop.ts';

const SIGNED_IN_ONLY = /^\/(orders|profile|admin)/;

/** Takes whether all other devices are signed out too. */
export function useSignOut(): (reach: { everywhere: boolean }) => void {
  const { api, drafts, session } = useShop();
  const { path, route } = useLocation();
  return (reach) => {
    // First away from what only the signed-in may see, which would ask to sign in again.
    if (SIGNED_IN_ONLY.test(path)) route('/');
    drafts.clear();
    session.end();
    void api.logout(reach);
  };
}
