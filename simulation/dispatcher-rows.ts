/** The outbox's table in memory: what the statements of stores/postgres/outbox-work.ts do. */
import type { OutboxOutcome } from '../worker/contract/outbox.ts';
import type {
  LeasedRow,
  LeaseRequest,
  PriorityClass,
  RowResult,
  SentFigures,
} from '../worker/stores/postgres/outbox-work.ts';

export interface StoredRow extends LeasedRow {
  lease: { id: string; untilMs: number } | undefined;
  lastError: string | null;
  end: { outcome: OutboxOutcome; atMs: number } | undefined;
}

const SECOND_MS = 1_000;

export class OutboxRows {
  readonly rows = new Map<number, StoredRow>();

  get waiting(): StoredRow[] {
    return [...this.rows.values()].filter(({ end }) => end === undefined);
  }

  insert(row: Omit<LeasedRow, 'id' | 'key' | 'tries'>): StoredRow {
    const id = this.rows.size + 1;
    const key = `${row.kind}/${id}`;
    const stored: StoredRow = {
      ...row,
      id,
      key,
      tries: 0,
      lastError: null,
      lease: undefined,
      end: undefined,
    };
    this.rows.set(id, stored);
    return stored;
  }

  lease({ leaseId, nowMs, untilMs, classes }: LeaseRequest): LeasedRow[] {
    const taken = classes.flatMap(({ limit, ...rows }) =>
      this.#inClass(rows)
        .filter((row) => row.dueAtMs <= nowMs && (row.lease?.untilMs ?? 0) <= nowMs)
        .toSorted(byTurn)
        .slice(0, limit),
    );
    for (const row of taken) {
      if (row.lease !== undefined) row.tries++;
      row.lease = { id: leaseId, untilMs };
    }
    return taken.toSorted(byTurn).map((row) => ({ ...row }));
  }

  record(leaseId: string, results: readonly RowResult[], nowMs: number): number[] {
    return results.flatMap(({ id, tries, lastError, next }) => {
      const row = this.rows.get(id);
      if (row === undefined || row.lease?.id !== leaseId || row.end !== undefined) return [];
      row.tries = tries;
      row.lastError = lastError;
      row.lease = undefined;
      if (typeof next === 'string') row.end = { outcome: next, atMs: nowMs };
      else row.dueAtMs = next.dueAtMs;
      return [id];
    });
  }

  nextDue(classes: readonly PriorityClass[]): (number | undefined)[] {
    return classes.map((rows) => {
      const times = this.#inClass(rows).map((row) =>
        Math.max(row.dueAtMs, row.lease?.untilMs ?? 0),
      );
      return times.length === 0 ? undefined : Math.min(...times);
    });
  }

  sent(
    kinds: readonly string[],
    { sinceMs, nowMs }: { sinceMs: number; nowMs: number },
  ): SentFigures {
    const times = [...this.rows.values()].flatMap(({ kind, end }) =>
      end?.outcome === 'done' && kinds.includes(kind) && end.atMs > sinceMs ? end.atMs : [],
    );
    return {
      count: times.length,
      lastSecond: times.filter((atMs) => atMs > nowMs - SECOND_MS).length,
      firstAtMs: times.length === 0 ? undefined : Math.min(...times),
    };
  }

  hasOverdue(sinceMs: number): boolean {
    return this.waiting.some(
      (row) => row.dueAtMs <= sinceMs && (row.lease?.untilMs ?? 0) <= sinceMs,
    );
  }

  #inClass({ kinds, priorities: [first, last] }: PriorityClass): StoredRow[] {
    return this.waiting.filter(
      ({ kind, priority }) => kinds.includes(kind) && priority >= first && priority <= last,
    );
  }
}

function byTurn(a: StoredRow, b: StoredRow): number {
  return a.priority - b.priority || a.dueAtMs - b.dueAtMs || a.id - b.id;
}
