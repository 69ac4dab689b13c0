/** A page's head, for tabs, previews and search engines. Must not draw what is seen. */

import type { EventDetail, EventItem } from '../../worker/contract/events.ts';
import type { PageAsked } from '../../worker/contract/pages.ts';
import { isolated } from '../format/direction.ts';
import { minorDigitsOf } from '../format/money.ts';
import { statusAt } from '../sale/sale.ts';
import { TEXTS } from '../texts/texts.ts';
import { absolute, Preview } from './page-preview.tsx';

/** Longer ones are cut off by all who show them. */
const DESCRIPTION_CHARS_MAX = 200;

export function PageHead(asked: PageAsked) {
  const { data, origin, path } = asked;
  if (data.kind === 'missing') {
    return (
      <>
        <title>{TEXTS.documentTitle(TEXTS.notFoundTitle)}</title>
        <meta name="robots" content="noindex" />
      </>
    );
  }
  const event = data.kind === 'event' ? data.event : null;
  // An item's own address ends in its id.
  const item = event?.items.find(({ id }) => path.endsWith(`/${id}`));
  const title = item?.name ?? event?.title ?? TEXTS.events;
  const description = descriptionOf(item?.description || event?.description || TEXTS.eventsLead);
  const address = origin === null ? null : `${origin}${path}`;
  const shown = item ? [item] : (event?.items ?? []);
  const picture = shown.find(({ imageUrl }) => imageUrl !== null)?.imageUrl;
  return (
    <>
      <title>{TEXTS.documentTitle(isolated(title))}</title>
      <meta name="description" content={description} />
      {address && <link rel="canonical" href={address} />}
      {picture && <link rel="preload" as="image" href={picture} fetchpriority="high" />}
      <Preview
        title={title}
        description={description}
        address={address}
        origin={origin}
        items={shown}
      />
      {event && <Products event={event} items={shown} address={address} asked={asked} />}
    </>
  );
}

/** The items as search engines read them (schema.org), in a block that no browser runs. */
function Products({ items, ...sale }: Sale & { items: readonly EventItem[] }) {
  const products = items.map((item) => productOf(item, sale));
  if (products.length === 0) return null;
  const json = JSON.stringify({ '@context': 'https://schema.org', '@graph': products });
  // Nothing in it ends the block: a "<" is written as JSON may write it.
  const html = { __html: json.replaceAll('<', '\\u003c') };
  return <script type="application/ld+json" dangerouslySetInnerHTML={html} />;
}

interface Sale {
  readonly event: EventDetail;
  readonly address: string | null;
  readonly asked: PageAsked;
}

function productOf(item: EventItem, { event, address, asked }: Sale) {
  const digits = minorDigitsOf(event.currency);
  const image = item.imageUrl && absolute(item.imageUrl, asked.origin);
  return {
    '@type': 'Product',
    name: item.name,
    ...(item.description && { description: item.description }),
    ...(image && { image }),
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
