/**
 * The line in front of one event's stock: one group in flight, everything that arrives meanwhile
 * goes into the next. Owns waiting, retrying and giving up; knows neither SQL nor Durable Objects.
 */
import type { UserId } from '../../contract/ids.ts';
import { isRetryable } from '../../platform/faults.ts';
import { completeAnswer } from '../rules/answers.ts';
import type {
  Answer,
  Attempt,
  Refusal,
  Settlement,
  SoldOutNotice,
  StampedAttempt,
} from '../rules/attempts.ts';
import { Picture } from './admission.ts';
import { type GroupReport, groupReport } from './commit-metrics.ts';

/** Attempts in one transaction: past some hundreds a group only gets slower, not cheaper. */
export const GROUP_SIZE_MAX = 500;
/**
 * A longer line is taken by halves: while the database settles one half, the other half's callers
 * are read and the last one's are answered, and neither waits for the other to be idle.
 */
export const GROUP_SIZE_WHOLE = 32;
/** Attempts waiting; past it the answer is `busy`. About two seconds of work. */
export const LINE_LENGTH_MAX = 5_000;
/** An attempt older than this is not sent again; it is answered `unavailable`. */
export const WAIT_MS_MAX = 8_000;
/** What a refused caller is told to wait. */
export const RETRY_AFTER_MS = 1_000;
/** Pause before a group is sent again: doubles from the first to the second. */
const RETRY_PAUSE_MS_MIN = 50;
const RETRY_PAUSE_MS_MAX = 1_000;

export interface LinePorts {
  /** Settles a group in one transaction; null if there is no such event. Throws a Fault. */
  settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null>;
  /** Gives an attempt its arrival time and, if it reserves, its order's id. */
  stamp(attempt: Attempt, nowMs: number): StampedAttempt;
  /** Everybody with a hold or a purchase in this event. Throws a Fault. */
  holders(): Promise<UserId[]>;
  nowMs(): number;
  pause(ms: number): Promise<void>;
  /** Told of a fault that cost somebody an answer or a retry. */
  report(error: unknown): void;
  /** Told of each group once its callers were answered. Never throws. */
  settled(group: GroupReport): void;
}

interface Waiting {
  attempt: StampedAttempt;
  answer(answer: Answer): void;
}

interface Tidying {
  done(): void;
  failed(error: unknown): void;
}

export class Line {
  readonly #ports: LinePorts;
  readonly #waiting: Waiting[] = [];
  readonly #tidying: Tidying[] = [];
  readonly #picture = new Picture();
  #settling = 0;
  #running = false;
  #loadingHolders = false;

  constructor(ports: LinePorts) {
    this.#ports = ports;
  }

  /** Answers each attempt in the order given; never throws for a store that is away. */
  join(attempts: Attempt[]): Promise<Answer[]> {
    const answers = Promise.all(attempts.map((attempt) => this.#joinOne(attempt)));
    void this.#run();
    return answers;
  }

  /** Expires what is due even if nobody comes. Throws if the ledger could not be reached. */
  tidy(): Promise<void> {
    const settled = new Promise<void>((done, failed) => {
      this.#tidying.push({ done, failed });
    });
    void this.#run();
    return settled;
  }

  /** What the edge may answer by itself for a moment, if that is newer than what it knows. */
  notice(knownTakenAtMs: number): SoldOutNotice | undefined {
    return this.#picture.notice(this.#ports.nowMs(), knownTakenAtMs);
  }

  /** Attempts that wait, and those of the group that was taken out last. */
  get load(): { waiting: number; settling: number } {
    return { waiting: this.#waiting.length, settling: this.#settling };
  }

  #joinOne(attempt: Attempt): Promise<Answer> {
    const nowMs = this.#ports.nowMs();
    const refusal =
      this.#picture.refuse(attempt, nowMs) ??
      (this.#waiting.length >= LINE_LENGTH_MAX ? tryLater('busy') : undefined);
    if (refusal) return Promise.resolve({ ok: false, refusal, nowMs });
    const stamped = this.#ports.stamp(attempt, nowMs);
    this.#picture.entered(stamped);
    return new Promise((resolve) => {
      let answered = false;
      // A group is sent again with those who were sent away meanwhile; they leave but once.
      const answer = (given: Answer) => {
        if (answered) return;
        answered = true;
        this.#picture.left(stamped);
        resolve(given);
      };
      this.#waiting.push({ attempt: stamped, answer });
    });
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    while (this.#waiting.length > 0 || this.#tidying.length > 0) {
      this.#giveUpOnOldInLine();
      const group = this.#waiting.splice(0, groupSize(this.#waiting.length));
      this.#settling = group.length;
      if (group.length > 0) await this.#settleWithRetries(group);
      else if (this.#tidying.length > 0) await this.#tidyOnce();
    }
    this.#settling = 0;
    this.#running = false;
  }

  /** Sends a group again as it was until it is answered or nobody in it waits any more. */
  async #settleWithRetries(group: Waiting[]): Promise<void> {
    let pauseMs = RETRY_PAUSE_MS_MIN;
    let unanswered = group;
    for (let tries = 1; unanswered.length > 0; tries++) {
      try {
        return await this.#settleOnce(group, tries);
      } catch (error) {
        this.#ports.report(error);
        if (!isRetryable(error)) return this.#settleApart(group);
      }
      // What was sent may have happened, so whoever is sent away now may have an order.
      for (const { attempt } of unanswered) this.#picture.doubt(attempt);
      unanswered = this.#giveUpOnOld(unanswered);
      this.#giveUpOnOldInLine();
      if (unanswered.length === 0) return;
      await this.#ports.pause(pauseMs);
      pauseMs = Math.min(pauseMs * 2, RETRY_PAUSE_MS_MAX);
    }
  }

  async #settleOnce(group: Waiting[], tries: number): Promise<void> {
    const nowMs = this.#ports.nowMs();
    const attempts = group.map(({ attempt }) => attempt);
    const settlement = await this.#ports.settle(attempts, nowMs);
    this.#picture.learn(settlement, nowMs);
    for (const [n, { attempt, answer }] of group.entries()) {
      const ledgerAnswer = settlement?.answers[n];
      if (settlement === null) answer({ ok: false, refusal: { code: 'not_found' }, nowMs });
      else if (ledgerAnswer === undefined) throw new Error(`no answer to attempt ${n}`);
      else {
        this.#picture.learnAnswer(attempt, ledgerAnswer);
        answer(completeAnswer(ledgerAnswer, attempt, { event: settlement, nowMs }));
      }
    }
    for (const { done } of this.#tidying.splice(0)) done();
    if (this.#picture.wantsHolders) void this.#loadHolders();
    const { length: lineLength } = this.#waiting;
    const times = { sentAtMs: nowMs, settledAtMs: this.#ports.nowMs(), tries, lineLength };
    this.#ports.settled(groupReport(attempts, settlement, times));
  }

  /** Beside the line, never in its way: until it is done the ledger says sold out, not the picture. */
  async #loadHolders(): Promise<void> {
    if (this.#loadingHolders) return;
    this.#loadingHolders = true;
    try {
      this.#picture.learnHolders(await this.#ports.holders());
    } catch (error) {
      this.#ports.report(error);
    } finally {
      this.#loadingHolders = false;
    }
  }

  /**
   * The database refused the group for something in it, which no retry mends. It is halved until
   * the culprit stands alone, so that one bad attempt costs the others nothing.
   */
  async #settleApart(group: Waiting[]): Promise<void> {
    const [culprit] = group;
    if (culprit === undefined || group.length === 1) {
      culprit?.answer({ ok: false, refusal: { code: 'internal' }, nowMs: this.#ports.nowMs() });
      return;
    }
    // Whoever has waited their time meanwhile is not sent again; what was refused did not happen.
    const left = this.#giveUpOnOld(group);
    this.#giveUpOnOldInLine();
    const middle = Math.ceil(left.length / 2);
    await this.#settleWithRetries(left.slice(0, middle));
    await this.#settleWithRetries(this.#giveUpOnOld(left.slice(middle)));
  }

  /** Answers those who have waited their time, and returns the others. */
  #giveUpOnOld(group: Waiting[]): Waiting[] {
    const nowMs = this.#ports.nowMs();
    return group.filter(({ attempt, answer }) => {
      const stillWaits = nowMs - attempt.atMs < WAIT_MS_MAX;
      if (!stillWaits) answer({ ok: false, refusal: tryLater('unavailable'), nowMs });
      return stillWaits;
    });
  }

  /** They stand in order of arrival, so the old ones are in front. */
  #giveUpOnOldInLine(): void {
    const nowMs = this.#ports.nowMs();
    const stillWaits = this.#waiting.findIndex(({ attempt }) => nowMs - attempt.atMs < WAIT_MS_MAX);
    const old = stillWaits === -1 ? this.#waiting.length : stillWaits;
    this.#giveUpOnOld(this.#waiting.splice(0, old));
  }

  async #tidyOnce(): Promise<void> {
    try {
      await this.#settleOnce([], 1);
    } catch (error) {
      for (const { failed } of this.#tidying.splice(0)) failed(error);
    }
  }
}

/** How many of those who wait go into the next group. */
export function groupSize(waiting: number): number {
  const half = Math.ceil(waiting / 2);
  return Math.min(waiting, GROUP_SIZE_MAX, Math.max(GROUP_SIZE_WHOLE, half));
}

function tryLater(code: 'busy' | 'unavailable'): Refusal {
  return { code, retryAfterMs: RETRY_AFTER_MS };
}
