/**
 * Group commit: what arrives while one group is being committed waits, and goes into the next. Owns
 * grouping, retrying, bisecting and giving up; knows nothing of what is committed, or where.
 */
import { isRetryable } from '../../platform/faults.ts';

/** Items in one transaction: past some hundreds a group only gets slower, not cheaper. */
export const GROUP_SIZE_MAX = 500;
/**
 * Of more than this, half is taken: while the database settles one half, the other half's callers
 * are read and the last one's are answered, and neither waits for the other to be idle.
 */
export const GROUP_SIZE_WHOLE = 32;
/** What has waited this long is not sent again. */
export const WAIT_MS_MAX = 8_000;
/** Pause before a group is sent again: doubles from the first to the second. */
const RETRY_PAUSE_MS_MIN = 50;
const RETRY_PAUSE_MS_MAX = 1_000;

/** An item from its arrival until its group was committed, or given up. */
export interface Pending<Item> {
  readonly item: Item;
  readonly arrivedAtMs: number;
}

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

interface Waiting<Item, Answer> extends Pending<Item> {
  /** Of a promise, so that only the first answer counts: a group is sent again with those given up. */
  resolve(answer: Answer): void;
}

export class GroupCommit<Item, Answer> {
  readonly #ports: GroupCommitPorts<Item, Answer>;
  readonly #waiting: Waiting<Item, Answer>[] = [];
  readonly #flushes: PromiseWithResolvers<void>[] = [];
  #committing = 0;
  #isRunning = false;

  constructor(ports: GroupCommitPorts<Item, Answer>) {
    this.#ports = ports;
  }

  /** Items that wait, and those of the group that was taken out last. */
  get load(): { waiting: number; committing: number } {
    return { waiting: this.#waiting.length, committing: this.#committing };
  }

  /**
   * Lets an item wait for the next group; several go into the same one if `start` comes after them.
   * How many may wait is the caller's to decide, by `load`.
   */
  add(item: Item, arrivedAtMs: number): Promise<Answer> {
    return new Promise((resolve) => {
      this.#waiting.push({ item, arrivedAtMs, resolve });
    });
  }

  /** Begins to commit what waits, unless a group is under way. */
  start(): void {
    if (!this.#isRunning) void this.#run();
  }

  /** Commits a group even if it has nobody in it. Throws if that failed. */
  flush(): Promise<void> {
    const flush = Promise.withResolvers<void>();
    this.#flushes.push(flush);
    this.start();
    return flush.promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0 || this.#flushes.length > 0) {
      this.#giveUpOnOldestWaiting();
      const group = this.#waiting.splice(0, groupSize(this.#waiting.length));
      this.#committing = group.length;
      if (group.length > 0) await this.#commitWithRetries(group);
      else if (this.#flushes.length > 0) await this.#commitNobody();
    }
    this.#committing = 0;
    this.#isRunning = false;
  }

  /** Sends a group again as it was until it is answered or nobody in it waits any more. */
  async #commitWithRetries(group: Waiting<Item, Answer>[]): Promise<void> {
    let pauseMs = RETRY_PAUSE_MS_MIN;
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
      this.#giveUpOnOldestWaiting();
      if (unanswered.length === 0) return;
      await this.#ports.pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, RETRY_PAUSE_MS_MAX);
    }
  }

  async #commitOnce(group: Waiting<Item, Answer>[], tries: number): Promise<void> {
    const sentAtMs = this.#ports.nowMs();
    const answers = await this.#ports.commit(group, sentAtMs);
    for (const [n, { resolve }] of group.entries()) {
      const answer = answers[n];
      if (answer === undefined) throw new Error(`no answer to ${n} of ${group.length}`);
      resolve(answer);
    }
    for (const { resolve } of this.#flushes.splice(0)) resolve();
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
    try {
      await this.#commitOnce([], 1);
    } catch (error) {
      for (const { reject } of this.#flushes.splice(0)) reject(error);
    }
  }

  /**
   * The group was refused for something in it, which no retry mends. It is halved until the culprit
   * stands alone, so that one bad item costs the others nothing.
   */
  async #bisect(group: Waiting<Item, Answer>[]): Promise<void> {
    const [culprit] = group;
    if (culprit === undefined || group.length === 1) {
      culprit?.resolve(this.#ports.reject(culprit.item));
      return;
    }
    // Whoever has waited their time meanwhile is not sent again; what was refused did not happen.
    const left = this.#giveUpOnOld(group);
    this.#giveUpOnOldestWaiting();
    const middle = Math.ceil(left.length / 2);
    await this.#commitWithRetries(left.slice(0, middle));
    await this.#commitWithRetries(this.#giveUpOnOld(left.slice(middle)));
  }

  /** Answers those who have waited their time, and returns the others. */
  #giveUpOnOld(group: Waiting<Item, Answer>[]): Waiting<Item, Answer>[] {
    const nowMs = this.#ports.nowMs();
    return group.filter(({ item, arrivedAtMs, resolve }) => {
      const stillWaits = nowMs - arrivedAtMs < WAIT_MS_MAX;
      if (!stillWaits) resolve(this.#ports.giveUp(item));
      return stillWaits;
    });
  }

  /** They stand in order of arrival, so the old ones are in front. */
  #giveUpOnOldestWaiting(): void {
    const nowMs = this.#ports.nowMs();
    const young = this.#waiting.findIndex(({ arrivedAtMs }) => nowMs - arrivedAtMs < WAIT_MS_MAX);
    const old = young === -1 ? this.#waiting.length : young;
    this.#giveUpOnOld(this.#waiting.splice(0, old));
  }
}

/** How many of those who wait go into the next group. */
export function groupSize(waiting: number): number {
  const half = Math.ceil(waiting / 2);
  return Math.min(waiting, GROUP_SIZE_MAX, Math.max(GROUP_SIZE_WHOLE, half));
}
