/** What the laws of the outbox know of each row and of each life of its object. */
import type { TryOutcome } from '../worker/outbox/rules/outcome.ts';

export interface RowFacts {
  /** As the dispatcher should count them. */
  tries: number;
  /** Of its last try, as long as nothing is recorded of it. */
  outcome: TryOutcome | undefined;
  endedAtMs: number;
  notBeforeMs: number;
  isAccepted: boolean;
  firstTriedAtMs: number | undefined;
  /** When it failed that it was read by itself, as long as it was not tried since. */
  unreadableAtMs: number | undefined;
}

export interface InstanceFacts {
  busy: Set<number>;
  /** Tried, and Postgres was not told what came of it. */
  unrecorded: Set<number>;
  runEndedAtMs: number | undefined;
  mailsAtMs: number[];
  closedUntilMs: number;
  mayBegin: boolean;
}

export function newRowFacts(): RowFacts {
  return {
    tries: 0,
    outcome: undefined,
    endedAtMs: 0,
    notBeforeMs: 0,
    isAccepted: false,
    firstTriedAtMs: undefined,
    unreadableAtMs: undefined,
  };
}

export function newInstanceFacts(): InstanceFacts {
  return {
    busy: new Set<number>(),
    unrecorded: new Set<number>(),
    runEndedAtMs: undefined,
    mailsAtMs: [],
    closedUntilMs: 0,
    mayBegin: true,
  };
}
