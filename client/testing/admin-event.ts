/** An event as the console reads it, for tests. Must not be imported by the page itself. */
import type { AdminEvent } from '../../worker/contract/administration.ts';
import { anEvent, anItem } from './builders.ts';

/** Opens 23 November 2026 at noon UTC, for an hour. */
export function anAdminEvent(fields: Partial<AdminEvent> = {}): AdminEvent & { version: string } {
  const startsAt = '2026-11-23T12:00:00.000Z';
  const endsAt = '2026-11-23T13:00:00.000Z';
  const event = anEvent({ status: 'locked', title: 'Night', startsAt, endsAt, items: [anItem()] });
  const plan = {
    published: false,
    timeZone: 'UTC',
    planned: {
      startsAt,
      endsAt,
      startsAtLocal: '2026-11-23T12:00',
      endsAtLocal: '2026-11-23T13:00',
    },
    openedAt: null,
    closedAt: null,
    hasEntries: false,
    cancellation: null,
  };
  return { ...event, ...plan, version: '"1"', ...fields };
}
