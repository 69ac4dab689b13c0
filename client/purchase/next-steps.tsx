/** The last word of a screen: what one can do next. Must not do it. */
import type { EventStatus } from '../../worker/contract/events.ts';
import type { LiveEvent } from '../sale/live.ts';
import { nextChangeMs, statusAt } from '../sale/sale.ts';
import { useShop } from '../shop/shop.ts';
import { useNowUntil } from '../shop/use-server-time.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { LANGUAGE } from '../texts/texts.ts';
import { NextDrop } from './next-drop.tsx';
import { ShareButton } from './share-button.tsx';
import { TabCountdown } from './tab-countdown.tsx';

export interface NextStepsProps {
  readonly event: LiveEvent;
  /** Where its items are. */
  readonly itemsHref: string;
  /** Where one's place in its queue is; null where one does not wait in it. */
  readonly placeHref?: string | null;
}

export function NextSteps({ event, itemsHref, placeHref = null }: NextStepsProps) {
  const { clock, sendsMail } = useShop();
  const { next: texts } = LAZY_TEXTS;
  const status = statusAt(event, useNowUntil(nextChangeMs(event, clock.nowMs())));
  const isWaiting = placeHref !== null && status !== 'closed';
  const isTooLate = status === 'closed' || (status === 'sold_out' && !event.waitlist);
  const isWaitable = status === 'sold_out' && event.waitlist && !isWaiting;
  return (
    <section class="next-steps" aria-labelledby="next-steps">
      <h2 id="next-steps">{texts.title}</h2>
      <p>{isWaiting ? texts.leads.waiting : leadOf(event, status, sendsMail)}</p>
      {isTooLate && <NextDrop />}
      <p class="next-links">
        {status === 'locked' && (
          <a
            class="button button-quiet"
            href={`/api/v1/events/${event.id}/calendar.ics?language=${LANGUAGE}`}
          >
            {texts.calendar}
          </a>
        )}
        {isWaiting && (
          <a class="button button-quiet" href={placeHref}>
            {texts.toPlace}
          </a>
        )}
        {(isWaitable || status === 'live') && (
          <a class="button button-quiet" href={itemsHref}>
            {isWaitable ? texts.toWaitlist : texts.toItems}
          </a>
        )}
        <a class="button button-quiet" href="/">
          {texts.otherDrops}
        </a>
        <ShareButton title={event.title} />
      </p>
      <TabCountdown opensAtMs={status === 'locked' ? Date.parse(event.startsAt) : null} />
    </section>
  );
}

function leadOf({ admission, waitlist }: LiveEvent, status: EventStatus, reminds: boolean): string {
  const { leads } = LAZY_TEXTS.next;
  if (status === 'locked') {
    if (admission === 'draw') return leads.draw;
    return reminds ? leads.reminding : leads.locked;
  }
  if (status === 'sold_out') return waitlist ? leads.waitlist : leads.sold_out;
  return leads[status];
}

/** Beside what did not work out. */
export function OtherDrops() {
  return (
    <p>
      <a href="/">{LAZY_TEXTS.next.otherDrops}</a>
    </p>
  );
}
