/**
 * One event's Durable Object: a thin shell that gives the line its clock, its ledger and its
 * alarm. Decides nothing, and keeps nothing that Postgres does not have.
 */
import { DurableObject } from 'cloudflare:workers';
import { readConfig } from '../config.ts';
import { type EventId, makeOrderId, type OrderId } from '../contract/ids.ts';
import { log } from '../log.ts';
import { openDb } from '../stores/postgres.ts';
import { ALARM_PAUSE_MS, alarmBeforeGroup, alarmToSet } from './alarm.ts';
import type { Attempt, AttemptResult, Settlement, StampedAttempt } from './attempts.ts';
import { readHolders, settleGroup } from './ledger.ts';
import { Line } from './line.ts';
import { nextReleaseAtMs } from './rules.ts';

export class SaleObject extends DurableObject<Env> {
  readonly #eventId: EventId;
  readonly #line: Line;
  readonly #settle: (group: StampedAttempt[], nowMs: number) => Promise<Settlement | null>;
  #holdSeconds: number | undefined;
  #orderIdMs = 0;
  /** When the alarm is set for; undefined until storage was asked. */
  #alarmAtMs: number | null | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (ctx.id.name === undefined) throw new Error('a sale object is found by its event id only');
    const eventId = ctx.id.name as EventId;
    const db = openDb(readConfig(env));
    this.#eventId = eventId;
    this.#settle = (attempts, nowMs) => settleGroup(db, eventId, { attempts, nowMs });
    this.#line = new Line({
      settle: (group, nowMs) => this.#settleWithAlarm(group, nowMs),
      stamp: (attempt, atMs) => ({
        ...attempt,
        orderId: attempt.kind === 'reserve' ? this.#nextOrderId(atMs) : attempt.orderId,
        atMs,
      }),
      holders: () => readHolders(db, eventId),
      nowMs: () => Date.now(),
      pause: (ms) => scheduler.wait(ms),
      report: (error) => log('error', 'group failed', { eventId, error }),
    });
  }

  /**
   * Answers each attempt in the order given. A list, so that gates can collect them later.
   * @param noticeTakenAtMs when the caller's sold-out notice was taken, 0 for none.
   */
  async attempt(attempts: Attempt[], noticeTakenAtMs: number): Promise<AttemptResult> {
    const answers = await this.#line.join(attempts);
    return { answers, notice: this.#line.notice(noticeTakenAtMs) };
  }

  /** Expires what is due; the cron sweep calls it where an alarm was lost. */
  async tidy(): Promise<void> {
    await this.#line.tidy();
  }

  /** In order of arrival also within a millisecond, so that the first of several holds is known. */
  #nextOrderId(atMs: number): OrderId {
    this.#orderIdMs = Math.max(atMs, this.#orderIdMs + 1);
    return makeOrderId(this.#eventId, this.#orderIdMs, (bytes) => crypto.getRandomValues(bytes));
  }

  override async alarm(): Promise<void> {
    this.#alarmAtMs = null;
    try {
      await this.#line.tidy();
    } catch (error) {
      log('error', 'alarm failed', { eventId: this.#eventId, error });
      await this.#wakeBy(Date.now() + ALARM_PAUSE_MS);
    }
  }

  async #settleWithAlarm(group: StampedAttempt[], nowMs: number): Promise<Settlement | null> {
    if (group.some(({ kind }) => kind === 'reserve')) {
      await this.#wakeBy(alarmBeforeGroup(nowMs, this.#holdSeconds));
    }
    const settlement = await this.#settle(group, nowMs);
    if (settlement !== null) {
      this.#holdSeconds = settlement.holdSeconds;
      await this.#wakeBy(nextReleaseAtMs(settlement));
    }
    return settlement;
  }

  async #wakeBy(wantedMs: number | null): Promise<void> {
    if (this.#alarmAtMs === undefined) this.#alarmAtMs = await this.ctx.storage.getAlarm();
    const alarm = { setForMs: this.#alarmAtMs, nowMs: Date.now() };
    const atMs = alarmToSet(alarm, wantedMs);
    if (atMs === undefined) return;
    this.#alarmAtMs = atMs;
    await this.ctx.storage.setAlarm(atMs);
  }
}
