/**
 * Works off the outbox: leases a batch, tries its rows, a few at a time, and records each. Knows the
 * world by its ports only, so that a simulation runs it too. It may be ended between any two steps: a row
 * whose result is not recorded is leased again once its lease is over, and its receiver tells the repeat
 * by the row's key.
 */
import type { OutboxKind } from '../../contract/outbox.ts';
import type {
  Lane,
  LeasedRow,
  LeaseRequest,
  RowResult,
  SentFigures,
} from '../../stores/postgres/outbox-work.ts';
import { type Kind, type KindTable, kindOf, kindsOf } from './kind.ts';
import { nextAlarmMs } from './next-alarm.ts';
import type { TryOutcome } from './outcome.ts';
import { Recorder } from './recorder.ts';
import { endBeforeTry, patienceMs, resultOf } from './retry.ts';
import type { SendBudget } from './send-budget.ts';

/** The platform lets six calls wait for their answers at once; one is left for Postgres. */
export const AT_ONCE_MAX = 5;
/** Of each lane. */
export const BATCH_MAX = 20;
/** A try that takes longer is taken for failed. */
export const WORK_MS_MAX = 15_000;
/** How long rows lie when their dispatcher is gone. What is not begun in time is left to the next lease. */
export const LEASE_MS = 60_000;
/**
 * A Worker that sends no mail leaves mails for so long after they are due: another Worker of the same
 * database may send them, and takes what is due at once. Longer than a day, whose quota it may wait for.
 */
export const UNSENT_WAIT_MS = 48 * 60 * 60_000;
/** Then the object sets its alarm anew, and forgets what it knew of the run. */
export const RUN_MS_MAX = 60_000;

const URGENT = 0;
const LAST = 32_767;

export interface DrainPorts {
  kinds: KindTable;
  /** How long mails are left to others once they are due. */
  mailsWaitMs: number;
  /** Of this life of the dispatcher. */
  budget: SendBudget;
  /** Throws a Fault, as do all that ask Postgres. */
  lease(request: LeaseRequest): Promise<LeasedRow[]>;
  record(leaseId: string, results: readonly RowResult[]): Promise<readonly number[]>;
  nextDue(lanes: readonly Lane[]): Promise<readonly (number | undefined)[]>;
  sent(kinds: readonly OutboxKind[], sinceMs: number): Promise<SentFigures>;
  nowMs(): number;
  /** From 0 up to 1. */
  random(): number;
  makeLeaseId(): string;
  pause(ms: number): Promise<void>;
  /** What the work ends with, or undefined if it takes longer; then it goes on, and nobody hears of it. */
  within(ms: number, work: Promise<TryOutcome>): Promise<TryOutcome | undefined>;
  /** Hears of each result that counted; without an outcome where the row ended untried. Never throws. */
  recorded(row: LeasedRow, result: RowResult, outcome?: TryOutcome): void;
  /** Hears of a fault, of a try that threw, and of a result that came too late to count. */
  report(error: unknown, row?: LeasedRow): void;
}

/** @returns when to come again, in milliseconds since the epoch; undefined where nothing waits. */
export async function drainOutbox(ports: DrainPorts): Promise<number | undefined> {
  const { budget, kinds } = ports;
  const untilMs = ports.nowMs() + RUN_MS_MAX;
  const lanes = lanesOf(kinds, ports.mailsWaitMs);
  try {
    const sent = await ports.sent(kindsOf(kinds, 'mail'), budget.windowStartMs(ports.nowMs()));
    budget.learn(sent, ports.nowMs());
    while (ports.nowMs() < untilMs) {
      const lease = { id: ports.makeLeaseId(), untilMs: ports.nowMs() + LEASE_MS };
      const rows = await ports.lease(requestOf(lease, lanes, ports));
      if (rows.length === 0) break;
      await workOff(ports, rows, lease);
    }
    const due = await ports.nextDue(lanes.map(({ lane }) => lane));
    const nowMs = ports.nowMs();
    const waits = lanes.map(({ isUrgent }, n) => ({
      dueAtMs: due[n],
      freeAtMs: isUrgent === undefined ? nowMs : budget.freeAtMs(isUrgent, nowMs),
    }));
    return nextAlarmMs(waits, { nowMs, failed: false });
  } catch (error) {
    ports.report(error);
    return nextAlarmMs([], { nowMs: ports.nowMs(), failed: true });
  }
}

interface Lease {
  id: string;
  untilMs: number;
}

interface DrainLane {
  lane: Lane;
  /** Undefined where it has no part in the mails' budget. */
  isUrgent?: boolean;
}

function lanesOf(kinds: KindTable, dueForMs: number): DrainLane[] {
  const mails = kindsOf(kinds, 'mail');
  return [
    { lane: { kinds: mails, priorities: [URGENT, URGENT], dueForMs }, isUrgent: true },
    { lane: { kinds: mails, priorities: [URGENT + 1, LAST], dueForMs }, isUrgent: false },
    { lane: { kinds: kindsOf(kinds, 'own'), priorities: [URGENT, LAST], dueForMs: 0 } },
  ];
}

/** Urgent mails first; the others get what is left of the day, without what is reserved. */
function requestOf(lease: Lease, lanes: DrainLane[], { budget, nowMs }: DrainPorts): LeaseRequest {
  const at = { nowMs: nowMs(), most: BATCH_MAX };
  const limits = lanes.map(({ lane, isUrgent }) => ({
    lane,
    limit: isUrgent === undefined ? BATCH_MAX : budget.room(isUrgent, at),
  }));
  return { leaseId: lease.id, nowMs: at.nowMs, untilMs: lease.untilMs, lanes: limits };
}

/** Rows that are worked off under one lease. */
interface Batch {
  lease: Lease;
  recorder: Recorder;
  /** A result could not be recorded: nothing is begun any more, or all of it would be done twice. */
  isStopped: boolean;
}

/** Throws the fault of a result that could not be recorded. */
async function workOff(ports: DrainPorts, rows: readonly LeasedRow[], lease: Lease): Promise<void> {
  const recorder = new Recorder({
    record: (results) => ports.record(lease.id, results),
    pause: (ms) => ports.pause(ms),
  });
  const batch: Batch = { lease, recorder, isStopped: false };
  let next = 0;
  const works = Array.from({ length: Math.min(AT_ONCE_MAX, rows.length) }, async () => {
    for (let row = rows[next++]; row !== undefined && !batch.isStopped; row = rows[next++]) {
      try {
        await workOffOne(ports, row, batch);
      } catch (error) {
        batch.isStopped = true;
        throw error;
      }
    }
  });
  const failed = (await Promise.allSettled(works)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function workOffOne(ports: DrainPorts, row: LeasedRow, batch: Batch): Promise<void> {
  const { recorder } = batch;
  const kind = kindOf(ports.kinds, row);
  const ended = kind && endBeforeTry(row, kind.retry, ports.nowMs());
  if (ended !== undefined) {
    await record(ports, row, { recorder, result: ended });
  } else if (kind === undefined || !(await mayBegin(ports, row, { kind, batch }))) {
    const { id, tries, dueAtMs } = row;
    await recorder.add({ id, tries, lastError: null, next: { dueAtMs } });
  } else {
    const outcome = await tryOnce(ports, row, kind);
    const result = resultOf(row, outcome, {
      retry: kind.retry,
      nowMs: ports.nowMs(),
      random: ports.random,
    });
    if (kind.channel === 'mail') noteMail(ports.budget, outcome, ports.nowMs());
    await record(ports, row, { recorder, result, outcome });
  }
}

/** Waits for a mail's turn. False where the row has to be left to a later run. */
async function mayBegin(
  { budget, nowMs, pause }: DrainPorts,
  { priority }: LeasedRow,
  { kind, batch }: { kind: Kind; batch: Batch },
): Promise<boolean> {
  // Or somebody else could lease it while it is being tried.
  while (!batch.isStopped && nowMs() + WORK_MS_MAX <= batch.lease.untilMs) {
    if (kind.channel !== 'mail') return true;
    const waitMs = budget.takeTurn(priority === URGENT, nowMs());
    if (waitMs === undefined) return false;
    if (waitMs === 0) return true;
    await pause(waitMs);
  }
  return false;
}

async function tryOnce(ports: DrainPorts, row: LeasedRow, kind: Kind): Promise<TryOutcome> {
  try {
    const outcome = await ports.within(WORK_MS_MAX, kind.work(row));
    return outcome ?? { kind: 'failed', reason: 'timeout' };
  } catch (error) {
    ports.report(error, row);
    return { kind: 'failed', reason: 'threw' };
  }
}

function noteMail(budget: SendBudget, outcome: TryOutcome, nowMs: number): void {
  if (outcome.kind !== 'done') budget.giveBack();
  if (outcome.kind === 'throttled') budget.close(nowMs + patienceMs(outcome.retryAfterMs));
}

async function record(
  ports: DrainPorts,
  row: LeasedRow,
  { recorder, result, outcome }: { recorder: Recorder; result: RowResult; outcome?: TryOutcome },
): Promise<void> {
  if (await recorder.add(result)) ports.recorded(row, result, outcome);
  else ports.report(new Error('a result came after its lease'), row);
}
