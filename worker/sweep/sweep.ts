/**
 * Every minute, for alarms that were lost: has events expire holds that are overdue or of deactivated
 * customers and work off their queues, and has the outbox work off rows that are overdue and look at payments. Also wakes what a sale that is about to open
 * needs, queues its reminders, and deletes logins, failed sign-ins, links for one use, idempotency keys,
 * reminders of sales that are over, ended rows of the outbox and addresses that were kept for long enough; once an
 * hour also pictures that nothing names.
 */
import type { EventId } from '../contract/ids.ts';
import type { Needs } from '../deps/deps.ts';
import { deleteOldLinksStatement } from '../stores/postgres/account-tokens.ts';
import { guarded } from '../stores/postgres/client.ts';
import { findOpeningEvents, findOverdueEvents } from '../stores/postgres/due-events.ts';
import { findDueQueues, findLeftDraws } from '../stores/postgres/due-queues.ts';
import { deleteOldKeysStatement } from '../stores/postgres/idempotency-keys.ts';
import { endHoldsOfInactive, findInactiveHolders } from '../stores/postgres/inactive-holds.ts';
import { deleteExpiredLoginsStatement } from '../stores/postgres/logins.ts';
import { deleteOldAddressesStatement } from '../stores/postgres/order-addresses.ts';
import { deleteEndedStatement, forgetLateStatement } from '../stores/postgres/outbox.ts';
import { hasOverdue } from '../stores/postgres/outbox-work.ts';
import { deleteOverRemindersStatement } from '../stores/postgres/reminder-mails.ts';
import { deleteForgottenStatement } from '../stores/postgres/sign-in-failures.ts';
import { lookAtPayments } from './look-at-payments.ts';
import { releaseHolds } from './release-holds.ts';
import { remind } from './remind.ts';
import { removePicturesHourly } from './remove-pictures.ts';

/** An alarm that is this late is taken for lost. */
const OVERDUE_MS = 5_000;
/** Longer than from one sweep to the next, so that no opening falls between two. */
const WARM_AHEAD_MS = 90_000;
const EVENTS_PER_SWEEP_MAX = 100;
const CUSTOMERS_PER_SWEEP_MAX = 100;
/** Of each table; what is left over is found by the next sweep. */
const ROWS_PER_SWEEP_MAX = 5_000;
/** More than can be added from one sweep to the next, since each costs a hash: see hash-pool.ts. */
const FAILURES_PER_SWEEP_MAX = 40_000;

type Needed = Needs<{
  sale: 'expireDue';
  outbox: 'wake' | 'wakePayments' | 'sendsMail';
  payments: 'provider';
  push: 'publicKey';
  pictures: 'store';
  site: 'addressKeepDays';
  stores: 'db';
  logging: 'log';
  platform: 'nowMs';
}>;

/**
 * Never throws for one event's or customer's sake; what fails is tried again by the next sweep.
 * @param eventsMax of each kind; those beyond are found by a later one
 */
export async function sweep(deps: Needed, eventsMax = EVENTS_PER_SWEEP_MAX): Promise<void> {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  const limit = eventsMax;
  await expireEach(deps, await findOverdueEvents(db, { beforeMs: nowMs() - OVERDUE_MS, limit }));
  await releaseInactive(deps);
  await serveQueues(deps, eventsMax);
  await warm(deps, eventsMax);
  await remind(deps);
  await lookAtPayments(deps);
  if (await hasOverdue(db, nowMs() - OVERDUE_MS)) deps.outbox.wake();
  await sweepTables(deps);
  await removePicturesHourly(deps);
}

/** After the holds, whose units may be somebody's who waits. An object that is woken goes on by itself. */
async function serveQueues(deps: Needed, eventsMax: number): Promise<void> {
  const nowMs = deps.platform.nowMs();
  const due = { nowMs, beforeMs: nowMs - OVERDUE_MS, limit: eventsMax };
  const queues = await findDueQueues(deps.stores.db, due);
  const draws = await findLeftDraws(deps.stores.db, due);
  await expireEach(deps, [...new Set([...queues, ...draws])]);
}

/** Where a deactivation could not be carried through, or was written into the database by hand. */
async function releaseInactive(deps: Needed): Promise<void> {
  const { db } = deps.stores;
  const { nowMs } = deps.platform;
  const { log } = deps.logging;
  for (const customerId of await findInactiveHolders(db, CUSTOMERS_PER_SWEEP_MAX)) {
    try {
      await releaseHolds(deps, customerId, await endHoldsOfInactive(db, customerId, nowMs()));
    } catch (error) {
      log('error', 'sweep failed', { userId: customerId, error });
    }
  }
}

/**
 * An empty group settles nothing, but the database, the event's object near it and their connection
 * are awake for it, and know the event's plans and rows: the first shoppers wait for none of that.
 */
async function warm(deps: Needed, eventsMax: number): Promise<void> {
  const afterMs = deps.platform.nowMs();
  const opening = { afterMs, byMs: afterMs + WARM_AHEAD_MS, limit: eventsMax };
  await expireEach(deps, await findOpeningEvents(deps.stores.db, opening));
}

async function expireEach({ sale, logging }: Needed, events: EventId[]): Promise<void> {
  for (const eventId of events) {
    try {
      await sale.expireDue(eventId);
    } catch (error) {
      logging.log('error', 'sweep failed', { eventId, error });
    }
  }
}

async function sweepTables({ stores: { db }, site, platform }: Needed): Promise<void> {
  const rows = { nowMs: platform.nowMs(), limit: ROWS_PER_SWEEP_MAX };
  await guarded(() =>
    db.batch([
      deleteExpiredLoginsStatement(db, rows),
      deleteForgottenStatement(db, { ...rows, limit: FAILURES_PER_SWEEP_MAX }),
      deleteOldKeysStatement(db, rows),
      deleteOverRemindersStatement(db, rows),
      deleteEndedStatement(db, rows),
      forgetLateStatement(db, rows.nowMs),
      deleteOldLinksStatement(db, rows),
      deleteOldAddressesStatement(db, { ...rows, keepDays: site.addressKeepDays }),
    ]),
  );
}
