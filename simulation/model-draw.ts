/** The model's draw: when entries are locked, and how they are ranked by a seed. */
import { createHmac } from 'node:crypto';
import type { QueueEntryId } from '../worker/contract/ids.ts';
import type { PlannedDraw } from '../worker/draw/draw-event.ts';
import type { DrawRow, EntryRow, QueueRow } from './queue-rows.ts';
import type { Scenario } from './scenario.ts';

export class ModelDraw {
  readonly #scenario: Pick<Scenario, 'queuePlan' | 'startsAtMs'>;
  #row: DrawRow | null = null;

  constructor(scenario: Pick<Scenario, 'queuePlan' | 'startsAtMs'>) {
    this.#scenario = scenario;
  }

  get isPlanned(): boolean {
    return this.#scenario.queuePlan.admission === 'draw';
  }

  /** Until then nothing is sold or offered. */
  get isToCome(): boolean {
    return this.isPlanned && (this.#row?.drawnAtMs ?? null) === null;
  }

  /** Whether new entries go behind all others. */
  get takesNoMore(): boolean {
    return !this.isPlanned || this.#row !== null;
  }

  get times(): { drawAtMs: number | null; locksAtMs: number | null } {
    const { startsAtMs, queuePlan } = this.#scenario;
    const locksAtMs = this.#row === null ? queuePlan.entriesCloseAtMs : null;
    return { drawAtMs: this.isToCome ? startsAtMs : null, locksAtMs };
  }

  lockIfDue({ settledAtMs, settlement, lastSeq }: QueueRow): void {
    const { entriesCloseAtMs } = this.#scenario.queuePlan;
    if (this.#row !== null || entriesCloseAtMs === null || settledAtMs < entriesCloseAtMs) return;
    const locked = { lockedAtMs: settledAtMs, lockedIn: settlement, entryCount: lastSeq };
    this.#row = { ...locked, seed: null, drawnAtMs: null };
  }

  /** Where nobody has entered, an edit of the plan takes the lock back. */
  unlock(): void {
    this.#row = null;
  }

  read(): PlannedDraw | undefined {
    if (this.#row === null) return undefined;
    const { entryCount, drawnAtMs, lockedAtMs } = this.#row;
    return {
      start: undefined,
      head: undefined,
      entries: entryCount,
      records: 0,
      lockedAtMs,
      startsAtMs: this.#scenario.startsAtMs,
      endsAtMs: Number.POSITIVE_INFINITY,
      isDrawn: drawnAtMs !== null,
      givenUp: undefined,
      statements: { locked: null, drawn: null, givenUp: null },
      result: undefined,
    };
  }

  /** @param items the entries of each. @returns false where there is nothing to draw. */
  draw(items: EntryRow[][], seed: Uint8Array, nowMs: number): boolean {
    const row = this.#row;
    if (row === null || row.drawnAtMs !== null) return row !== null;
    for (const entries of items) {
      const ranked = inDrawnOrder(
        entries.filter((entry) => hasPart(entry, row)),
        seed,
      );
      for (const [n, entry] of ranked.entries()) entry.rank = n + 1;
    }
    this.#row = { ...row, seed: Buffer.from(seed).toString('hex'), drawnAtMs: nowMs };
    return true;
  }

  snapshot(): DrawRow | null {
    return this.#row && { ...this.#row };
  }
}

/** Whether an entry waited at the lock, whatever became of it since. */
function hasPart({ seq, endedIn }: EntryRow, { entryCount, lockedIn }: DrawRow): boolean {
  return seq <= entryCount && (endedIn === null || endedIn >= lockedIn);
}

/** The smallest score first. */
export function inDrawnOrder<Entry extends { id: QueueEntryId }>(
  entries: readonly Entry[],
  seed: Uint8Array,
): Entry[] {
  const scored = entries.map((entry) => ({
    entry,
    score: createHmac('sha256', seed).update(entry.id).digest('hex'),
  }));
  scored.sort((a, b) => (a.score < b.score ? -1 : 1));
  return scored.map(({ entry }) => entry);
}
