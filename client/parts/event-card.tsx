/** One sale in the list: what, when, how much is left. Must not tick itself. */
import type { ComponentChildren } from 'preact';
import type { EventStatus, EventSummary } from '../../worker/contract/events.ts';
import { formatInstant, type TimeStyle } from '../state/times.ts';
import { TEXTS } from '../texts.ts';
import { StatusBadge } from './status-badge.tsx';
import { StockBar } from './stock-bar.tsx';

export interface EventCardProps {
  readonly event: EventSummary;
  /** As of now, which may be later than what the summary says. */
  readonly status: EventStatus;
  readonly locale: string;
  readonly timeZone: string | undefined;
  readonly nowMs: number;
  /** The countdown, if there is anything to wait for. */
  readonly children: ComponentChildren;
}

export function EventCard({ event, status, children, ...style }: EventCardProps) {
  return (
    <article class={`event-card event-card-${status}`}>
      <div class="event-card-main">
        <p class="event-card-meta">
          <StatusBadge status={status} />
          <span>{TEXTS.itemCount(event.itemCount)}</span>
          <span class="event-card-when">{whenOf(event, status, style)}</span>
        </p>
        <h3 class="event-card-title">
          <a href={`/events/${event.id}`} dir="auto">
            {event.title}
          </a>
        </h3>
        {event.description && (
          <p class="event-card-description" dir="auto">
            {event.description}
          </p>
        )}
      </div>
      <div class="event-card-side">
        {children}
        <StockBar stock={event.stock} />
      </div>
    </article>
  );
}

/**
 * The one moment that matters now: the opening, the close, or when it closed. A sale that is closed
 * while its end lies ahead was closed by hand, and when is not known yet.
 */
export function whenOf(
  event: Pick<EventSummary, 'startsAt' | 'endsAt'> & { readonly isClosedByHand?: boolean },
  status: EventStatus,
  { nowMs, ...style }: TimeStyle & { readonly nowMs: number },
): string {
  if (status === 'locked') return TEXTS.opensAt(formatInstant(event.startsAt, style));
  const endsAt = formatInstant(event.endsAt, style);
  if (status !== 'closed') return TEXTS.closesAt(endsAt);
  if (Date.parse(event.startsAt) > nowMs) return TEXTS.calledOff;
  if (Date.parse(event.endsAt) > nowMs) return TEXTS.closedEarly;
  return event.isClosedByHand ? `${TEXTS.closedEarly}: ${endsAt}` : TEXTS.closedAt(endsAt);
}
