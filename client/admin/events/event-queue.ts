/** What of an event's queue decides how its plan is shown. Pure. */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { EventMoment } from './event-moment.ts';

type Queued = Pick<AdminEvent, 'items' | 'hasEntries'>;

/** Whether somebody entered its queue, so that most of its plan is fixed. */
export function isQueued({ items, hasEntries }: Queued): boolean {
  // Figures of the queue may be newer than the rest.
  return hasEntries || items.some(({ queue }) => queue.waiting > 0 || queue.offers > 0);
}

/** Before it opens; and once somebody is in its queue until it is over, though then not all of it. */
export function mayEdit(event: Queued, moment: EventMoment): boolean {
  if (moment === 'locked' || moment === 'draft') return true;
  return moment !== 'closed' && isQueued(event);
}
