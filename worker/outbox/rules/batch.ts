/**
 * Works off the rows of one lease: tries them, a few at a time, and records what became of them, several
 * at once.
 */
import type { LeasedRow, RowResult } from '../../stores/postgres/outbox-work.ts';
import { BatchSubjects } from './batch-subjects.ts';
import type { DrainPorts } from './drain-ports.ts';
import { type Kind, kindOf, type MailEntry } from './kind.ts';
import type { TryOutcome } from './outcome.ts';
import { Recorder } from './recorder.ts';
import { endBeforeTry, patienceMs, resultOf } from './retry.ts';
import type { SendBudget } from './send-budget.ts';

/** The first of the classes of priority: somebody waits for it. */
export const URGENT = 0;
/** The platform lets six calls wait for their answers at once; one is left for Postgres. */
export const AT_ONCE_MAX = 5;
/**
 * Rows that are begun and of which nothing is recorded: as many are tried twice where the dispatcher ends
 * between two steps. AT_ONCE_MAX where the receiver does not know a repeat by its key.
 */
export const UNRECORDED_MAX = 25;
/** A try that takes longer is taken for failed. */
export const WORK_MS_MAX = 15_000;

export interface Lease {
  id: string;
  untilMs: number;
}

/** Rows that are worked off under one lease. */
interface Batch {
  lease: Lease;
  recorder: Recorder;
  subjects: BatchSubjects;
  /** Rows that are begun and of which nothing is recorded. */
  unrecorded: number;
  /** Of those, what will be recorded. Does not reject. */
  recording: Set<Promise<void>>;
  /** Settles when the last one that asked for its turn has it. */
  turn: Promise<unknown>;
  /** A result could not be recorded: nothing is begun any more, or all of it would be done twice. */
  failure?: { error: unknown };
}

/** Throws the fault of a result that could not be recorded. */
export async function workOff(
  ports: DrainPorts,
  rows: readonly LeasedRow[],
  lease: Lease,
): Promise<void> {
  const batch = batchOf(ports, rows, lease);
  let next = 0;
  const work = async () => {
    for (;;) {
      while (batch.unrecorded >= ports.unrecordedMax) await Promise.race(batch.recording);
      const row = rows[next++];
      if (row === undefined || batch.failure) return;
      batch.unrecorded++;
      try {
        await workOffOne(ports, row, batch);
      } catch (error) {
        batch.failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE_MAX, rows.length) }, work));
  batch.recorder.flush();
  await Promise.all(batch.recording);
  if (batch.failure) throw batch.failure.error;
}

function batchOf(ports: DrainPorts, rows: readonly LeasedRow[], lease: Lease): Batch {
  const { kinds, nowMs } = ports;
  const recorder = new Recorder({
    record: (results) => ports.record(lease.id, results),
    pause: (ms) => ports.pause(ms),
    groupFull: ports.unrecordedMax - AT_ONCE_MAX,
  });
  const mails = rows.filter((row) => {
    const kind = kindOf(kinds, row);
    return kind?.channel === 'mail' && endBeforeTry(row, kind.retry, nowMs()) === undefined;
  });
  const subjects = new BatchSubjects(mails, { read: (some) => ports.readSubjects(some), nowMs });
  return {
    lease,
    recorder,
    subjects,
    unrecorded: 0,
    recording: new Set(),
    turn: Promise.resolve(),
  };
}

async function workOffOne(ports: DrainPorts, row: LeasedRow, batch: Batch): Promise<void> {
  const kind = kindOf(ports.kinds, row);
  const ended = kind && endBeforeTry(row, kind.retry, ports.nowMs());
  if (ended !== undefined) return record(ports, row, { batch, result: ended });
  const attempt = kind && (await begin(ports, row, { kind, batch }));
  if (kind === undefined || attempt === undefined) {
    const { id, tries, dueAtMs } = row;
    return record(ports, row, { batch, result: { id, tries, lastError: null, next: { dueAtMs } } });
  }
  const outcome = await tryOnce(ports, row, attempt);
  const { nowMs, random } = ports;
  const result = resultOf(row, outcome, { retry: kind.retry, nowMs: nowMs(), random });
  if (kind.channel === 'mail') noteMail(ports.budget, outcome, nowMs());
  record(ports, row, { batch, result, outcome });
}

type Attempt = () => Promise<TryOutcome>;

/** Undefined where the row is left to a later run. */
function begin(
  ports: DrainPorts,
  row: LeasedRow,
  { kind, batch }: { kind: Kind; batch: Batch },
): Promise<Attempt | undefined> {
  if (kind.channel === 'mail') {
    const turn = batch.turn.then(() => beginMail(ports, row, { kind, batch }));
    batch.turn = turn;
    return turn;
  }
  return Promise.resolve(mayBegin(ports, batch) ? () => kind.work(row) : undefined);
}

/** Reads what a mail is about, and waits until it may leave; one mail at a time, in their order. */
async function beginMail(
  ports: DrainPorts,
  row: LeasedRow,
  { kind, batch }: { kind: MailEntry; batch: Batch },
): Promise<Attempt | undefined> {
  const { budget, nowMs, pause } = ports;
  for (;;) {
    const attempt = await attemptOf(kind, row, batch.subjects);
    if (!mayBegin(ports, batch)) return undefined;
    const waitMs = budget.takeTurn(row.priority === URGENT, nowMs());
    if (waitMs === undefined) return undefined;
    if (waitMs === 0) {
      batch.subjects.begun(row);
      return attempt;
    }
    await pause(waitMs);
  }
}

function mayBegin({ nowMs }: DrainPorts, { failure, lease }: Batch): boolean {
  // Or somebody else could lease the row while it is being tried.
  return failure === undefined && nowMs() + WORK_MS_MAX <= lease.untilMs;
}

/** A mail of which nothing can be read fails at its try. */
async function attemptOf(
  kind: MailEntry,
  row: LeasedRow,
  subjects: BatchSubjects,
): Promise<Attempt> {
  try {
    const subject = await subjects.of(row);
    return () => kind.work(row, subject);
  } catch (error) {
    return () => Promise.reject(error);
  }
}

async function tryOnce(ports: DrainPorts, row: LeasedRow, attempt: Attempt): Promise<TryOutcome> {
  try {
    const outcome = await ports.within(WORK_MS_MAX, attempt());
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

/** Together with others, soon; nobody waits for it. */
function record(
  ports: DrainPorts,
  row: LeasedRow,
  { batch, result, outcome }: { batch: Batch; result: RowResult; outcome?: TryOutcome },
): void {
  const untilRecorded = async () => {
    try {
      if (await batch.recorder.add(result)) ports.recorded(row, result, outcome);
      else ports.report(new Error('a result came after its lease'), row);
    } catch (error) {
      batch.failure ??= { error };
    }
    batch.unrecorded--;
    batch.recording.delete(recording);
  };
  const recording = untilRecorded();
  batch.recording.add(recording);
}
