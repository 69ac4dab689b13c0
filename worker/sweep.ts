/**
 * The net below the alarms: finds holds that are overdue and wakes their events' objects. Also wakes
 * what a sale that is about to open needs, and takes away logins and failed sign-ins that have run
 * out.
 */
import type { EventId } from './contract/ids.ts';
import type { Deps } from './deps.ts';
import { findOpeningEvents, findOverdueEvents } from './stores/events.ts';
import { deleteExpiredLoginsStatement } from './stores/logins.ts';
import { guarded } from './stores/postgres.ts';
import { deleteForgottenStatement } from './stores/sign-in-failures.ts';

/** An alarm that is this late is taken for lost. */
const OVERDUE_MS = 5_000;
/** Longer than from one sweep to the next, so that no opening falls between two. */
const WARM_AHEAD_MS = 90_000;
const EVENTS_PER_SWEEP_MAX = 100;
/** What is left over is found by the next sweep. */
const LOGINS_PER_SWEEP_MAX = 5_000;
/** More than can be added from one sweep to the next, since each costs a hash: see hash-pool.ts. */
const FAILURES_PER_SWEEP_MAX = 40_000;

/** Never throws for one event's sake; what fails is tried again by the next sweep. */
export async function sweep(deps: Deps): Promise<void> {
  const { db, nowMs } = deps;
  const limit = EVENTS_PER_SWEEP_MAX;
  await tidyEach(deps, await findOverdueEvents(db, { beforeMs: nowMs() - OVERDUE_MS, limit }));
  await warm(deps);
  await sweepLogins(deps);
}

/**
 * An empty group settles nothing, but the database, the event's object near it and their connection
 * are awake for it, and know the event's plans and rows: the first shoppers wait for none of that.
 */
async function warm(deps: Deps): Promise<void> {
  const afterMs = deps.nowMs();
  const opening = { afterMs, byMs: afterMs + WARM_AHEAD_MS, limit: EVENTS_PER_SWEEP_MAX };
  await tidyEach(deps, await findOpeningEvents(deps.db, opening));
}

async function tidyEach({ tidy, log }: Deps, events: EventId[]): Promise<void> {
  for (const eventId of events) {
    try {
      await tidy(eventId);
    } catch (error) {
      log('error', 'sweep failed', { eventId, error });
    }
  }
}

async function sweepLogins({ db, nowMs }: Deps): Promise<void> {
  const now = nowMs();
  await guarded(() =>
    db.batch([
      deleteExpiredLoginsStatement(db, { nowMs: now, limit: LOGINS_PER_SWEEP_MAX }),
      deleteForgottenStatement(db, { nowMs: now, limit: FAILURES_PER_SWEEP_MAX }),
    ]),
  );
}
