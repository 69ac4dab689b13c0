/** What a list and an event's own page show alike, from its row. */
import { shownPicture } from '../../contract/pictures.ts';
import { type EventRow, statusOf, timesOf } from './event-status.ts';

export function fieldsOf(event: EventRow, unitsFree: number, nowMs: number) {
  const { startsAt, endsAt } = timesOf(event);
  return {
    id: event.id,
    title: event.title,
    description: event.description,
    translations: event.translations,
    coverUrl: shownPicture(event.coverUrl),
    status: statusOf(event, unitsFree, nowMs),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    closedAt: event.closedAt?.toISOString() ?? null,
    cancelledAt: event.cancelledAt?.toISOString() ?? null,
    holdSeconds: event.holdSeconds,
    currency: event.currency,
    admission: event.admission,
    waitlist: event.waitlist,
    offerSeconds: event.offerSeconds,
    entriesCloseAt: event.entriesCloseAt?.toISOString() ?? null,
    payment: event.payment,
    needsAddress: event.needsAddress,
    shipping: event.shipping,
    requireVerifiedEmail: event.requireVerifiedEmail,
    oneLimitPerMailbox: event.oneLimitPerMailbox,
    reportPublic: event.reportPublic,
  };
}
