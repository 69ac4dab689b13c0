/**
 * What must hold of the outbox whatever goes wrong. The numbers are written out here, so that a changed
 * limit of the dispatcher is noticed too.
 */
import type { TryOutcome } from '../worker/outbox/rules/outcome.ts';
import type { LeasedRow, RowResult } from '../worker/stores/postgres/outbox-work.ts';
import {
  type InstanceFacts,
  newInstanceFacts,
  newRowFacts,
  type RowFacts,
} from './dispatcher-facts.ts';
import type { OutboxRows, StoredRow } from './dispatcher-rows.ts';
import type { OutboxScenario } from './dispatcher-scenario.ts';
import type { ReportViolation } from './first-violation.ts';

const AT_ONCE_MAX = 5;
const WORK_MS_MAX = 15_000;
const LEASE_MS = 60_000;
const SECOND_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;
const RESERVED_SHARE = 0.1;
/** In a calm shop without a quota, besides the time that the rows before it take. */
const SOON_MS = 8_000;
const RUN_GAP_MS = 500;
const SUBJECT_MS_MAX = 2_000;
/** Until an answer of Postgres arrives. */
const ANSWER_MS_MAX = 30;
/** In a calm shop: the wait for others, the call before it, and the way to Postgres. */
const RECORDED_MS_MAX = 200 + 60 + 30;

export class OutboxLaws {
  readonly #scenario: OutboxScenario;
  readonly #table: OutboxRows;
  readonly #violated: ReportViolation;
  readonly #rows = new Map<number, RowFacts>();
  readonly #instances = new Map<number, InstanceFacts>();
  readonly #sent: { atMs: number; isUrgent: boolean }[] = [];

  constructor(scenario: OutboxScenario, table: OutboxRows, violated: ReportViolation) {
    this.#scenario = scenario;
    this.#table = table;
    this.#violated = violated;
  }

  runBegun(instance: number, nowMs: number): void {
    const { runEndedAtMs = Number.NEGATIVE_INFINITY } = this.#of(instance);
    const gapMs = nowMs - runEndedAtMs;
    this.#expect(gapMs >= RUN_GAP_MS, 'there is a pause between two runs', `${gapMs} ms`);
  }

  runEnded(instance: number, nowMs: number): void {
    this.#of(instance).runEndedAtMs = nowMs;
  }

  leased(instance: number, rows: readonly LeasedRow[], lost: ReadonlySet<number>): void {
    const own = this.#of(instance);
    own.mayBegin = true;
    own.unrecorded.clear();
    for (const { id, tries } of rows) {
      const facts = this.#row(id);
      if (lost.has(id)) facts.tries++;
      facts.outcome = undefined;
      facts.unreadableAtMs = undefined;
      this.#expect(tries === facts.tries, 'tries are counted', `row ${id}: ${tries}`);
    }
  }

  /** It was to be read by itself, and failed. */
  unreadable({ id }: LeasedRow, nowMs: number): void {
    this.#row(id).unreadableAtMs = nowMs;
  }

  begun(
    instance: number,
    { id }: LeasedRow,
    { nowMs, readAtMs }: { nowMs: number; readAtMs: number | undefined },
  ): void {
    const row = this.#stored(id);
    const own = this.#of(instance);
    const facts = this.#row(id);
    const { triesMax } = this.#scenario.retry;
    facts.firstTriedAtMs ??= nowMs;
    facts.unreadableAtMs = undefined;
    own.busy.add(id);
    own.unrecorded.add(id);
    const { lease } = row;
    const isHolder = lease?.id.startsWith(`${instance}:`) ?? false;
    this.#expect(row.end === undefined, 'nothing is tried after its end', `row ${id}`);
    this.#expect(isHolder, 'only the holder of a lease tries its row', `row ${id}`);
    this.#expect(
      (lease?.untilMs ?? 0) - nowMs >= WORK_MS_MAX,
      'a try ends before its lease',
      `row ${id}: ${(lease?.untilMs ?? 0) - nowMs} ms`,
    );
    this.#expect(row.dueAtMs <= nowMs, 'nothing is tried before it is due', `row ${id}`);
    this.#expect(facts.notBeforeMs <= nowMs, 'a pause is as long as it must be', `row ${id}`);
    this.#expect(facts.tries < triesMax, 'there is a last try', `row ${id}: ${facts.tries}`);
    this.#expect(own.busy.size <= AT_ONCE_MAX, 'few are tried at a time', `${own.busy.size}`);
    this.#expect(own.mayBegin, 'nothing is begun once Postgres is away', `row ${id}`);
    const isLate = row.dropAfterMs !== null && nowMs > row.dropAfterMs + LEASE_MS;
    this.#expect(!isLate, 'nothing is tried when it is of no use', `row ${id}`);
    const { unrecordedMax } = this.#scenario;
    const { size } = own.unrecorded;
    this.#expect(size <= unrecordedMax, 'few results are in memory alone', `${size}`);
    if (!isMail(row)) return;
    this.#mailBegun(own, nowMs);
    const ageMs = nowMs - (readAtMs ?? 0);
    const isNew = ageMs <= SUBJECT_MS_MAX + ANSWER_MS_MAX;
    this.#expect(isNew, 'what a mail is about was read just now', `row ${id}: ${ageMs} ms`);
  }

  /** The receiver did it: perhaps nobody hears of it. */
  accepted({ id }: LeasedRow, nowMs: number): void {
    const row = this.#stored(id);
    this.#row(id).isAccepted = true;
    if (!isMail(row)) return;
    const isUrgent = row.priority === 0;
    this.#sent.push({ atMs: nowMs, isUrgent });
    const { isCalm, limits } = this.#scenario;
    if (!isCalm || limits.perDayMax === undefined) return;
    const inDay = this.#sent.filter(({ atMs }) => atMs > nowMs - DAY_MS).length;
    const reserved = isUrgent ? 0 : Math.ceil(limits.perDayMax * RESERVED_SHARE);
    this.#expect(inDay <= limits.perDayMax - reserved, 'the quota of a day is kept', `${inDay}`);
  }

  /** The dispatcher knows how a try ended, or has stopped waiting for it. */
  ended(instance: number, { id }: LeasedRow, at: { nowMs: number; outcome: TryOutcome }): void {
    const own = this.#of(instance);
    own.busy.delete(id);
    Object.assign(this.#row(id), { outcome: at.outcome, endedAtMs: at.nowMs });
    if (at.outcome.kind !== 'throttled' || !isMail(this.#stored(id))) return;
    own.closedUntilMs = Math.max(own.closedUntilMs, at.nowMs + at.outcome.retryAfterMs);
  }

  /** Postgres has a result, whether it counts or not. */
  answered(instance: number, { id }: RowResult): void {
    this.#of(instance).unrecorded.delete(id);
  }

  /** A result that counted. */
  recorded({ id, tries, next }: RowResult, nowMs: number): void {
    const facts = this.#row(id);
    const { outcome, endedAtMs } = facts;
    const { triesMax, pausesMs } = this.#scenario.retry;
    if (outcome?.kind === 'failed' || outcome?.kind === 'refused') facts.tries++;
    // A failure, unless it was left: nothing was sent.
    if (facts.unreadableAtMs !== undefined) facts.tries = Math.min(tries, facts.tries + 1);
    facts.unreadableAtMs = undefined;
    if (outcome !== undefined && this.#scenario.isCalm) {
      const tookMs = nowMs - endedAtMs;
      const isSoon = tookMs <= RECORDED_MS_MAX;
      this.#expect(isSoon, 'what came of a try is recorded soon', `row ${id}: ${tookMs} ms`);
    }
    this.#expect(tries === facts.tries, 'tries are counted', `row ${id}: ${tries}`);
    facts.outcome = undefined;
    if (outcome?.kind === 'failed') {
      const isRight = facts.tries < triesMax || next === 'given_up';
      this.#expect(isRight, 'what failed for the last time ends', `row ${id}`);
      const pauseMs = pausesMs[Math.min(facts.tries, pausesMs.length) - 1] ?? 0;
      facts.notBeforeMs = endedAtMs + Math.max(pauseMs, outcome.retryAfterMs ?? 0);
    }
    if (outcome?.kind === 'throttled') facts.notBeforeMs = endedAtMs + outcome.retryAfterMs;
    const row = this.#stored(id);
    if (next === 'done') {
      this.#expect(facts.isAccepted, 'done is what a receiver accepted', `row ${id}`);
    } else if (next === 'dropped') {
      const isLate = row.dropAfterMs !== null && nowMs > row.dropAfterMs;
      this.#expect(
        isLate || outcome?.kind === 'dropped',
        'nothing is dropped that is of use',
        `${id}`,
      );
    } else if (next === 'given_up') {
      const isLast = outcome?.kind === 'refused' || facts.tries >= triesMax;
      this.#expect(isLast, 'nothing is given up before its last try', `row ${id}: ${facts.tries}`);
    }
  }

  recordFailed(instance: number): void {
    this.#of(instance).mayBegin = false;
  }

  gone(instance: number): void {
    this.#instances.delete(instance);
  }

  atEnd(): void {
    const left = this.#table.waiting.map(({ id }) => id);
    this.#expect(left.length === 0, 'every row ends', `rows ${left.join(', ')}`);
    const { isCalm, limits, rows } = this.#scenario;
    if (!isCalm || limits.perDayMax !== undefined) return;
    const slowestMs =
      limits.perSecondMax === undefined ? 0 : (rows.length / limits.perSecondMax) * SECOND_MS;
    for (const { id, createdAtMs } of this.#table.rows.values()) {
      const { firstTriedAtMs } = this.#row(id);
      const planned = rows[id - 1];
      if (firstTriedAtMs === undefined || planned === undefined) continue;
      const lateMs = firstTriedAtMs - Math.max(planned.dueAtMs, createdAtMs);
      this.#expect(
        lateMs <= SOON_MS + slowestMs,
        'what is due is done soon',
        `row ${id}: ${lateMs} ms`,
      );
    }
  }

  #mailBegun(own: InstanceFacts, nowMs: number): void {
    own.mailsAtMs.push(nowMs);
    const { perSecondMax = Number.POSITIVE_INFINITY } = this.#scenario.limits;
    const inSecond = own.mailsAtMs.filter((atMs) => atMs > nowMs - SECOND_MS).length;
    this.#expect(inSecond <= perSecondMax, 'the rate of a second is kept', `${inSecond}`);
    this.#expect(nowMs >= own.closedUntilMs, 'whoever asks for patience is left alone', '');
  }

  #expect(holds: boolean, law: string, detail: string): void {
    if (!holds) this.#violated(law, detail);
  }

  #stored(id: number): StoredRow {
    const row = this.#table.rows.get(id);
    if (row === undefined) throw new Error(`there is no row ${id}`);
    return row;
  }

  #row(id: number): RowFacts {
    const facts = this.#rows.get(id) ?? newRowFacts();
    this.#rows.set(id, facts);
    return facts;
  }

  #of(instance: number): InstanceFacts {
    const facts = this.#instances.get(instance) ?? newInstanceFacts();
    this.#instances.set(instance, facts);
    return facts;
  }
}

function isMail({ kind }: StoredRow): boolean {
  return kind.startsWith('mail.');
}
