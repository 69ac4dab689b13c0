/**
 * The shell of worker/sale/sale-object.ts, line by line, with virtual time for the platform's: the
 * real one imports cloudflare:workers. What changes there must change here.
 */
import { type EventId, makeOrderId, type OrderId, type UserId } from '../worker/contract/ids.ts';
import type {
  Attempt,
  AttemptResult,
  Settlement,
  StampedAttempt,
} from '../worker/sale/attempts.ts';
import type { Line } from '../worker/sale/line.ts';
import type { Chance } from './chance.ts';
import type { SaleCode } from './world.ts';

/** What the platform gives one object. Once it is evicted, none of these promises settles. */
export interface ObjectPorts {
  eventId: EventId;
  sale: SaleCode;
  chance: Chance;
  settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null>;
  holders(): Promise<UserId[]>;
  getAlarm(): Promise<number | null>;
  setAlarm(atMs: number): Promise<void>;
  nowMs(): number;
  pause(ms: number): Promise<void>;
  report(error: unknown): void;
}

export class SimulatedObject {
  readonly #ports: ObjectPorts;
  readonly #line: Line;
  #holdSeconds: number | undefined;
  #orderIdMs = 0;
  #alarmAtMs: number | null | undefined;

  constructor(ports: ObjectPorts) {
    this.#ports = ports;
    this.#line = new ports.sale.Line({
      settle: (group, nowMs) => this.#settleWithAlarm(group, nowMs),
      stamp: (attempt, atMs) => ({
        ...attempt,
        orderId: attempt.kind === 'reserve' ? this.#nextOrderId(atMs) : attempt.orderId,
        atMs,
      }),
      holders: () => ports.holders(),
      nowMs: () => ports.nowMs(),
      pause: (ms) => ports.pause(ms),
      report: (error) => ports.report(error),
    });
  }

  async attempt(attempts: Attempt[], noticeTakenAtMs: number): Promise<AttemptResult> {
    const answers = await this.#line.join(attempts);
    return { answers, notice: this.#line.notice(noticeTakenAtMs) };
  }

  async tidy(): Promise<void> {
    await this.#line.tidy();
  }

  #nextOrderId(atMs: number): OrderId {
    this.#orderIdMs = Math.max(atMs, this.#orderIdMs + 1);
    return makeOrderId(this.#ports.eventId, this.#orderIdMs, this.#ports.chance.fill);
  }

  async alarm(): Promise<void> {
    this.#alarmAtMs = null;
    try {
      await this.#line.tidy();
    } catch (error) {
      this.#ports.report(error);
      await this.#wakeBy(this.#ports.nowMs() + this.#ports.sale.alarm.ALARM_PAUSE_MS);
    }
  }

  async #settleWithAlarm(group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    const { alarm, rules } = this.#ports.sale;
    if (group.some(({ kind }) => kind === 'reserve')) {
      await this.#wakeBy(alarm.alarmBeforeGroup(nowMs, this.#holdSeconds));
    }
    const settlement = await this.#ports.settle(group, nowMs);
    if (settlement !== null) {
      this.#holdSeconds = settlement.holdSeconds;
      await this.#wakeBy(rules.nextReleaseAtMs(settlement));
    }
    return settlement;
  }

  async #wakeBy(wantedMs: number | null): Promise<void> {
    if (this.#alarmAtMs === undefined) this.#alarmAtMs = await this.#ports.getAlarm();
    const atMs = this.#ports.sale.alarm.alarmToSet(
      { setForMs: this.#alarmAtMs, nowMs: this.#ports.nowMs() },
      wantedMs,
    );
    if (atMs === undefined) return;
    this.#alarmAtMs = atMs;
    await this.#ports.setAlarm(atMs);
  }
}
