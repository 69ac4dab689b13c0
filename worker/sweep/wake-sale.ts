/**
 * Has an event's object look at what was changed outside of its line: it serves its queue, sets its alarm
 * and shows viewers what there is. Called behind the commit of the change.
 */
import type { EventId } from '../contract/ids.ts';
import type { Needs } from '../deps/deps.ts';

export type WakeNeeds = Needs<{ sale: 'expireDue'; logging: 'log' }>;

/** An object that is away is left to the sweep. @returns whether it was reached. */
export async function wakeSale({ sale, logging }: WakeNeeds, eventId: EventId): Promise<boolean> {
  try {
    await sale.expireDue(eventId);
    return true;
  } catch (error) {
    logging.log('error', 'event was not told of a change', { eventId, error });
    return false;
  }
}
