/** How one buys in a sale, and who may, where that is not as usual. Must not refuse anybody: the sale does. */
import type { EventDetail } from '../../worker/contract/events.ts';
import { durationParts } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { TEXTS } from '../texts/texts.ts';

type Conditions = Omit<EventDetail, 'items'> & {
  readonly items: readonly { priceCents: number }[];
};

export function SaleConditions({ event }: { event: Conditions }) {
  const user = useShop().session.current.value?.user;
  const isPaid = event.payment === 'online' && event.items.some(({ priceCents }) => priceCents > 0);
  return (
    <>
      {event.admission === 'draw' && (
        <p class="condition">
          <a href={`/events/${event.id}/draw`}>{TEXTS.drawProof}</a>
        </p>
      )}
      {isPaid && <p class="condition">{timeToPay(event)}</p>}
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

/** An offer of a draw is held longer than what somebody reserves. */
function timeToPay({ admission, holdSeconds, offerSeconds }: Conditions): string {
  const { paidInTurn, paidOnline, spokenDuration } = TEXTS;
  const told = (seconds: number) => spokenDuration(durationParts(seconds * 1000));
  return admission === 'draw' ? paidInTurn(told(offerSeconds)) : paidOnline(told(holdSeconds));
}
