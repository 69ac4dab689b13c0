/**
 * Group commit: what arrives while one group is being committed waits, and goes into the next. Owns
 * grouping and retrying; who has waited too long is in pending-items.ts, and what becomes of a group
 * that is refused in bisect.ts. Knows nothing of what is committed, or where.
 */
import { isRetryable } from '../../platform/faults.ts';
import { bisect } from './bisect.ts';
import type { Committed, GroupCommitPorts } from './group-commit-ports.ts';
import { groupSize } from './group-size.ts';
import { PendingItems, type Waiting } from './pending-items.ts';

/** What has waited this long is not sent again. */
export const WAIT_MS_MAX = 8_000;
/** Pause before a group is sent again: doubles from the first to the second. */
const RETRY_PAUSE_MS_MIN = 50;
const RETRY_PAUSE_MS_MAX = 1_000;

export class GroupCommit<Item, Answer> {
  readonly #ports: GroupCommitPorts<Item, Answer>;
  readonly #pending: PendingItems<Item, Answer>;
  readonly #flushes: PromiseWithResolvers<void>[] = [];
  #committing = 0;
  #isRunning = false;

  constructor(ports: GroupCommitPorts<Item, Answer>) {
    this.#ports = ports;
    this.#pending = new PendingItems({ ...ports, waitMsMax: WAIT_MS_MAX });
  }

  /** Items that wait, and those of the group that was taken out last. */
  get load(): { waiting: number; committing: number } {
    return { waiting: this.#pending.length, committing: this.#committing };
  }

  /**
   * Lets an item wait for the next group; several go into the same one if `start` comes after them.
   * How many may wait is the caller's to decide, by `load`.
   */
  add(item: Item, arrivedAtMs: number): Promise<Answer> {
    return this.#pending.add(item, arrivedAtMs);
  }

  /** Begins to commit what waits, unless a group is under way. */
  start(): void {
    if (!this.#isRunning) void this.#run();
  }

  /**
   * Commits a group even if it has nobody in it: one that is sent from now on, since one that is under way
   * was sent too early for what this is about. Throws if that failed.
   */
  flush(): Promise<void> {
    const flush = Promise.withResolvers<void>();
    this.#flushes.push(flush);
    this.start();
    return flush.promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#pending.length > 0 || this.#flushes.length > 0) {
      const group = this.#pending.takeGroup(groupSize);
      this.#committing = group.length;
      if (group.length > 0) await this.#commitWithRetries(group);
      else if (this.#flushes.length > 0) await this.#commitNobody();
    }
    this.#committing = 0;
    this.#isRunning = false;
  }

  /** Sends a group again as it was until it is answered or nobody in it waits any more. */
  async #commitWithRetries(group: Waiting<Item, Answer>[]): Promise<void> {
    let unanswered = group;
    for (let tries = 1; unanswered.length > 0; tries++) {
      try {
        return await this.#commitOnce(group, tries);
      } catch (error) {
        this.#ports.report(error);
        if (!isRetryable(error)) return this.#bisect(group);
      }
      for (const { item } of unanswered) this.#ports.doubt(item);
      unanswered = this.#giveUpOnOld(unanswered);
      if (unanswered.length === 0) return;
      await this.#ports.pause(retryPauseMs(tries));
    }
  }

  async #commitOnce(group: Waiting<Item, Answer>[], tries: number): Promise<void> {
    const sentAtMs = this.#ports.nowMs();
    const flushes = this.#flushes.length;
    const answers = await this.#ports.commit(group, sentAtMs);
    for (const [n, { resolve }] of group.entries()) {
      const answer = answers[n];
      if (answer === undefined) throw new Error(`no answer to ${n} of ${group.length}`);
      resolve(answer);
    }
    for (const { resolve } of this.#flushes.splice(0, flushes)) resolve();
    this.#afterCommit({ group, answers, sentAtMs, tries });
  }

  /** The group is committed: whatever fails from here on, it must not be sent again. */
  #afterCommit(done: Committed<Item, Answer>): void {
    try {
      this.#ports.committed(done);
    } catch (error) {
      this.#ports.report(error);
    }
  }

  async #commitNobody(): Promise<void> {
    const flushes = this.#flushes.length;
    try {
      await this.#commitOnce([], 1);
    } catch (error) {
      for (const { reject } of this.#flushes.splice(0, flushes)) reject(error);
    }
  }

  /** What was refused did not happen, so whoever is given up here is in no doubt. */
  #bisect(group: Waiting<Item, Answer>[]): Promise<void> {
    return bisect(group, {
      commit: (part) => this.#commitWithRetries(part),
      reject: ({ item, resolve }) => resolve(this.#ports.reject(item)),
      giveUpOnOld: (part) => this.#giveUpOnOld(part),
    });
  }

  /** Of a group that is not committed yet, and of those behind it. Returns who still waits of the group. */
  #giveUpOnOld(group: Waiting<Item, Answer>[]): Waiting<Item, Answer>[] {
    this.#pending.giveUpOnOldest();
    return this.#pending.giveUpOnOld(group);
  }
}

function retryPauseMs(tries: number): number {
  return Math.min(RETRY_PAUSE_MS_MIN * 2 ** (tries - 1), RETRY_PAUSE_MS_MAX);
}
