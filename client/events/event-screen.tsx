/** `/events/:id`: one sale with its countdown, its items, and what the shopper holds of them. */

import { durationParts } from '../format/times.ts';
import { Lazy } from '../lazy/lazy.tsx';
import { NO_PURCHASE } from '../purchase/purchase.ts';
import type { LiveEvent } from '../sale/live.ts';
import { nextChangeMs, statusAt } from '../sale/sale.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { useNowUntil } from '../shop/use-server-time.ts';
import { TEXTS } from '../texts/texts.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Heading } from '../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../ui/page-state.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { useDocumentTitle } from '../ui/use-page.ts';
import { whenOf } from './event-card.tsx';
import { EventItemRow } from './event-item-row.tsx';
import type { EventStore } from './event-store.ts';
import { SaleConditions } from './sale-conditions.tsx';
import { useEvent } from './use-event.ts';

export function EventScreen({ id }: { id: string }) {
  const store = useEvent(id);
  const value = store.event.value;
  const problem = store.problem.value;
  const isMissing = !value && problem?.code === 'not_found';
  const title = value?.title ?? (isMissing ? TEXTS.notFoundTitle : TEXTS.eventTitle);
  useDocumentTitle(title);
  return (
    <article>
      <p class="back">
        <a href="/">{TEXTS.allEvents}</a>
      </p>
      {/* One place in the tree, so that the focus stays on it when the title arrives. */}
      <Heading>{title}</Heading>
      {value && <EventFacts event={value} />}
      {value && problem && <OutOfDate problem={problem} />}
      {value && <EventItems event={value} store={store} />}
      {/* Nothing is to be announced before the screen is there, so the code for it is fetched later. */}
      {value && (
        <Lazy waiting={null}>
          {({ EventAnnouncements }) => (
            <EventAnnouncements event={value} purchases={store.purchases.value} />
          )}
        </Lazy>
      )}
      {value && (
        <Lazy waiting={<div class="discussion" />} showsFailure>
          {({ Discussion }) => <Discussion eventId={id} live={store.live.value} />}
        </Lazy>
      )}
      {isMissing && (
        <Empty text={TEXTS.notFoundBody}>
          <a class="button button-primary" href="/">
            {TEXTS.backToEvents}
          </a>
        </Empty>
      )}
      {!value && problem && !isMissing && <Failed problem={problem} onRetry={store.refresh} />}
      {!value && !problem && <Loading kind="item" rows={2} />}
    </article>
  );
}

function EventFacts({ event }: { event: LiveEvent }) {
  const { clock, locale, timeZone } = useShop();
  const changeMs = nextChangeMs(event, clock.nowMs());
  const status = statusAt(event, useNowUntil(changeMs));
  return (
    <div class={`facts facts-${status}`}>
      <div class="facts-words">
        <p class="facts-when">
          <StatusBadge status={status} />
          <span>{whenOf(event, status, { locale, timeZone, nowMs: clock.nowMs() })}</span>
        </p>
        {event.description && (
          <p class="lead" dir="auto">
            {event.description}
          </p>
        )}
      </div>
      {/* As high in each state of the sale: nothing moves when it opens or closes. */}
      <div class="facts-time">
        {changeMs !== null && (
          <Ticking momentMs={changeMs}>
            {(remainingMs) => (
              <Countdown
                size="large"
                label={status === 'locked' ? TEXTS.opensIn : TEXTS.closesIn}
                remainingMs={remainingMs}
              />
            )}
          </Ticking>
        )}
        {status === 'locked' && (
          <div class="facts-links">
            <a class="facts-link" href={`/api/v1/events/${event.id}/calendar.ics`}>
              {TEXTS.addToCalendar}
            </a>
            <Lazy waiting={null}>{({ Remind }) => <Remind eventId={event.id} />}</Lazy>
          </div>
        )}
      </div>
    </div>
  );
}

interface EventItemsProps {
  readonly event: LiveEvent;
  readonly store: EventStore;
}

function EventItems({ event, store }: EventItemsProps) {
  const { clock } = useShop();
  const purchases = store.purchases.value;
  const status = statusAt(event, useNowUntil(nextChangeMs(event, clock.nowMs())));
  const hold = TEXTS.spokenDuration(durationParts(event.holdSeconds * 1000));
  return (
    <section class={`event-items event-items-${status}`} aria-labelledby="items">
      <h2 id="items">{TEXTS.itemsTitle}</h2>
      <SaleConditions event={event} />
      {event.items.length === 0 && <Empty text={TEXTS.noItems} />}
      <div class="items">
        {event.items.map((item) => (
          <EventItemRow
            key={item.id}
            eventId={event.id}
            item={item}
            currency={event.currency}
            status={status}
            opensAtMs={Date.parse(event.startsAt)}
            purchase={purchases.current.value[item.id] ?? NO_PURCHASE}
            own={purchases.own.value}
            onBuy={(quantity) => store.buy(item.id, quantity)}
            onDecide={(verb) => void purchases.decide(item.id, verb)}
            onTimeUp={() => store.timeUp(item.id)}
          />
        ))}
      </div>
      {event.items.length > 0 && <p class="small-print">{TEXTS.holdNote(hold)}</p>}
    </section>
  );
}
