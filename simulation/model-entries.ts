/** The model's queue entries, and what is counted and looked up in them. */
import type { EventItemId, QueueEntryId, UserId } from '../worker/contract/ids.ts';
import type { ItemQueue } from '../worker/contract/queue.ts';
import type { EntryRecord, StampedEnter } from '../worker/sale/rules/attempts.ts';
import type { EntryRow } from './queue-rows.ts';
import type { Scenario } from './scenario.ts';

export class ModelEntries {
  readonly #entries = new Map<QueueEntryId, EntryRow>();

  get size(): number {
    return this.#entries.size;
  }

  get(id: QueueEntryId): EntryRow | undefined {
    return this.#entries.get(id);
  }

  add(entry: EntryRow): void {
    this.#entries.set(entry.id, entry);
  }

  get all(): Iterable<EntryRow> {
    return this.#entries.values();
  }

  /** In the order in which they came. */
  of(customerId: UserId, id: EventItemId): EntryRow[] {
    return this.on(id).filter((entry) => entry.customerId === customerId);
  }

  waitingOf(customerId: UserId): EntryRow[] {
    return [...this.all].filter(
      (entry) => entry.customerId === customerId && entry.status === 'waiting',
    );
  }

  waitingFor(id: EventItemId): EntryRow[] {
    return this.on(id).filter(({ status }) => status === 'waiting');
  }

  /** What waits before an entry. */
  aheadOf({ eventItemId, rank }: EntryRow): { entries: number; units: number } {
    const before = this.waitingFor(eventItemId).filter(
      (other) => other.rank !== null && rank !== null && other.rank < rank,
    );
    return { entries: before.length, units: wishedBy(before) };
  }

  countOf(id: EventItemId): ItemQueue {
    const waiting = this.waitingFor(id);
    const offered = this.on(id).filter(({ status }) => status === 'offered');
    const servedRank = Math.max(0, ...offered.map(({ rank }) => rank ?? 0));
    const waits = { waiting: waiting.length, waitingUnits: wishedBy(waiting) };
    return { ...waits, servedRank, offers: offered.length };
  }

  snapshot(): Map<QueueEntryId, EntryRow> {
    return new Map([...this.#entries].map(([id, entry]) => [id, { ...entry }]));
  }

  on(id: EventItemId): EntryRow[] {
    return [...this.#entries.values()].filter(({ eventItemId }) => eventItemId === id);
  }
}

/** @param at its place in the queue, and the settlement that takes it. */
export function newEntry(
  { entryId: id, eventItemId, customerId, quantity, minQuantity }: StampedEnter,
  at: { seq: number; rank: number | null; nowMs: number; settlement: number } & Pick<
    Scenario,
    'eventId'
  >,
): EntryRow {
  const { eventId, seq, rank, nowMs: enteredAtMs, settlement: enteredIn } = at;
  return {
    id,
    eventId,
    eventItemId,
    customerId,
    quantity,
    minQuantity,
    status: 'waiting',
    reason: null,
    enteredAtMs,
    seq,
    rank,
    record: null,
    orderId: null,
    enteredIn,
    endedIn: null,
    freeFound: null,
  };
}

/** An entry as its customer is told of it. */
export function recordOfEntry(entry: EntryRow): EntryRecord {
  const { customerId: _, enteredIn: _e, endedIn: _d, freeFound: _f, ...record } = entry;
  return record;
}

function wishedBy(entries: EntryRow[]): number {
  return entries.reduce((sum, { quantity }) => sum + quantity, 0);
}

export function endEntry(
  entry: EntryRow,
  change: Partial<EntryRow>,
  settlement: number | null,
): void {
  Object.assign(entry, change, { endedIn: settlement });
}
