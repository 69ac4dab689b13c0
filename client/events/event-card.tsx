/** One sale in the list: what, when, how much is left. Must not tick itself. */
import type { ComponentChildren } from 'preact';
import type { EventStatus, EventSummary } from '../../worker/contract/events.ts';
import { textIn } from '../../worker/contract/text-in.ts';
import { formatMoney } from '../format/money.ts';
import { formatInstant, type TimeStyle } from '../format/times.ts';
import { LANGUAGE, TEXTS } from '../texts/texts.ts';
import { PictureTile } from '../ui/picture.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { StockBar } from '../ui/stock-bar.tsx';

export interface EventCardProps {
  readonly event: EventSummary;
  /** As of now, which may be later than the summary. */
  readonly status: EventStatus;
  readonly locale: string;
  readonly timeZone: string | undefined;
  readonly nowMs: number;
  /** On the first screenful. */
  readonly isFirst: boolean;
  /** The countdown, if there is anything to wait for. */
  readonly children: ComponentChildren;
}

export function EventCard({ event: told, status, children, isFirst, ...style }: EventCardProps) {
  const event = textIn(LANGUAGE, told);
  const isOnSale = status === 'live' || status === 'sold_out';
  return (
    <article class={`event-card event-card-${status}`}>
      <PictureTile
        class="event-card-picture"
        url={event.pictureUrl}
        name={event.title}
        isFirst={isFirst}
        sizes="(min-width: 48rem) 24rem, 8rem"
      />
      <div class="event-card-main">
        <p class="event-card-meta">
          <StatusBadge status={status} />
          <span>{TEXTS.itemCount(event.itemCount)}</span>
          {status === 'locked' && event.admission === 'draw' && <span>{TEXTS.draw}</span>}
          {status === 'sold_out' && event.waitlist && <span>{TEXTS.waitlist}</span>}
        </p>
        <h3 class="event-card-title">
          <a href={`/events/${event.id}`} dir="auto">
            {event.title}
          </a>
        </h3>
        <p class="event-card-price">{pricesOf(event, style.locale)}</p>
        {event.description && (
          <p class="event-card-description" dir="auto">
            {event.description}
          </p>
        )}
      </div>
      <div class="event-card-side">
        <p class="event-card-when">{whenOf(event, status, style)}</p>
        {children}
        {isOnSale && <StockBar stock={event.stock} />}
      </div>
    </article>
  );
}

/** From the lowest to the highest. */
function pricesOf(event: EventSummary, locale: string): string {
  const { priceFromCents, priceToCents }: Partial<EventSummary> = event;
  // The version before leaves them out, and answers beside this one and after a rollback.
  if (priceFromCents === undefined || priceToCents === undefined) return '';
  const ends = [...new Set([priceFromCents, priceToCents])];
  return ends.map((cents) => formatMoney(cents, { currency: event.currency, locale })).join(' – ');
}

/**
 * The one moment that matters now: the opening, the close, or when it closed, and whether that was by
 * hand. A page that has only just learnt of it does not know yet when that was.
 */
export function whenOf(
  event: Pick<EventSummary, 'startsAt' | 'endsAt' | 'closedAt' | 'cancelledAt'>,
  status: EventStatus,
  { nowMs, ...style }: TimeStyle & { readonly nowMs: number },
): string {
  if (event.cancelledAt) return TEXTS.calledOff(formatInstant(event.cancelledAt, style));
  if (status === 'locked') return TEXTS.opensAt(formatInstant(event.startsAt, style));
  const endsAt = formatInstant(event.endsAt, style);
  if (status !== 'closed') return TEXTS.closesAt(endsAt);
  const { closedAt } = event;
  const at = closedAt === null ? '' : formatInstant(closedAt, style);
  const closedMs = closedAt === null ? nowMs : Date.parse(closedAt);
  if (closedMs < Date.parse(event.startsAt)) return TEXTS.calledOff(at);
  const isByHand = closedAt !== null || Date.parse(event.endsAt) > nowMs;
  return isByHand ? TEXTS.closedByHand(at) : TEXTS.closedAt(endsAt);
}
