/** Who is signed in, and the way to sign in that leads back to this very place. */

import { needsSignIn, type Result } from '../api/call-problem.ts';
import { useLocation } from '../page/location.tsx';
import { useShop } from '../shop/shop.ts';
import { signInPath } from './next-path.ts';

export interface Member {
  /** Null while signed out. */
  readonly userId: string | null;
  readonly signInHref: string;
  /** Makes a call that only the signed-in may make; sends away to sign in if that is over. */
  act<Value>(call: () => Promise<Result<Value>>): Promise<Result<Value>>;
}

/** @param place the id of the element that one is led back to */
export function useMember(place: string): Member {
  const { session } = useShop();
  const { path, route } = useLocation();
  const userId = session.current.value?.user.id ?? null;
  const signInHref = signInPath(`${path}#${place}`);
  return {
    userId,
    signInHref,
    act: async (call) => {
      // Also where a store was made with this before somebody signed out.
      if (session.current.peek() === null) {
        route(signInHref);
        return { ok: false, problem: { code: 'unauthenticated' } };
      }
      const result = await call();
      if (!result.ok && needsSignIn(result.problem)) {
        session.end();
        route(signInHref);
      }
      return result;
    },
  };
}
