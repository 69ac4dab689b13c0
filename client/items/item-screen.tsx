/** `/events/:id/items/:itemId`: one item of a sale and the way to buy it; its reviews are loaded lazily. */
import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import type { EventStatus } from '../../worker/contract/events.ts';
import type { ReviewSummary } from '../../worker/contract/reviews.ts';
import { whenOf } from '../events/event-card.tsx';
import type { EventStore } from '../events/event-store.ts';
import { ItemPicture } from '../events/item-card.tsx';
import { SaleConditions, Unverified } from '../events/sale-conditions.tsx';
import { useEvent } from '../events/use-event.ts';
import { formatMoney } from '../format/money.ts';
import { Lazy } from '../lazy/lazy.tsx';
import { ItemAction } from '../purchase/item-action.tsx';
import { ItemNote } from '../purchase/item-note.tsx';
import { NO_PURCHASE } from '../purchase/purchase.ts';
import { RATINGS_PLACE } from '../reviews/ratings-place.ts';
import type { LiveEvent, LiveItem } from '../sale/live.ts';
import { nextChangeMs, offerOf, statusAt } from '../sale/sale.ts';
import { useShop } from '../shop/shop.ts';
import { Ticking } from '../shop/ticking.tsx';
import { useNowUntil } from '../shop/use-server-time.ts';
import { TEXTS } from '../texts/texts.ts';
import { Countdown } from '../ui/countdown.tsx';
import { Heading } from '../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../ui/page-state.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { StockBar } from '../ui/stock-bar.tsx';
import { useDocumentTitle, useFocusRescue } from '../ui/use-page.ts';

export interface ItemScreenProps {
  readonly eventId: string;
  readonly eventItemId: string;
}

export function ItemScreen({ eventId, eventItemId }: ItemScreenProps) {
  const store = useEvent(eventId);
  const event = store.event.value;
  const problem = store.problem.value;
  const item = event?.items.find(({ id }) => id === eventItemId);
  const isMissing = event ? item === undefined : problem?.code === 'not_found';
  const title = item?.name ?? (isMissing ? TEXTS.notFoundTitle : TEXTS.eventTitle);
  useDocumentTitle(title);
  // The title stands elsewhere once the item is there; the focus goes along.
  const heading = useFocusRescue<HTMLHeadingElement>(item === undefined);
  return (
    <article class="item-screen">
      <p class="back">
        <a href={`/events/${eventId}`} dir="auto">
          {event?.title ?? TEXTS.backToEvent}
        </a>
      </p>
      {event && item ? (
        <ItemOnSale event={event} item={item} store={store} heading={heading} />
      ) : (
        <Heading>{title}</Heading>
      )}
      {isMissing && <Empty text={TEXTS.itemMissing} />}
      {!event && problem && !isMissing && <Failed problem={problem} onRetry={store.refresh} />}
      {!event && !problem && <Loading kind="item" rows={2} />}
    </article>
  );
}

interface ItemOnSaleProps {
  readonly event: LiveEvent;
  readonly item: LiveItem;
  readonly store: EventStore;
  readonly heading: Ref<HTMLHeadingElement>;
}

function ItemOnSale(props: ItemOnSaleProps) {
  const { item } = props;
  const [summary, setSummary] = useState<ReviewSummary | null>(null);
  return (
    <>
      <ItemOffer {...props} summary={summary} />
      <Lazy waiting={<div class="ratings" />} showsFailure>
        {({ ItemReviews }) => (
          <ItemReviews itemId={item.itemId} name={item.name} onSummary={setSummary} />
        )}
      </Lazy>
    </>
  );
}

interface ItemOfferProps extends ItemOnSaleProps {
  readonly summary: ReviewSummary | null;
}

function ItemOffer({ event, item, store, heading, summary }: ItemOfferProps) {
  const { clock, locale } = useShop();
  const purchases = store.purchases.value;
  const problem = store.problem.value;
  const status = statusAt(event, useNowUntil(nextChangeMs(event, clock.nowMs())));
  const { currency } = event;
  return (
    <div class="item-columns" id={item.id}>
      <ItemPicture item={item} />
      <div class="item-facts">
        <Heading shown={heading}>{item.name}</Heading>
        <div class="item-worth">
          <p class="item-price item-price-large">
            {formatMoney(item.priceCents, { currency, locale })}
          </p>
          <p class="item-rating">
            <a href={`#${RATINGS_PLACE}`}>
              {/* Read by what comes later, so that this is there too. */}
              {summary ? (
                <Lazy waiting={null}>{({ RatingLine }) => <RatingLine summary={summary} />}</Lazy>
              ) : (
                TEXTS.ratingsTitle
              )}
            </a>
          </p>
        </div>
        <SaleTimes event={event} status={status} />
        {problem && <OutOfDate problem={problem} />}
        <StockBar stock={item.stock} />
        <SaleConditions event={event} />
        <ItemAction
          item={item}
          unverified={<Unverified place={item.id} />}
          status={status}
          opensAtMs={Date.parse(event.startsAt)}
          purchase={purchases.current.value[item.id] ?? NO_PURCHASE}
          own={purchases.own.value}
          onBuy={(quantity) => store.buy(item.id, quantity)}
          onDecide={(verb) => void purchases.decide(item.id, verb)}
          onTimeUp={() => store.timeUp(item.id)}
        />
        <ItemNote item={item} offer={offerOf(item.stock, status)} />
        {item.description && (
          <p class="item-description" dir="auto">
            {item.description}
          </p>
        )}
      </div>
    </div>
  );
}

function SaleTimes({ event, status }: { event: LiveEvent; status: EventStatus }) {
  const { clock, locale, timeZone } = useShop();
  const changeMs = nextChangeMs(event, clock.nowMs());
  return (
    <div class="item-times">
      <p class="facts-when">
        <StatusBadge status={status} />
        <span>{whenOf(event, status, { locale, timeZone, nowMs: clock.nowMs() })}</span>
      </p>
      {changeMs !== null && (
        <Ticking momentMs={changeMs}>
          {(remainingMs) => (
            <Countdown
              label={status === 'locked' ? TEXTS.opensIn : TEXTS.closesIn}
              remainingMs={remainingMs}
            />
          )}
        </Ticking>
      )}
    </div>
  );
}
