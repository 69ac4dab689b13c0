/** What waiting is, the same before and after one entered: what is held, until when, what it costs, how one hears. */
import { durationParts, formatInstant } from '../format/times.ts';
import type { LiveEvent } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';

export interface WaitingFactsProps {
  readonly event: LiveEvent;
  /** Units of the item that may come back; 0 where that is told in another way. */
  readonly held: number;
}

export function WaitingFacts({ event, held }: WaitingFactsProps) {
  const { locale, timeZone } = useShop();
  const { queue: texts } = LAZY_TEXTS;
  const duration = TEXTS.spokenDuration(durationParts(event.offerSeconds * 1_000));
  return (
    <ul class="queue-facts">
      {held > 0 && <li key={held}>{texts.heldNow(held)}</li>}
      <li>{texts.until(formatInstant(event.endsAt, { locale, timeZone }))}</li>
      <li>{texts.free}</li>
      <li>
        {texts.howOffer(duration)} <HowHeard />
      </li>
    </ul>
  );
}

/** How one learns that it is one's turn. */
function HowHeard() {
  const { sendsMail, session } = useShop();
  const { queue: texts } = LAZY_TEXTS;
  const user = session.current.value?.user;
  const mail = user ? texts.howMailTo(user.email, user.emailVerified) : texts.howMail;
  return (
    <>
      {sendsMail && `${mail} `}
      {texts.howSeen}
    </>
  );
}
