/** What group commit asks of whoever uses it, and what it reports. */
import type { Pending } from './pending-items.ts';

/** A group that was committed: `answers[n]` is what `group[n]` is answered, unless given up before. */
export interface Committed<Item, Answer> {
  group: readonly Pending<Item>[];
  answers: readonly Answer[];
  sentAtMs: number;
  /** How often the group was sent, at least once. */
  tries: number;
}

export interface GroupCommitPorts<Item, Answer> {
  /**
   * Commits a group in one transaction and answers each: `answers[n]` to `group[n]`, in vain where
   * that one was given up. Throws what `isRetryable` tells apart.
   */
  commit(group: readonly Pending<Item>[], sentAtMs: number): Promise<Answer[]>;
  /** Takes what was committed, once everybody in it has an answer. What it throws is reported only. */
  committed(done: Committed<Item, Answer>): void;
  /** What an item is answered that has waited WAIT_MS_MAX. */
  giveUp: (item: Item) => Answer;
  /** What the item is answered for whose sake no group with it can be committed. */
  reject: (item: Item) => Answer;
  /** The item was sent and no answer came, so it may have been committed, or may yet be. */
  doubt(item: Item): void;
  nowMs(): number;
  pause(ms: number): Promise<void>;
  /** Hears of each commit that failed, and of what `committed` throws. */
  report(error: unknown): void;
}
