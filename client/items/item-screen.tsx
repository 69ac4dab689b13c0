/** `/events/:id/items/:itemId`: one item of a sale and the way to buy it; its reviews are loaded lazily. */
import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import type { ReviewSummary } from '../../worker/contract/reviews.ts';
import type { EventStore } from '../events/event-store.ts';
import { ItemPrice, ItemSale } from '../events/item-sale.tsx';
import { SaleConditions } from '../events/sale-conditions.tsx';
import { SaleCountdown, SaleWhen } from '../events/sale-times.tsx';
import { useEvent } from '../events/use-event.ts';
import { itemTitle } from '../format/item-title.ts';
import { Lazy } from '../lazy/lazy.tsx';
import { RATINGS_PLACE } from '../reviews/ratings-place.ts';
import { picturesOf } from '../sale/item-pictures.ts';
import type { LiveEvent } from '../sale/live.ts';
import { nextChangeMs, statusAt } from '../sale/sale.ts';
import { byItem, type Variants } from '../sale/variants.ts';
import { useShop } from '../shop/shop.ts';
import { useNowUntil } from '../shop/use-server-time.ts';
import { TEXTS } from '../texts/texts.ts';
import { Heading } from '../ui/heading.tsx';
import { Empty, Failed, Loading, OutOfDate } from '../ui/page-state.tsx';
import { useDocumentTitle, useFocusRescue } from '../ui/use-page.ts';
import { Gallery } from './gallery.tsx';

export interface ItemScreenProps {
  readonly eventId: string;
  /** Of a variant its event item's id, or the catalogue item's: then none is chosen yet. */
  readonly itemId: string;
}

export function ItemScreen({ eventId, itemId }: ItemScreenProps) {
  const store = useEvent(eventId);
  const event = store.event.value;
  const problem = store.problem.value;
  const variants = byItem(event?.items ?? []).find((all) =>
    all.some((item) => item.id === itemId || item.itemId === itemId),
  );
  const item = variants && store.shownOf(variants).item;
  const isMissing = event ? item === undefined : problem?.code === 'not_found';
  const called = item && itemTitle(item.name, item.variant?.label);
  const title = called ?? (isMissing ? TEXTS.notFoundTitle : TEXTS.eventTitle);
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
      {event && variants ? (
        <ItemOnSale event={event} variants={variants} store={store} heading={heading} />
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
  readonly variants: Variants;
  readonly store: EventStore;
  readonly heading: Ref<HTMLHeadingElement>;
}

function ItemOnSale(props: ItemOnSaleProps) {
  const { event } = props;
  const [{ itemId, name }] = props.variants;
  const [summary, setSummary] = useState<ReviewSummary | null>(null);
  return (
    <>
      <ItemOffer {...props} summary={summary} />
      <Lazy waiting={<div class="ratings" />} showsFailure>
        {({ ItemReviews, NextSteps }) => (
          <>
            <ItemReviews itemId={itemId} name={name} onSummary={setSummary} />
            <NextSteps event={event} itemsHref={`/events/${event.id}`} />
          </>
        )}
      </Lazy>
    </>
  );
}

interface ItemOfferProps extends ItemOnSaleProps {
  readonly summary: ReviewSummary | null;
}

function ItemOffer({ heading, summary, ...sale }: ItemOfferProps) {
  const { event, variants, store } = sale;
  const { clock } = useShop();
  const [item] = variants;
  const problem = store.problem.value;
  const status = statusAt(event, useNowUntil(nextChangeMs(event, clock.nowMs())));
  return (
    <div class="item-columns" id={item.variant ? item.itemId : item.id}>
      <Gallery name={item.name} pictures={picturesOf(item)} />
      <div class="item-facts">
        <Heading shown={heading}>{item.name}</Heading>
        <div class="item-worth">
          <ItemPrice {...sale} class="item-price item-price-large" />
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
        <div class="item-times">
          <SaleWhen event={event} status={status} />
          <SaleCountdown event={event} status={status} size="small" />
        </div>
        {problem && <OutOfDate problem={problem} />}
        <ItemSale {...sale} status={status}>
          <SaleConditions event={event} />
        </ItemSale>
        {item.description && (
          <p class="item-description" dir="auto">
            {item.description}
          </p>
        )}
        {event.needsAddress && (
          <Lazy waiting={null}>{({ DeliveryPlaces }) => <DeliveryPlaces event={event} />}</Lazy>
        )}
      </div>
    </div>
  );
}
