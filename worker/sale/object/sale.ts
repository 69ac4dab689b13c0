/**
 * One event's sale as its object runs it, from top to bottom: an attempt is admitted, collected,
 * settled with its group, answered and counted. Knows the platform by its ports only, so that a
 * simulation runs it too.
 */
import type { EventState } from '../../contract/event-state.ts';
import type { EventId, FillRandom, UserId } from '../../contract/ids.ts';
import { RETRY_AFTER_MS } from '../../contract/problems.ts';
import type { DrawProgress } from '../../draw/draw-event.ts';
import { answersTo } from '../rules/answers.ts';
import type {
  Answer,
  Attempt,
  AttemptResult,
  EdgeReport,
  Refusal,
  RefusalCounts,
  Settlement,
  StampedAttempt,
} from '../rules/attempts.ts';
import { isByShop, isConfirm } from '../rules/shop-attempts.ts';
import { shortestHoldSeconds } from '../rules/wake-times.ts';
import { Admission } from './admission.ts';
import { Alarm, type AlarmPorts } from './alarm.ts';
import {
  type CommitFigures,
  CommitMetrics,
  type GroupReport,
  groupReport,
  isRefusal,
  type Outcome,
  outcomeOf,
  outcomesOf,
} from './commit-metrics.ts';
import { DrawSteps } from './draw-steps.ts';
import { GroupCommit } from './group-commit.ts';
import type { Committed } from './group-commit-ports.ts';
import type { Pending } from './pending-items.ts';
import { QueueWorker } from './queue-worker.ts';
import { RefusalCounter } from './refusal-counts.ts';
import { Stamper } from './stamper.ts';

export interface SalePorts extends AlarmPorts {
  eventId: EventId;
  /** Settles a group in one transaction; null if there is no such event. Throws a Fault. */
  settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null>;
  /** Goes as far with the event's draw as it can at this time. Throws a Fault. */
  draw(nowMs: number): Promise<DrawProgress>;
  /** Everybody with a hold or a purchase in this event. Throws a Fault. */
  holders(): Promise<UserId[]>;
  /** Takes how a published event stands after each settlement. Never throws, and keeps nobody waiting. */
  publish(event: EventState, takenAtMs: number): void;
  /** A group was to confirm orders, or made offers: mails follow. Never throws, and keeps nobody waiting. */
  mailsWritten(): void;
  /** Payments are to be captured or released. Never throws, and keeps nobody waiting. */
  paymentsWritten(): void;
  /** Takes what became of each group, once everybody in it has an answer. */
  groupSettled(group: GroupReport): void;
  /** Adds to the administration's counts, beside the groups. Throws a Fault. */
  recordRefusals(counts: RefusalCounts): Promise<void>;
  fillRandom: FillRandom;
  pause(ms: number): Promise<void>;
  /** Hears of a fault that cost somebody an answer or a retry. */
  report(error: unknown): void;
}

export class Sale {
  readonly #ports: SalePorts;
  readonly #admission = new Admission();
  readonly #groups: GroupCommit<StampedAttempt, Answer>;
  readonly #alarm: Alarm;
  readonly #metrics: CommitMetrics;
  readonly #refusals = new RefusalCounter();
  readonly #queue: QueueWorker;
  readonly #draw: DrawSteps;
  readonly #stamper: Stamper;
  #holdSeconds: number | undefined;
  #isLoadingHolders = false;

  constructor(ports: SalePorts) {
    this.#ports = ports;
    this.#metrics = new CommitMetrics(ports.nowMs());
    this.#alarm = new Alarm(ports);
    this.#stamper = new Stamper(ports);
    this.#draw = new DrawSteps(() => ports.draw(ports.nowMs()));
    this.#queue = new QueueWorker({
      draw: () => this.#draw.goOn(),
      serve: () => this.#groups.flush(),
      report: (error) => ports.report(error),
    });
    this.#groups = new GroupCommit({
      commit: (group, sentAtMs) => this.#settle(group, sentAtMs),
      committed: (done) => this.#settled(done),
      giveUp: () => this.#refuse({ code: 'unavailable', retryAfterMs: RETRY_AFTER_MS }),
      reject: () => this.#refuse({ code: 'internal' }),
      doubt: ({ customerId }) => this.#admission.doubt(customerId),
      nowMs: () => ports.nowMs(),
      pause: (ms) => ports.pause(ms),
      report: (error) => ports.report(error),
    });
  }

  /** Answers each attempt in the order given; never throws for a store that is away. */
  async attempt(attempts: Attempt[], edge: EdgeReport): Promise<AttemptResult> {
    this.#metrics.arrived(attempts.length + edge.soldOutSaid, this.#ports.nowMs());
    const admitted = attempts.map((attempt) => this.#admit(attempt));
    this.#groups.start();
    const answers = await Promise.all(admitted);
    const nowMs = this.#ports.nowMs();
    this.#count('sold_out', edge.soldOutSaid, nowMs);
    void this.#recordRefusals();
    return { answers, notice: this.#admission.notice(nowMs, edge.noticeTakenAtMs) };
  }

  /** Expires what is due, even if nobody comes. Throws if the ledger or the alarm could not be reached. */
  async expireDue(): Promise<void> {
    await this.#groups.flush();
    // The group was settled even if its alarm could not be set; it may be the last one that sets it.
    await this.#alarm.setFor({ nowMs: this.#ports.nowMs() });
  }

  /** The alarm went off: once, twice, or late. */
  async onAlarm(): Promise<void> {
    this.#alarm.wentOff();
    try {
      await this.expireDue();
    } catch (error) {
      this.#ports.report(error);
      await this.#alarm.setFor({ nowMs: this.#ports.nowMs(), expiryFailed: true });
    }
    await this.#recordRefusals();
  }

  /** What this object knows of its own work; asks nobody, and keeps nobody waiting. */
  figures(): CommitFigures {
    return this.#metrics.figures(this.#groups.load, this.#ports.nowMs());
  }

  /** Refuses what needs no ledger; every other attempt is stamped and waits for the next group. */
  async #admit(attempt: Attempt): Promise<Answer> {
    const nowMs = this.#ports.nowMs();
    const refusal = this.#admission.refuse(attempt, { nowMs, ...this.#groups.load });
    if (refusal) {
      this.#count(refusal.code, 1, nowMs);
      return { ok: false, refusal, nowMs };
    }
    const stamped = this.#stamper.stamp(attempt, nowMs);
    this.#admission.entered(stamped.customerId);
    const answer = await this.#groups.add(stamped, nowMs);
    this.#admission.left(stamped.customerId);
    this.#count(outcomeOf(stamped, answer), 1, this.#ports.nowMs());
    return answer;
  }

  /** One try to settle a group. What it throws, the group commit retries or bisects. */
  async #settle(group: readonly Pending<StampedAttempt>[], nowMs: number): Promise<Answer[]> {
    const attempts = group.map(({ item }) => item);
    const returnsUnits = attempts.some(({ kind }) => kind === 'return_units');
    const hasAttempts = attempts.length > 0;
    const mayOffer = this.#admission.mayOffer({ nowMs, hasAttempts, returnsUnits });
    if (mayOffer || attempts.some(({ kind }) => kind === 'reserve')) {
      await this.#alarm.setFor({ nowMs, reserving: { holdSeconds: this.#holdSeconds } });
    }
    const settlement = await this.#settleOnce(attempts, nowMs);
    if (settlement !== null) {
      this.#draw.settled(settlement);
      if (settlement.published) this.#ports.publish(settlement, nowMs);
      await this.#wakeFor(settlement, nowMs);
    }
    this.#learn(settlement, attempts, nowMs);
    if (settlement && settlement.unaskedOrders.length > 0) this.#ports.mailsWritten();
    if (settlement?.hasPaymentRows || attempts.some(isByShop)) this.#ports.paymentsWritten();
    this.#queue.goOn(settlement ? this.#draw.nextQueueStep(settlement, nowMs) : undefined);
    return answersTo(attempts, settlement, nowMs);
  }

  async #settleOnce(attempts: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    try {
      return await this.#ports.settle(attempts, nowMs);
    } catch (error) {
      // Their mails would wait for the sweep else.
      if (this.#admission.doubtOffers(this.#ports.nowMs())) this.#ports.mailsWritten();
      throw error;
    }
  }

  /** The group is settled: an alarm that cannot be set must not send it again. The next one sets it. */
  async #wakeFor(event: EventState, nowMs: number): Promise<void> {
    try {
      await this.#alarm.setFor({ nowMs, event, drawStepAtMs: this.#draw.stepAtMs });
    } catch (error) {
      this.#ports.report(error);
    }
  }

  #learn(settlement: Settlement | null, attempts: StampedAttempt[], takenAtMs: number): void {
    if (settlement !== null) this.#holdSeconds = shortestHoldSeconds(settlement);
    this.#admission.learn(settlement, attempts, takenAtMs);
    if (this.#admission.wantsHolders) void this.#loadHolders();
  }

  /** Whoever was given up meanwhile is in the group's figures as what became of them in the ledger. */
  #settled(done: Committed<StampedAttempt, Answer>): void {
    const { group, answers, sentAtMs, tries } = done;
    const nowMs = this.#ports.nowMs();
    const times = { sentAtMs, settledAtMs: nowMs, tries, lineLength: this.#groups.load.waiting };
    const report = groupReport(group, { ...times, outcomes: outcomesOf(group, answers) });
    this.#metrics.settled(report, nowMs);
    // Also where an answer was lost and the order was found confirmed.
    if (group.some(({ item }) => isConfirm(item))) this.#ports.mailsWritten();
    this.#ports.groupSettled(report);
  }

  /** The answer to an attempt that no group has answered. */
  #refuse(refusal: Refusal): Answer {
    return { ok: false, refusal, nowMs: this.#ports.nowMs() };
  }

  /** The one place where answers are counted, each once. */
  #count(outcome: Outcome, times: number, nowMs: number): void {
    this.#metrics.answered(outcome, times, nowMs);
    if (isRefusal(outcome)) this.#refusals.add(outcome, times);
  }

  /** Beside the groups; until it is first done nobody is refused early as sold out, the ledger is asked. */
  async #loadHolders(): Promise<void> {
    if (this.#isLoadingHolders) return;
    this.#isLoadingHolders = true;
    try {
      const askedAtMs = this.#ports.nowMs();
      this.#admission.learnHolders(await this.#ports.holders(), askedAtMs);
    } catch (error) {
      this.#ports.report(error);
    } finally {
      this.#isLoadingHolders = false;
    }
  }

  /** Written twice if an answer is lost, and not at all with an evicted object: figures, no books. */
  async #recordRefusals(): Promise<void> {
    const counts = this.#refusals.take(this.#ports.nowMs());
    if (counts === undefined) return;
    try {
      await this.#ports.recordRefusals(counts);
    } catch (error) {
      this.#refusals.giveBack(counts);
      this.#ports.report(error);
    }
  }
}
