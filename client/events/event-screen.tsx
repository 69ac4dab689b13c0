/** `/events/:id`: one sale with its countdown, its items, and what the shopper holds of them. */

import { durationParts } from '../format/times.ts';
import { Lazy } from '../lazy/lazy.tsx';
import type { LiveEvent } from '../sale/live.ts';
import { nextChangeMs, statusAt } from '../sale/sale.ts';
import { byItem } from '../sale/variants.ts';
import { useShop } from '../shop/shop.ts';
import { useNowUntil } from '../shop/use-server-time.ts';
import { LANGUAGE, TEXTS } from '../texts/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../ui/page-state.tsx';
import { PictureTile } from '../ui/picture.tsx';
import { COVER_SIZES } from '../ui/picture-sizes.ts';
import { useDocumentTitle } from '../ui/use-page.ts';
import { EventItemRow } from './event-item-row.tsx';
import type { EventStore } from './event-store.ts';
import { SaleConditions } from './sale-conditions.tsx';
import { SaleCountdown, SaleWhen } from './sale-times.tsx';
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
      {value?.coverUrl && (
        <PictureTile
          class="event-cover"
          url={value.coverUrl}
          name={title}
          isFirst
          sizes={COVER_SIZES}
        />
      )}
      {/* One place in the tree, so that the focus stays on it when the title arrives. */}
      <Heading>{title}</Heading>
      {value && <EventFacts event={value} />}
      {value && problem && <OutOfDate problem={problem} />}
      {value && <EventItems event={value} store={store} />}
      {/* Nothing is to be announced before the screen is there, so the code for it is fetched later. */}
      {value && (
        <Lazy waiting={null}>
          {({ EventAnnouncements }) => (
            <EventAnnouncements
              event={value}
              purchases={store.purchases.value}
              shown={byItem(value.items).map((variants) => store.shownOf(variants).item)}
            />
          )}
        </Lazy>
      )}
      {value && (
        <Lazy waiting={<div class="discussion" />} showsFailure>
          {({ Discussion, NextSteps }) => (
            <>
              <Discussion eventId={id} live={store.live.value} />
              <NextSteps event={value} itemsHref="#items" />
            </>
          )}
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
  const { clock } = useShop();
  const status = statusAt(event, useNowUntil(nextChangeMs(event, clock.nowMs())));
  return (
    <div class={`facts facts-${status}`}>
      <div class="facts-words">
        <SaleWhen event={event} status={status} />
        {event.cancelledAt && <Lazy waiting={null}>{({ CancelledNote: Note }) => <Note />}</Lazy>}
        {event.description && (
          <p class="lead" dir="auto">
            {event.description}
          </p>
        )}
      </div>
      {/* As high in each state of the sale: nothing moves when it opens or closes. */}
      <div class="facts-time">
        <SaleCountdown event={event} status={status} size="large" />
        {status === 'locked' && (
          <div class="facts-links">
            <a
              class="facts-link"
              href={`/api/v1/events/${event.id}/calendar.ics?language=${LANGUAGE}`}
            >
              {TEXTS.addToCalendar}
            </a>
            <Lazy waiting={null}>{({ Remind }) => <Remind event={event} />}</Lazy>
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
  const status = statusAt(event, useNowUntil(nextChangeMs(event, clock.nowMs())));
  const hold = TEXTS.spokenDuration(durationParts(event.holdSeconds * 1000));
  return (
    <section class={`event-items event-items-${status}`} aria-labelledby="items">
      <h2 id="items">{TEXTS.itemsTitle}</h2>
      <Lazy waiting={<div class="explained" />}>
        {({ Explained }) =>
          // Called, so that it takes over the place that is there: see LazyProps.
          Explained()
        }
      </Lazy>
      <SaleConditions event={event} />
      {event.items.length === 0 && <Empty text={TEXTS.noItems} />}
      <div class="items">
        {byItem(event.items).map((variants) => (
          <EventItemRow
            key={variants[0].itemId}
            event={event}
            variants={variants}
            status={status}
            store={store}
          />
        ))}
      </div>
      {/* The offers of a draw are held longer: its cards say how long. */}
      {event.items.length > 0 && event.admission !== 'draw' && (
        <p class="small-print">{TEXTS.holdNote(hold)}</p>
      )}
      {event.needsAddress && (
        <Lazy waiting={null}>{({ DeliveryPlaces }) => <DeliveryPlaces event={event} />}</Lazy>
      )}
    </section>
  );
}
