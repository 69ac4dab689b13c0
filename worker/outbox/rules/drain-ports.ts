/** The world as a run of the dispatcher sees it. Types only. */
import type { OutboxKind } from '../../contract/outbox.ts';
import type { MailSubject } from '../../stores/postgres/mail-facts.ts';
import type {
  LeasedRow,
  LeaseRequest,
  PriorityClass,
  RowResult,
  SentFigures,
} from '../../stores/postgres/outbox-work.ts';
import type { KindTable } from './kind.ts';
import type { TryOutcome } from './outcome.ts';
import type { SendBudget } from './send-budget.ts';

export interface DrainPorts {
  kinds: KindTable;
  /** Of this life of the dispatcher. */
  budget: SendBudget;
  /** From AT_ONCE_MAX to UNRECORDED_MAX. */
  unrecordedMax: number;
  /** Throws a Fault, as do all that ask Postgres. */
  lease(request: LeaseRequest): Promise<LeasedRow[]>;
  /** What mails are about, by the ids of their rows; each of them is there. */
  readSubjects(rows: readonly LeasedRow[]): Promise<ReadonlyMap<number, MailSubject>>;
  record(leaseId: string, results: readonly RowResult[]): Promise<readonly number[]>;
  nextDue(classes: readonly PriorityClass[]): Promise<readonly (number | undefined)[]>;
  sent(kinds: readonly OutboxKind[], sinceMs: number): Promise<SentFigures>;
  nowMs(): number;
  /** From 0 up to 1. */
  random(): number;
  makeLeaseId(): string;
  pause(ms: number): Promise<void>;
  /** What the work ends with, or undefined if it takes longer; then it goes on, and nobody hears of it. */
  within(ms: number, work: Promise<TryOutcome>): Promise<TryOutcome | undefined>;
  /** Hears of each result that counted; without an outcome where the row was not tried. Never throws. */
  recorded(row: LeasedRow, result: RowResult, outcome?: TryOutcome): void;
  /** Hears of a fault, of a try that threw, and of a result that came too late to count. */
  report(error: unknown, row?: LeasedRow): void;
}
