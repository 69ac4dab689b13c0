/** What an event is at a moment, as an admin sees it: a draft opens at no time of its own. */
import type { AdminEventSummary } from '../../../worker/contract/administration.ts';
import type { EventStatus } from '../../../worker/contract/events.ts';
import { nextChangeMs, statusAt } from '../../sale/sale.ts';

type EventTimes = Pick<AdminEventSummary, 'published' | 'status' | 'startsAt' | 'endsAt'>;

export type EventMoment = EventStatus | 'draft';

/** A draft that was closed by hand is closed; any other is a draft, also past its start. */
export function momentOf(event: EventTimes, nowMs: number): EventMoment {
  if (!event.published) return event.status === 'closed' ? 'closed' : 'draft';
  return statusAt(event, nowMs);
}

/** The opening or the end, where the clock alone brings one. */
export function nextMomentMs(event: EventTimes, nowMs: number): number | null {
  return event.published ? nextChangeMs(event, nowMs) : null;
}
