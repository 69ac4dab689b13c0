/** Why one is asked to sign in, as far as it is known where one came from. Must not draw. */
import { isolated } from '../format/direction.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { REMINDER_PLACE, readWish } from './sign-in-wish.ts';

/** The place of an item of a sale, from which one buys or enters a queue. */
const ITEM_PLACE = /^\/(events|items)\/[^#]+#evi_\w+$/;

export interface SignInReason {
  readonly signIn: string;
  readonly register: string;
}

/**
 * @param next where signing in leads back to
 * @returns one sentence for either page; null where nothing is known
 */
export function useSignInReason(next: string): SignInReason | null {
  const { clock, drafts } = useShop();
  const { reasons } = LAZY_TEXTS.account;
  // Named by what was asked for in this tab, never by the address: that may be anybody's.
  const wish = readWish(drafts, clock.nowMs());
  if (wish !== null && next === `/events/${wish.eventId}#${REMINDER_PLACE}`) {
    const title = isolated(wish.title);
    return {
      signIn: reasons.signInForReminder(title),
      register: reasons.registerForReminder(title),
    };
  }
  if (!ITEM_PLACE.test(next)) return null;
  return { signIn: reasons.signInForItem, register: reasons.registerForItem };
}
