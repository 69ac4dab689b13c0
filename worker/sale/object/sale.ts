/**
 * One event's sale as its object runs it: the line, its order ids, and the alarm that must never be
 * later than a hold's end. Knows the platform by its ports only, so that a simulation runs it too.
 */
import type { EventState } from '../../contract/event-state.ts';
import { type EventId, type FillRandom, makeOrderId, type OrderId } from '../../contract/ids.ts';
import type {
  Answer,
  Attempt,
  AttemptResult,
  EdgeReport,
  Settlement,
  StampedAttempt,
} from '../rules/attempts.ts';
import {
  ALARM_PAUSE_MS,
  alarmBeforeGroup,
  alarmToSet,
  nextReleaseAtMs,
} from '../rules/wake-times.ts';
import { type GroupReport, type LineFigures, LineTally } from './commit-metrics.ts';
import { Line, type LinePorts } from './group-commit.ts';
import { type RefusalCounts, RefusalTally } from './refusal-counts.ts';

export interface SalePorts extends Omit<LinePorts, 'stamp'> {
  eventId: EventId;
  fillRandom: FillRandom;
  /** The object's one alarm, in milliseconds since the epoch; null for none. */
  getAlarm(): Promise<number | null>;
  setAlarm(atMs: number): Promise<void>;
  /** Adds to the counts of the administration, beside the line. Throws a Fault. */
  recordRefusals(counts: RefusalCounts): Promise<void>;
  /** Told how the event stands after each settlement. Never throws, and keeps nobody waiting. */
  publish(event: EventState, takenAtMs: number): void;
}

export class Sale {
  readonly #ports: SalePorts;
  readonly #line: Line;
  readonly #refusals = new RefusalTally();
  readonly #tally: LineTally;
  #holdSeconds: number | undefined;
  #orderIdMs = 0;
  /** When the alarm is set for; undefined until storage was asked. */
  #alarmAtMs: number | null | undefined;

  constructor(ports: SalePorts) {
    this.#ports = ports;
    this.#tally = new LineTally(ports.nowMs());
    this.#line = new Line({
      ...ports,
      settled: (group) => this.#settled(group),
      settle: (group, nowMs) => this.#settleWithAlarm(group, nowMs),
      stamp: (attempt, atMs) => ({
        ...attempt,
        orderId: attempt.kind === 'reserve' ? this.#nextOrderId(atMs) : attempt.orderId,
        atMs,
      }),
    });
  }

  /** Answers each attempt in the order given. */
  async attempt(attempts: Attempt[], news: EdgeReport): Promise<AttemptResult> {
    this.#tally.came(attempts.length + news.soldOutSaid, this.#ports.nowMs());
    const answers = await this.#line.join(attempts);
    this.#count(attempts, answers, news.soldOutSaid);
    void this.#recordRefusals();
    return { answers, notice: this.#line.notice(news.noticeTakenAtMs) };
  }

  /** What this object knows of its own work; asks nobody, and keeps nobody waiting. */
  figures(): LineFigures {
    return this.#tally.figures(this.#line.load, this.#ports.nowMs());
  }

  /** Expires what is due. Throws if the ledger could not be reached. */
  tidy(): Promise<void> {
    return this.#line.tidy();
  }

  /** The alarm rang, once or twice, in time or not. */
  async wake(): Promise<void> {
    this.#alarmAtMs = null;
    try {
      await this.#line.tidy();
    } catch (error) {
      this.#ports.report(error);
      await this.#wakeBy(this.#ports.nowMs() + ALARM_PAUSE_MS);
    }
    await this.#recordRefusals();
  }

  #count(attempts: Attempt[], answers: Answer[], soldOutSaid: number): void {
    const nowMs = this.#ports.nowMs();
    this.#refusals.add('sold_out', soldOutSaid);
    this.#tally.answered('sold_out', soldOutSaid, nowMs);
    for (const [n, { kind }] of attempts.entries()) {
      const answer = answers[n];
      if (answer?.ok) this.#tally.answered(answer.replayed ? 'replayed' : kind, 1, nowMs);
      else if (answer) {
        this.#refusals.add(answer.refusal.code, 1);
        this.#tally.answered(answer.refusal.code, 1, nowMs);
      }
    }
  }

  #settled(group: GroupReport): void {
    this.#tally.settled(group, this.#ports.nowMs());
    this.#ports.settled(group);
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

  /** In order of arrival also within a millisecond, so that the first of several holds is known. */
  #nextOrderId(atMs: number): OrderId {
    this.#orderIdMs = Math.max(atMs, this.#orderIdMs + 1);
    return makeOrderId(this.#ports.eventId, this.#orderIdMs, this.#ports.fillRandom);
  }

  async #settleWithAlarm(group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    if (group.some(({ kind }) => kind === 'reserve')) {
      await this.#wakeBy(alarmBeforeGroup(nowMs, this.#holdSeconds));
    }
    const settlement = await this.#ports.settle(group, nowMs);
    if (settlement !== null) {
      this.#holdSeconds = settlement.holdSeconds;
      this.#ports.publish(settlement, nowMs);
      await this.#wakeBy(nextReleaseAtMs(settlement));
    }
    return settlement;
  }

  async #wakeBy(wantedMs: number | null): Promise<void> {
    if (this.#alarmAtMs === undefined) this.#alarmAtMs = await this.#ports.getAlarm();
    const alarm = { setForMs: this.#alarmAtMs, nowMs: this.#ports.nowMs() };
    const atMs = alarmToSet(alarm, wantedMs);
    if (atMs === undefined) return;
    this.#alarmAtMs = atMs;
    await this.#ports.setAlarm(atMs);
  }
}
