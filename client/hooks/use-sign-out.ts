/** Ends the session here at once and at the server soon, and leaves nothing for whoever comes next. */
import { useLocation } from 'preact-iso';
import { useShop } from '../shop.ts';

const SIGNED_IN_ONLY = /^\/(orders|profile|admin)/;

export function useSignOut(): () => void {
  const { api, drafts, session } = useShop();
  const { path, route } = useLocation();
  return () => {
    // First away from what only the signed-in may see, which would ask to sign in again.
    if (SIGNED_IN_ONLY.test(path)) route('/');
    drafts.clear();
    session.end();
    void api.logout();
  };
}
