import { describe, expect, it } from 'vitest';
import type { MailSubject } from '../../stores/postgres/mail-facts.ts';
import type { LeasedRow, RowResult, SentFigures } from '../../stores/postgres/outbox-work.ts';
import { AT_ONCE_MAX, UNRECORDED_MAX, WORK_MS_MAX } from './batch.ts';
import { SUBJECT_MS_MAX } from './batch-subjects.ts';
import { BATCH_MAX, drainOutbox, LEASE_GAP_MS, LEASE_MS } from './drain.ts';
import type { DrainPorts } from './drain-ports.ts';
import { FAULT_PAUSE_MS } from './next-alarm.ts';
import type { TryOutcome } from './outcome.ts';
import { SendBudget, type SendLimits } from './send-budget.ts';

const START_MS = 1_000_000_000_000;
const RETRY = { triesMax: 3, pausesMs: [1_000] as [number] };
const DONE: TryOutcome = { kind: 'done' };
const NOBODY: MailSubject = {
  account: undefined,
  emailSuppressed: false,
  shopName: null,
  order: undefined,
  payment: undefined,
  reminder: undefined,
};

interface World {
  limits?: Partial<SendLimits>;
  /** One try of a mail; by default it is done at once. */
  send?: (row: LeasedRow, clock: Clock) => Promise<TryOutcome>;
  changes?: Partial<DrainPorts>;
}

/** Rows in memory behind the dispatcher, and a clock that only its pauses move. */
function world(rows: LeasedRow[], { limits, send = async () => DONE, changes }: World = {}) {
  const clock = new Clock();
  const waiting = new Map(rows.map((row) => [row.id, row]));
  const results: RowResult[] = [];
  const reports: string[] = [];
  const busy = { now: 0, most: 0 };
  const sentAtMs: number[] = [];
  const work = async (row: LeasedRow) => {
    busy.most = Math.max(busy.most, ++busy.now);
    sentAtMs.push(clock.nowMs);
    try {
      return await send(row, clock);
    } finally {
      busy.now--;
    }
  };
  const mail = { channel: 'mail', retry: RETRY, work } as const;
  const readIds: number[][] = [];
  const budget = { perSecondMax: undefined, perDayMax: undefined, ...limits };
  const ports: DrainPorts = {
    kinds: {
      'mail.order_confirmed': mail,
      'mail.reset_password': mail,
      'account.erase': { channel: 'own', retry: RETRY, work },
    },
    unrecordedMax: UNRECORDED_MAX,
    budget: new SendBudget(budget),
    lease: async ({ classes }) =>
      classes.flatMap(({ kinds, priorities: [first, last], limit }) =>
        [...waiting.values()]
          .filter(
            ({ kind, priority }) => kinds.includes(kind) && priority >= first && priority <= last,
          )
          .filter(({ dueAtMs }) => dueAtMs <= clock.nowMs)
          .slice(0, limit),
      ),
    readSubjects: async (some) => {
      readIds.push(some.map(({ id }) => id));
      return new Map(some.map(({ id }) => [id, NOBODY]));
    },
    record: async (_leaseId, recorded) => {
      for (const result of recorded) {
        results.push(result);
        const row = waiting.get(result.id);
        waiting.delete(result.id);
        if (row && typeof result.next !== 'string') {
          waiting.set(row.id, { ...row, tries: result.tries, dueAtMs: result.next.dueAtMs });
        }
      }
      return recorded.map(({ id }) => id);
    },
    nextDue: async (classes) =>
      classes.map(({ kinds, priorities: [first, last] }) => {
        const due = [...waiting.values()].filter(
          ({ kind, priority }) => kinds.includes(kind) && priority >= first && priority <= last,
        );
        return due.length === 0 ? undefined : Math.min(...due.map(({ dueAtMs }) => dueAtMs));
      }),
    sent: async (): Promise<SentFigures> => ({ count: 0, lastSecond: 0, firstAtMs: undefined }),
    nowMs: () => clock.nowMs,
    random: () => 0,
    makeLeaseId: () => 'lease',
    pause: (ms) => clock.passed(ms),
    within: async (_ms, given) => given,
    recorded: () => {},
    report: (error) => reports.push(error instanceof Error ? error.message : String(error)),
    ...changes,
  };
  return { ports, clock, waiting, results, reports, busy, sentAtMs, readIds };
}

/** As many steps as anything takes that waits for no time. */
const TICKS = 1_000;

/** Stands still while anything goes on, and then goes to the first moment that is waited for. */
class Clock {
  nowMs = START_MS;
  readonly #sleepers: { atMs: number; wake(): void }[] = [];
  #isTicking = false;

  passed(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ atMs: this.nowMs + ms, wake });
      if (!this.#isTicking) void this.#tick();
    });
  }

  async #tick(): Promise<void> {
    this.#isTicking = true;
    for (let first = await this.#first(); first !== undefined; first = await this.#first()) {
      this.nowMs = Math.max(this.nowMs, first.atMs);
      first.wake();
    }
    this.#isTicking = false;
  }

  async #first() {
    for (let n = 0; n < TICKS; n++) await Promise.resolve();
    this.#sleepers.sort((a, b) => a.atMs - b.atMs);
    return this.#sleepers.shift();
  }
}

const away = () => Promise.reject(new Error('postgres failed'));

function rowsOf(count: number, changes: Partial<LeasedRow> = {}): LeasedRow[] {
  return Array.from({ length: count }, (_, n) => ({
    id: n + 1,
    kind: 'mail.order_confirmed',
    key: `order_confirmed/${n + 1}`,
    payload: { email: 'a@example.com' },
    userId: null,
    priority: 1,
    createdAtMs: START_MS,
    dueAtMs: START_MS,
    dropAfterMs: null,
    tries: 0,
    ...changes,
  }));
}

describe('a run of the dispatcher', () => {
  it('works off all that is due, few at a time, and has nothing to come again for', async () => {
    const { ports, results, busy } = world(rowsOf(3 * BATCH_MAX), {
      send: async (_row, clock) => {
        await clock.passed(1);
        return DONE;
      },
    });
    expect(await drainOutbox(ports)).toBeUndefined();
    expect(results.map(({ next }) => next)).toEqual(Array(3 * BATCH_MAX).fill('done'));
    expect(busy.most).toBe(AT_ONCE_MAX);
  });

  it('comes again for what failed, when its pause is over', async () => {
    const { ports, waiting } = world(rowsOf(1), {
      send: async () => ({ kind: 'failed', reason: 'status_500' }),
    });
    expect(await drainOutbox(ports)).toBe(START_MS + 1_000);
    expect(waiting.get(1)?.tries).toBe(1);
  });

  it('takes a try that threw, and one that took too long, for failed', async () => {
    const threw = world(rowsOf(1), { send: () => Promise.reject(new Error('a bug')) });
    await drainOutbox(threw.ports);
    expect(threw.results[0]).toMatchObject({ tries: 1, lastError: 'threw' });
    expect(threw.reports).toEqual(['a bug']);
    const late = world(rowsOf(1), { changes: { within: async () => undefined } });
    await drainOutbox(late.ports);
    expect(late.results[0]).toMatchObject({ tries: 1, lastError: 'timeout' });
  });

  it('drops what came too late without a try', async () => {
    const { ports, results, sentAtMs } = world(rowsOf(1, { dropAfterMs: START_MS - 1 }));
    await drainOutbox(ports);
    expect(results).toMatchObject([{ next: 'dropped', lastError: 'too_late' }]);
    expect(sentAtMs).toEqual([]);
  });

  it('begins no row whose lease could end during the try', async () => {
    const leasedAtMs: number[] = [];
    const late: number[] = [];
    const urgent = rowsOf(AT_ONCE_MAX, { priority: 0 }).map((row) => ({
      ...row,
      id: row.id + 100,
    }));
    const { ports, results } = world([...urgent, ...rowsOf(BATCH_MAX)], {
      send: async (_row, clock) => {
        const sinceMs = clock.nowMs - (leasedAtMs.at(-1) ?? 0);
        if (sinceMs > LEASE_MS - WORK_MS_MAX) late.push(sinceMs);
        await clock.passed(WORK_MS_MAX);
        return DONE;
      },
    });
    const { lease } = ports;
    ports.lease = (request) => {
      leasedAtMs.push(request.nowMs);
      return lease(request);
    };
    await drainOutbox(ports);
    expect(late).toEqual([]);
    expect(results.some(({ next }) => next !== 'done')).toBe(true);
  });

  it('begins nothing more once a result could not be recorded', async () => {
    const { ports, clock, sentAtMs, reports } = world(rowsOf(BATCH_MAX), {
      changes: { record: away },
    });
    const nextMs = await drainOutbox(ports);
    expect(nextMs).toBe(clock.nowMs + FAULT_PAUSE_MS);
    expect(sentAtMs.length).toBeLessThanOrEqual(UNRECORDED_MAX);
    expect(reports).toEqual(['postgres failed']);
  });

  it('leases together what was written while it worked off what came before', async () => {
    const { ports, clock, waiting } = world(rowsOf(1));
    const { lease } = ports;
    const leases: [atMs: number, rows: number][] = [];
    ports.lease = async (request) => {
      const rows = await lease(request);
      leases.push([clock.nowMs - START_MS, rows.length]);
      if (leases.length === 1) {
        void clock.passed(10).then(() => waiting.set(2, { ...rowsOf(2)[1] } as LeasedRow));
        void clock.passed(90).then(() => waiting.set(3, { ...rowsOf(3)[2] } as LeasedRow));
      }
      return rows;
    };
    await drainOutbox(ports);
    expect(leases).toEqual([
      [0, 1],
      [LEASE_GAP_MS, 2],
      [2 * LEASE_GAP_MS, 0],
    ]);
  });

  it('comes again soon where Postgres is away from the start', async () => {
    const { ports } = world([], { changes: { lease: away } });
    expect(await drainOutbox(ports)).toBe(START_MS + FAULT_PAUSE_MS);
  });

  it('reports a result that came after its lease', async () => {
    const { ports, reports, waiting } = world(rowsOf(1));
    ports.record = async () => {
      waiting.clear();
      return [];
    };
    await drainOutbox(ports);
    expect(reports).toEqual(['a result came after its lease']);
  });
});

describe('what is in memory alone', () => {
  it.each([AT_ONCE_MAX, UNRECORDED_MAX])('is of at most %i rows', async (unrecordedMax) => {
    const left = { now: 0, most: 0 };
    const { ports, clock, results } = world(rowsOf(2 * BATCH_MAX), {
      send: async () => {
        left.most = Math.max(left.most, ++left.now);
        await clock.passed(10);
        return DONE;
      },
      changes: { unrecordedMax },
    });
    const { record } = ports;
    ports.record = async (leaseId, recorded) => {
      await clock.passed(500);
      left.now -= recorded.length;
      return record(leaseId, recorded);
    };
    await drainOutbox(ports);
    expect(results.length).toBe(2 * BATCH_MAX);
    expect(left.most).toBe(unrecordedMax);
  });

  it('is recorded at once when the batch is through', async () => {
    const { ports, clock } = world(rowsOf(1));
    const { record } = ports;
    const recordedAtMs: number[] = [];
    ports.record = async (leaseId, recorded) => {
      recordedAtMs.push(clock.nowMs);
      return record(leaseId, recorded);
    };
    await drainOutbox(ports);
    expect(recordedAtMs).toEqual([START_MS]);
  });
});

describe('what mails are about', () => {
  it('is read for a whole batch at once, and not for what is no mail or has ended', async () => {
    const erase = rowsOf(1, { id: 99, kind: 'account.erase' });
    const late = rowsOf(1, { id: 98, dropAfterMs: START_MS - 1 });
    const { ports, readIds } = world([...rowsOf(3), ...late, ...erase]);
    await drainOutbox(ports);
    expect(readIds).toEqual([[1, 2, 3]]);
  });

  it('is read again for mails that waited too long for their turn', async () => {
    const { ports, readIds, clock } = world(rowsOf(7), {
      send: async ({ id }) => {
        if (id <= AT_ONCE_MAX) await clock.passed(SUBJECT_MS_MAX + 1);
        return DONE;
      },
    });
    await drainOutbox(ports);
    expect(readIds).toEqual([
      [1, 2, 3, 4, 5, 6, 7],
      [6, 7],
    ]);
  });

  it('fails a mail alone that cannot be read', async () => {
    const { ports, results, reports, sentAtMs } = world(rowsOf(3));
    const { readSubjects } = ports;
    ports.readSubjects = async (some) =>
      some.some(({ id }) => id === 2) ? Promise.reject(new Error('a bad row')) : readSubjects(some);
    await drainOutbox(ports);
    expect(results.find(({ id }) => id === 2)).toMatchObject({ tries: 1, lastError: 'threw' });
    expect(results.filter(({ next }) => next === 'done').length).toBe(2);
    expect(sentAtMs.length).toBe(2);
    expect(new Set(reports)).toEqual(new Set(['a bad row']));
  });
});

describe('the mails’ budget', () => {
  it('spreads mails over the seconds', async () => {
    const { ports, sentAtMs } = world(rowsOf(6), { limits: { perSecondMax: 2 } });
    await drainOutbox(ports);
    expect(sentAtMs.map((atMs) => atMs - START_MS)).toEqual([0, 0, 1_000, 1_000, 2_000, 2_000]);
  });

  it('leaves the rest of a used-up day waiting without a try', async () => {
    const { ports, waiting, sentAtMs } = world(rowsOf(20), { limits: { perDayMax: 10 } });
    expect(await drainOutbox(ports)).toBe(START_MS + 24 * 60 * 60_000);
    expect(sentAtMs.length).toBe(9);
    expect([...waiting.values()].every(({ tries }) => tries === 0)).toBe(true);
  });

  it('has an urgent mail leave out of what is reserved', async () => {
    const urgent = rowsOf(1, { id: 99, kind: 'mail.reset_password', priority: 0 });
    const { ports, results } = world([...rowsOf(20), ...urgent], { limits: { perDayMax: 10 } });
    ports.sent = async () => ({ count: 9, lastSecond: 0, firstAtMs: START_MS - 1 });
    await drainOutbox(ports);
    expect(results.map(({ id }) => id)).toEqual([99]);
  });

  it('sends nothing more once a receiver asked for patience; what is no mail goes on', async () => {
    const throttled = { kind: 'throttled', reason: 'rate', retryAfterMs: 30_000 } as const;
    const erase = rowsOf(3, { kind: 'account.erase' }).map((row) => ({ ...row, id: row.id + 100 }));
    const { ports, sentAtMs, waiting } = world([...rowsOf(BATCH_MAX), ...erase], {
      send: async ({ kind }) => (kind === 'account.erase' ? DONE : throttled),
    });
    expect(await drainOutbox(ports)).toBe(START_MS + 30_000);
    expect(sentAtMs.length).toBeLessThanOrEqual(AT_ONCE_MAX + erase.length);
    expect(waiting.size).toBe(BATCH_MAX);
    expect([...waiting.values()].every(({ tries }) => tries === 0)).toBe(true);
  });

  it('does not pause the mails for a row of another channel that has to wait', async () => {
    const wait = { kind: 'throttled', reason: 'holds', retryAfterMs: 30_000 } as const;
    const erase = rowsOf(1, { id: 99, kind: 'account.erase', priority: 0 });
    const { ports, results } = world([...erase, ...rowsOf(BATCH_MAX)], {
      send: async ({ kind }) => (kind === 'account.erase' ? wait : DONE),
    });
    expect(await drainOutbox(ports)).toBe(START_MS + 30_000);
    expect(results.filter(({ next }) => next === 'done').length).toBe(BATCH_MAX);
  });
});
