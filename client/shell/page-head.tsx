/** A page's head, for tabs, previews and search engines. Must not draw what is seen. */

import type { EventDetail, EventItem } from '../../worker/contract/events.ts';
import type { PageAsked } from '../../worker/contract/pages.ts';
import { sourcesOf } from '../../worker/contract/pictures.ts';
import { isolated } from '../format/direction.ts';
import { itemTitle } from '../format/item-title.ts';
import { minorDigitsOf } from '../format/money.ts';
import { statusAt } from '../sale/sale.ts';
import { byItem, type Variants } from '../sale/variants.ts';
import { documentTitle, TEXTS } from '../texts/texts.ts';
import { CARD_SIZES, COVER_SIZES, GALLERY_SIZES } from '../ui/picture-sizes.ts';
import { DrawHead } from './draw-head.tsx';
import { LegalHead } from './legal-head.tsx';
import { absolute, Preview } from './page-preview.tsx';

/** Longer ones are cut off by all who show them. */
const DESCRIPTION_CHARS_MAX = 200;

export function PageHead(asked: PageAsked) {
  const { data, origin, path } = asked;
  if (data.kind === 'missing') {
    return (
      <>
        <title>{documentTitle(TEXTS.notFoundTitle)}</title>
        <meta name="robots" content="noindex" />
      </>
    );
  }
  if (data.kind === 'legal') return <LegalHead legal={data.legal} origin={origin} path={path} />;
  if (data.kind === 'draw') return <DrawHead data={data} origin={origin} path={path} />;
  const event = data.kind === 'event' ? data.event : null;
  // An item's own address ends in its id, or, while no variant is chosen, in the catalogue's.
  const variants = byItem(event?.items ?? []).find((all) =>
    all.some(({ id, itemId }) => path.endsWith(`/${id}`) || path.endsWith(`/${itemId}`)),
  );
  const item = variants?.find(({ id }) => path.endsWith(`/${id}`)) ?? variants?.[0];
  const isNamed = item && path.endsWith(`/${item.id}`);
  const called = item && itemTitle(item.name, isNamed ? item.variant?.label : null);
  const title = called ?? event?.title ?? TEXTS.events;
  const about = item?.description || event?.description || TEXTS.eventsLead;
  const calledOff = event?.cancelledAt && `${TEXTS.calledOff('')}. `;
  const description = descriptionOf(`${calledOff ?? ''}${about}`);
  const address = origin === null ? null : `${origin}${path}`;
  const shown = variants ?? event?.items ?? [];
  const cover = variants === undefined ? (event?.coverUrl ?? null) : null;
  return (
    <>
      <title>{documentTitle(isolated(title))}</title>
      <meta name="description" content={description} />
      {address && <link rel="canonical" href={address} />}
      <FirstPicture cover={cover} items={shown} isOfItem={variants !== undefined} />
      <Preview
        title={title}
        description={description}
        address={address}
        origin={origin}
        items={shown}
        cover={cover}
      />
      {event && <Products event={event} items={shown} address={address} asked={asked} />}
    </>
  );
}

interface FirstPictureProps {
  readonly cover: string | null;
  readonly items: readonly EventItem[];
  readonly isOfItem: boolean;
}

/** What is seen first, in the size that the screen will choose. */
function FirstPicture({ cover, items, isOfItem }: FirstPictureProps) {
  const url = cover ?? items.find(({ imageUrl }) => imageUrl !== null)?.imageUrl;
  if (!url) return null;
  const { src, srcset } = sourcesOf(url);
  const ofItems = isOfItem ? GALLERY_SIZES : CARD_SIZES;
  const sizes = cover ? COVER_SIZES : ofItems;
  return (
    <link
      rel="preload"
      as="image"
      href={src}
      {...(srcset && { imagesrcset: srcset, imagesizes: sizes })}
      fetchpriority="high"
    />
  );
}

/** The items as search engines read them (schema.org), in a block that no browser runs. */
function Products({ items, ...sale }: Sale & { items: readonly EventItem[] }) {
  const products = byItem(items).map((variants) =>
    variants[0].variant ? groupOf(variants, sale) : productOf(variants[0], sale),
  );
  const graph = sale.event.cancelledAt ? [cancelledOf(sale), ...products] : products;
  if (graph.length === 0) return null;
  const json = JSON.stringify({ '@context': 'https://schema.org', '@graph': graph });
  // Nothing in it ends the block: a "<" is written as JSON may write it.
  const html = { __html: json.replaceAll('<', '\\u003c') };
  return <script type="application/ld+json" dangerouslySetInnerHTML={html} />;
}

/** What is no sale any more, which its products cannot say. */
function cancelledOf({ event, address }: Sale) {
  return {
    '@type': 'SaleEvent',
    name: event.title,
    ...(event.description && { description: event.description }),
    ...(address && { url: address, location: { '@type': 'VirtualLocation', url: address } }),
    startDate: event.startsAt,
    endDate: event.endsAt,
    eventStatus: 'https://schema.org/EventCancelled',
    eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
  };
}

interface Sale {
  readonly event: EventDetail;
  readonly address: string | null;
  readonly asked: PageAsked;
}

/** An item with variants: each is a product with an offer, and an address, of its own. */
function groupOf(variants: Variants<EventItem>, sale: Sale) {
  const { event, asked } = sale;
  const [first] = variants;
  const base = asked.origin && `${asked.origin}/events/${event.id}/items/`;
  return {
    '@type': 'ProductGroup',
    productGroupID: first.itemId,
    ...wordsOf(first, asked),
    hasVariant: variants.map((item) => ({
      ...productOf(item, { ...sale, address: base && `${base}${item.id}` }),
      sku: item.id,
    })),
  };
}

function productOf(item: EventItem, { event, address, asked }: Sale) {
  const digits = minorDigitsOf(event.currency);
  return {
    '@type': 'Product',
    ...wordsOf(item, asked),
    name: itemTitle(item.name, item.variant?.label),
    offers: {
      '@type': 'Offer',
      ...(address && { url: address }),
      price: (item.priceCents / 10 ** digits).toFixed(digits),
      priceCurrency: event.currency,
      availability: `https://schema.org/${availabilityOf(item, event, asked.nowMs)}`,
      availabilityStarts: event.startsAt,
      availabilityEnds: event.endsAt,
    },
  };
}

function wordsOf({ name, description, pictures }: EventItem, { origin }: PageAsked) {
  // One of them is written alone, as the shop always has.
  const all = pictures.flatMap((url) => (url && absolute(url, origin)) ?? []);
  const image = all.length > 1 ? all : all[0];
  return { name, ...(description && { description }), ...(image && { image }) };
}

function availabilityOf(item: EventItem, event: EventDetail, nowMs: number): string {
  const status = statusAt(event, nowMs);
  if (status === 'closed') return 'Discontinued';
  if (item.stock.remaining === 0) return 'SoldOut';
  return status === 'locked' ? 'PreSale' : 'LimitedAvailability';
}

/** One line, cut at a word. */
function descriptionOf(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= DESCRIPTION_CHARS_MAX) return line;
  return `${line.slice(0, DESCRIPTION_CHARS_MAX).replace(/\s?\S*$/, '')}…`;
}
