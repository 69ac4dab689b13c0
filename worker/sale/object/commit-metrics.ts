/**
 * What an event's object knows of its own work: totals since it woke, and each of the last seconds.
 * Figures, no books: they end with the object. Pure.
 */
import type { Answer, Attempt, Refusal } from '../rules/attempts.ts';
import { Histogram, type HistogramFigures } from './histogram.ts';

/** Seconds that are remembered one by one. */
export const WINDOW_SECONDS = 600;
const SIZE_BOUNDS = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const MS_BOUNDS = [2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

/** What became of an attempt: what it did, that it was done before, or why it was refused. */
export type Outcome = Attempt['kind'] | 'replayed' | Refusal['code'];
const DONE: (Attempt['kind'] | 'replayed')[] = [
  'reserve',
  'confirm',
  'cancel',
  'enter',
  'leave',
  'confirm_paid',
  'return_units',
  'replayed',
];
export type Outcomes = Partial<Record<Outcome, number>>;

/** A group that was settled. */
export interface GroupReport {
  /** Attempts in it; none where it only expired what was due. */
  size: number;
  /** How long the one that came first had waited when it was sent, in milliseconds. */
  waitMs: number;
  /** From then until the ledger's answer, in milliseconds. */
  settleMs: number;
  /** How often it was sent, at least once. */
  tries: number;
  /** Attempts that wait behind it. */
  lineLength: number;
  outcomes: Outcomes;
}

/** One number for each second, the oldest first. */
export interface PerSecond {
  attempts: number[];
  reserved: number[];
  refused: number[];
  groups: number[];
  /** The longest of the second. */
  waitMs: number[];
  lineLength: number[];
}

/** Plain data that survives RPC; times in milliseconds since the epoch. */
export interface CommitFigures {
  /** When the object woke: totals are since then. */
  sinceMs: number;
  nowMs: number;
  /** Attempts that wait now, without those of the group that is being settled. */
  lineLength: number;
  /** Attempts in the group that is being settled. */
  settling: number;
  /** All that came, with those that the edge answered by itself. */
  attempts: number;
  outcomes: Outcomes;
  groupSize: HistogramFigures;
  waitMs: HistogramFigures;
  settleMs: HistogramFigures;
  /** Until the second before `nowMs`, at most WINDOW_SECONDS. */
  perSecond: PerSecond;
}

type Slot = { second: number } & Record<keyof PerSecond, number>;

export class CommitMetrics {
  readonly #sinceMs: number;
  readonly #outcomes: Outcomes = {};
  readonly #groupSize = new Histogram(SIZE_BOUNDS);
  readonly #waitMs = new Histogram(MS_BOUNDS);
  readonly #settleMs = new Histogram(MS_BOUNDS);
  readonly #slots: (Slot | undefined)[] = [];
  #attempts = 0;

  constructor(nowMs: number) {
    this.#sinceMs = nowMs;
  }

  arrived(attempts: number, nowMs: number): void {
    this.#attempts += attempts;
    this.#slotOf(nowMs).attempts += attempts;
  }

  answered(outcome: Outcome, times: number, nowMs: number): void {
    if (times === 0) return;
    countIn(this.#outcomes, outcome, times);
    if (outcome === 'reserve') this.#slotOf(nowMs).reserved += times;
    else if (isRefusal(outcome)) this.#slotOf(nowMs).refused += times;
  }

  settled({ size, waitMs, settleMs, lineLength }: GroupReport, nowMs: number): void {
    if (size === 0) return;
    this.#groupSize.add(size);
    this.#waitMs.add(waitMs);
    this.#settleMs.add(settleMs);
    const slot = this.#slotOf(nowMs);
    slot.groups++;
    slot.waitMs = Math.max(slot.waitMs, waitMs);
    slot.lineLength = Math.max(slot.lineLength, lineLength);
  }

  figures(load: { waiting: number; committing: number }, nowMs: number): CommitFigures {
    return {
      sinceMs: this.#sinceMs,
      nowMs,
      lineLength: load.waiting,
      settling: load.committing,
      attempts: this.#attempts,
      outcomes: { ...this.#outcomes },
      groupSize: this.#groupSize.figures(),
      waitMs: this.#waitMs.figures(),
      settleMs: this.#settleMs.figures(),
      perSecond: this.#perSecond(nowMs),
    };
  }

  /** The second that is still going on would look like a drop. */
  #perSecond(nowMs: number): PerSecond {
    const end = secondOf(nowMs);
    const start = Math.max(secondOf(this.#sinceMs), end - WINDOW_SECONDS);
    const seconds = Array.from({ length: Math.max(0, end - start) }, (_, n) => start + n);
    const slots = seconds.map((second) => {
      const slot = this.#slots[second % WINDOW_SECONDS];
      return slot?.second === second ? slot : undefined;
    });
    const each = (name: keyof PerSecond) => slots.map((slot) => slot?.[name] ?? 0);
    return {
      attempts: each('attempts'),
      reserved: each('reserved'),
      refused: each('refused'),
      groups: each('groups'),
      waitMs: each('waitMs'),
      lineLength: each('lineLength'),
    };
  }

  /** Seconds share a slot with those ten minutes before them. */
  #slotOf(nowMs: number): Slot {
    const second = secondOf(nowMs);
    const known = this.#slots[second % WINDOW_SECONDS];
    if (known?.second === second) return known;
    const slot = {
      second,
      attempts: 0,
      reserved: 0,
      refused: 0,
      groups: 0,
      waitMs: 0,
      lineLength: 0,
    };
    this.#slots[second % WINDOW_SECONDS] = slot;
    return slot;
  }
}

export function groupReport(
  group: readonly { arrivedAtMs: number }[],
  settled: Omit<GroupReport, 'size' | 'waitMs' | 'settleMs'> & {
    sentAtMs: number;
    settledAtMs: number;
  },
): GroupReport {
  const { sentAtMs, settledAtMs, tries, lineLength, outcomes } = settled;
  const firstAtMs = group[0]?.arrivedAtMs ?? sentAtMs;
  return {
    size: group.length,
    waitMs: Math.max(0, sentAtMs - firstAtMs),
    settleMs: Math.max(0, settledAtMs - sentAtMs),
    tries,
    lineLength,
    outcomes,
  };
}

/** What became of an attempt that was answered so. */
export function outcomeOf({ kind }: Attempt, answer: Answer): Outcome {
  if (!answer.ok) return answer.refusal.code;
  return answer.replayed ? 'replayed' : kind;
}

/** How often each, of a group of which `answers[i]` belongs to `group[i]`. */
export function outcomesOf(
  group: readonly { item: Attempt }[],
  answers: readonly Answer[],
): Outcomes {
  const outcomes: Outcomes = {};
  for (const [n, { item }] of group.entries()) {
    const answer = answers[n];
    if (answer !== undefined) countIn(outcomes, outcomeOf(item, answer), 1);
  }
  return outcomes;
}

export function isRefusal(outcome: Outcome): outcome is Refusal['code'] {
  return !(DONE as Outcome[]).includes(outcome);
}

function countIn(outcomes: Outcomes, outcome: Outcome, times: number): void {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + times;
}

function secondOf(ms: number): number {
  return Math.floor(ms / 1_000);
}
