/**
 * Works off the outbox: leases a batch, tries its rows, a few at a time, and records what became of them.
 * Knows the world by its ports only, so that a simulation runs it too. It may be ended between any two
 * steps: a row whose result is not recorded is leased again once its lease is over, and its receiver tells
 * the repeat by the row's key.
 */
import type { LeaseRequest, PriorityClass } from '../../stores/postgres/outbox-work.ts';
import { type Lease, URGENT, workOff } from './batch.ts';
import type { DrainPorts } from './drain-ports.ts';
import { type KindTable, kindsOf } from './kind.ts';
import { nextAlarmMs } from './next-alarm.ts';

/** Of each class of priority. */
export const BATCH_MAX = 50;
/** How long rows lie when their dispatcher is gone. What is not begun in time is left to the next lease. */
export const LEASE_MS = 60_000;
/** From one lease to the next at least, so that rows that are written one after the other are worked off together. */
export const LEASE_GAP_MS = 250;
/** Then the object sets its alarm anew, and forgets what it knew of the run. */
export const RUN_MS_MAX = 60_000;

const LAST = 32_767;

/** @returns when to come again, in milliseconds since the epoch; undefined where nothing waits. */
export async function drainOutbox(ports: DrainPorts): Promise<number | undefined> {
  const { budget, kinds } = ports;
  const untilMs = ports.nowMs() + RUN_MS_MAX;
  const classes = classesOf(kinds);
  const mails = kindsOf(kinds, 'mail');
  try {
    if (mails.length > 0) {
      const sent = await ports.sent(mails, budget.windowStartMs(ports.nowMs()));
      budget.learn(sent, ports.nowMs());
    }
    while (ports.nowMs() < untilMs) {
      const leasedAtMs = ports.nowMs();
      const lease = { id: ports.makeLeaseId(), untilMs: leasedAtMs + LEASE_MS };
      const rows = await ports.lease(requestOf(lease, classes, ports));
      if (rows.length === 0) break;
      await workOff(ports, rows, lease);
      const gapMs = leasedAtMs + LEASE_GAP_MS - ports.nowMs();
      if (gapMs > 0) await ports.pause(gapMs);
    }
    const due = await ports.nextDue(classes);
    const nowMs = ports.nowMs();
    const waits = classes.map(({ isUrgent }, n) => ({
      dueAtMs: due[n],
      freeAtMs: isUrgent === undefined ? nowMs : budget.freeAtMs(isUrgent, nowMs),
    }));
    return nextAlarmMs(waits, { nowMs, failed: false });
  } catch (error) {
    ports.report(error);
    return nextAlarmMs([], { nowMs: ports.nowMs(), failed: true });
  }
}

interface DrainClass extends PriorityClass {
  /** Undefined where it has no part in the mails' budget. */
  isUrgent?: boolean;
}

/** Of those kinds that there are. */
function classesOf(kinds: KindTable): DrainClass[] {
  const mails = kindsOf(kinds, 'mail');
  const classes: DrainClass[] = [
    { kinds: mails, priorities: [URGENT, URGENT], isUrgent: true },
    { kinds: mails, priorities: [URGENT + 1, LAST], isUrgent: false },
    { kinds: kindsOf(kinds, 'own'), priorities: [URGENT, LAST] },
    { kinds: kindsOf(kinds, 'push'), priorities: [URGENT, LAST] },
    { kinds: kindsOf(kinds, 'payment'), priorities: [URGENT, LAST] },
  ];
  return classes.filter((one) => one.kinds.length > 0);
}

/** Urgent mails first; the others get what is left of the day, without what is reserved. */
function requestOf(
  lease: Lease,
  classes: DrainClass[],
  { budget, nowMs }: DrainPorts,
): LeaseRequest {
  const at = { nowMs: nowMs(), most: BATCH_MAX };
  const limited = classes.map(({ isUrgent, ...rows }) => ({
    ...rows,
    limit: isUrgent === undefined ? BATCH_MAX : budget.room(isUrgent, at),
  }));
  return { leaseId: lease.id, nowMs: at.nowMs, untilMs: lease.untilMs, classes: limited };
}
