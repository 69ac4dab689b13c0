/** Who may buy in a sale, where that is not everybody alike. Must not refuse anybody: the sale does. */
import type { EventDetail } from '../../worker/contract/events.ts';
import { useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';

type Conditions = Pick<EventDetail, 'requireVerifiedEmail' | 'oneLimitPerMailbox'>;

export function SaleConditions({ event }: { event: Conditions }) {
  const user = useShop().session.current.value?.user;
  return (
    <>
      {event.requireVerifiedEmail && (
        <p class="condition">
          {TEXTS.verifiedOnly}{' '}
          {user && !user.emailVerified && <a href="/profile">{TEXTS.verifyYours}</a>}
        </p>
      )}
      {event.oneLimitPerMailbox && <p class="condition">{TEXTS.mailboxLimit}</p>}
    </>
  );
}
