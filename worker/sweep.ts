/**
 * The net below the alarms: finds holds that are overdue and wakes their events' objects. Also
 * takes away logins and failed sign-ins that have run out.
 */
import type { Deps } from './deps.ts';
import { findOverdueEvents } from './stores/events.ts';
import { deleteExpiredLoginsStatement } from './stores/logins.ts';
import { guarded } from './stores/postgres.ts';
import { deleteForgottenStatement } from './stores/sign-in-failures.ts';

/** An alarm that is this late is taken for lost. */
const OVERDUE_MS = 5_000;
const EVENTS_PER_SWEEP_MAX = 100;
/** Of either table; what is left over is found by the next sweep. */
const ROWS_PER_SWEEP_MAX = 5_000;

/** Never throws for one event's sake; what fails is tried again by the next sweep. */
export async function sweep(deps: Deps): Promise<void> {
  await sweepSales(deps);
  await sweepLogins(deps);
}

async function sweepSales(deps: Deps): Promise<void> {
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

async function sweepLogins({ db, nowMs }: Deps): Promise<void> {
  const rows = { nowMs: nowMs(), limit: ROWS_PER_SWEEP_MAX };
  await guarded(() =>
    db.batch([deleteExpiredLoginsStatement(db, rows), deleteForgottenStatement(db, rows)]),
  );
}
