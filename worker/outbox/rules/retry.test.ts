import { describe, expect, it } from 'vitest';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import type { TryOutcome } from './outcome.ts';
import {
  AGE_MS_MAX,
  endBeforeTry,
  PATIENCE_MS_MAX,
  PATIENCE_MS_MIN,
  type Retry,
  resultOf,
} from './retry.ts';

const NOW_MS = 1_000_000_000_000;
const RETRY: Retry = { triesMax: 4, pausesMs: [1_000, 8_000] };

function row(changes: Partial<LeasedRow> = {}): LeasedRow {
  return {
    id: 7,
    kind: 'mail.reset_password',
    key: 'reset_password/7',
    payload: { email: 'a@example.com' },
    userId: null,
    priority: 0,
    createdAtMs: NOW_MS - 1_000,
    dueAtMs: NOW_MS - 1_000,
    dropAfterMs: null,
    tries: 0,
    ...changes,
  };
}

function after(outcome: TryOutcome, { tries = 0, random = 0 } = {}) {
  return resultOf(row({ tries }), outcome, { retry: RETRY, nowMs: NOW_MS, random: () => random });
}

describe('after a try', () => {
  it('a row is done, without an error', () => {
    expect(after({ kind: 'done' }, { tries: 2 })).toEqual({
      id: 7,
      tries: 2,
      lastError: null,
      next: 'done',
    });
  });

  it('a row for which nothing was to be done is dropped with the reason', () => {
    const result = after({ kind: 'dropped', reason: 'account_gone' });
    expect(result).toEqual({ id: 7, tries: 0, lastError: 'account_gone', next: 'dropped' });
  });

  it('a row that was refused is given up at once', () => {
    const result = after({ kind: 'refused', reason: 'bad_address' });
    expect(result).toEqual({ id: 7, tries: 1, lastError: 'bad_address', next: 'given_up' });
  });

  it('pauses grow up to the last one, and are longer by at most a quarter', () => {
    const pauses = [0, 1, 2].map((tries) =>
      [0, 1].map((random) => after({ kind: 'failed', reason: 'status_500' }, { tries, random })),
    );
    expect(pauses.map((both) => both.map(({ next }) => next))).toEqual([
      [{ dueAtMs: NOW_MS + 1_000 }, { dueAtMs: NOW_MS + 1_250 }],
      [{ dueAtMs: NOW_MS + 8_000 }, { dueAtMs: NOW_MS + 10_000 }],
      [{ dueAtMs: NOW_MS + 8_000 }, { dueAtMs: NOW_MS + 10_000 }],
    ]);
    expect(pauses[1]?.[0]?.tries).toBe(2);
  });

  it('a row that failed for the last time is given up', () => {
    const result = after({ kind: 'failed', reason: 'status_500' }, { tries: 3 });
    expect(result).toEqual({ id: 7, tries: 4, lastError: 'status_500', next: 'given_up' });
  });

  it('a receiver that failed is not asked again before the time it named', () => {
    const outcome = { kind: 'failed', reason: 'status_503', retryAfterMs: 60_000 } as const;
    expect(after(outcome).next).toEqual({ dueAtMs: NOW_MS + 60_000 });
    expect(after({ ...outcome, retryAfterMs: 1 }).next).toEqual({ dueAtMs: NOW_MS + 1_000 });
  });

  it('a wait that a receiver asked for counts no try, also where no try is left', () => {
    const outcome = { kind: 'throttled', reason: 'rate', retryAfterMs: 3_000 } as const;
    expect(after(outcome, { tries: 3 })).toEqual({
      id: 7,
      tries: 3,
      lastError: 'rate',
      next: { dueAtMs: NOW_MS + 3_000 },
    });
  });

  it('a receiver is waited for at least a second, and at most a day', () => {
    const waits = [0, 10 * PATIENCE_MS_MAX].map((retryAfterMs) =>
      after({ kind: 'throttled', reason: 'rate', retryAfterMs }),
    );
    expect(waits.map(({ next }) => next)).toEqual([
      { dueAtMs: NOW_MS + PATIENCE_MS_MIN },
      { dueAtMs: NOW_MS + PATIENCE_MS_MAX },
    ]);
  });

  it('a reason is kept in short', () => {
    const result = after({ kind: 'failed', reason: 'x'.repeat(1_000) });
    expect(result.lastError).toBe('x'.repeat(100));
  });
});

describe('before a try', () => {
  it('a row that is of no use any more is dropped', () => {
    const late = row({ dropAfterMs: NOW_MS - 1 });
    expect(endBeforeTry(late, RETRY, NOW_MS)).toMatchObject({
      lastError: 'too_late',
      next: 'dropped',
    });
    expect(endBeforeTry(row({ dropAfterMs: NOW_MS }), RETRY, NOW_MS)).toBeUndefined();
  });

  it('a row whose lease ran out at each of its tries is given up', () => {
    expect(endBeforeTry(row({ tries: 4 }), RETRY, NOW_MS)).toMatchObject({
      lastError: 'no_result',
      next: 'given_up',
    });
    expect(endBeforeTry(row({ tries: 3 }), RETRY, NOW_MS)).toBeUndefined();
  });

  it('a row that was put off for a month is given up', () => {
    const old = row({ createdAtMs: NOW_MS - AGE_MS_MAX - 1 });
    expect(endBeforeTry(old, RETRY, NOW_MS)).toMatchObject({
      lastError: 'too_old',
      next: 'given_up',
    });
    const young = row({ createdAtMs: NOW_MS - AGE_MS_MAX });
    expect(endBeforeTry(young, RETRY, NOW_MS)).toBeUndefined();
  });
});
