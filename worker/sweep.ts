/** The net below the alarms: finds holds that are overdue and wakes their events' objects. */
import type { Deps } from './deps.ts';
import { findOverdueEvents } from './stores/events.ts';

/** An alarm that is this late is taken for lost. */
const OVERDUE_MS = 5_000;
const EVENTS_PER_SWEEP_MAX = 100;

/** Never throws for one event's sake; what fails is tried again by the next sweep. */
export async function sweep(deps: Deps): Promise<void> {
  const overdue = await findOverdueEvents(deps.db, {
    beforeMs: deps.nowMs() - OVERDUE_MS,
    limit: EVENTS_PER_SWEEP_MAX,
  });
  for (const eventId of overdue) {
    try {
      await deps.tidy(eventId);
    } catch (error) {
      deps.log('error', 'sweep failed', { eventId, error });
    }
  }
}
