/** The rows of a sale's queue as the model and the real SQL keep them, and its plan. Types only. */
import type { DrawStart, DrawStatement, GiveUpReason } from '../worker/contract/draw.ts';
import type { QueueEntryId, UserId } from '../worker/contract/ids.ts';
import type { Admission } from '../worker/contract/queue.ts';
import type { EntryRecord } from '../worker/sale/rules/attempts.ts';

export interface QueuePlan {
  admission: Admission;
  /** Whether one may enter once the units have gone. */
  waitlist: boolean;
  offerSeconds: number;
  /** Null where nothing is drawn. */
  entriesCloseAtMs: number | null;
}

export interface EntryRow extends EntryRecord {
  customerId: UserId;
  /** The settlements that took it and ended it. */
  enteredIn: number;
  endedIn: number | null;
  /** How many units were free when it was made an offer. */
  freeFound: number | null;
}

/** How the settlements of an event with a queue are numbered. */
export interface QueueRow {
  settlement: number;
  settledAtMs: number;
  lastSeq: number;
}

/** A draw whose entries are locked. */
export interface DrawRow {
  lockedAtMs: number;
  lockedIn: number;
  /** Entries up to this number take part. */
  entryCount: number;
  /** In hex; null until it is drawn. */
  seed: string | null;
  drawnAtMs: number | null;
}

/** One record of the chain of a draw. */
export interface ChainRow {
  seq: number;
  kind: 'start' | 'enter' | 'leave';
  entryId: QueueEntryId | null;
  atMs: number;
  /** In hex. */
  head: string;
}

/** What proves a draw that somebody entered. */
export interface ProofRow {
  number: number;
  start: DrawStart;
  /** The last record before the lock, and its head; null until then. */
  records: number | null;
  head: string | null;
  /** In hex; null until it is drawn. */
  signature: string | null;
  randomness: string | null;
  ranking: string | null;
  givenUpAtMs: number | null;
  givenUpReason: GiveUpReason | null;
  /** Signed; each is null until it is kept. */
  lockedStatement: string | null;
  drawnStatement: string | null;
  givenUpStatement: string | null;
}

/** What the shop has signed of a draw. */
export interface SignedStatement {
  type: DrawStatement['type'];
  text: string;
}

/** Everything of a queue that is committed at one moment. */
export interface QueueSnapshot {
  plan: QueuePlan;
  entries: Map<QueueEntryId, EntryRow>;
  /** Null until the first settlement of an event with a queue. */
  row: QueueRow | null;
  /** Null where nothing is drawn, and until its entries are locked. */
  draw: DrawRow | null;
  /** Null where nothing is drawn, and until somebody enters. */
  proof: ProofRow | null;
  /** In its order. */
  chain: ChainRow[];
}
