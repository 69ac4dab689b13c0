import { describe, expect, it } from 'vitest';
import type { EventId, EventItemId, UserId } from '../../contract/ids.ts';
import { Fault } from '../../platform/faults.ts';
import type { Answer, Attempt, AttemptResult, EdgeReport } from '../rules/attempts.ts';
import { makeHolders } from '../rules/holder-filter.ts';
import {
  ANSWER_MS_MAX,
  BATCH_SIZE_MAX,
  Batcher,
  CALLS_BEFORE_BATCHING,
  COLLECT_MS,
  COLLECT_MS_MAX,
} from './batcher.ts';

const eventId = 'evt_000000000000' as EventId;
const otherEventId = 'evt_000000000001' as EventId;
const eventItemId = 'evi_000000000000_1' as EventItemId;
const stock = { total: 1, remaining: 0, held: 0, sold: 1 };

function reserve(customer: number): Attempt {
  const customerId = `usr_${customer}` as UserId;
  return { kind: 'reserve', eventItemId, quantity: 1, customerId, sessionEpoch: 0, key: null };
}

function refused(customer: number): Answer {
  return { ok: false, refusal: { code: 'not_open', opensAtMs: customer }, nowMs: 0 };
}

function numberOf({ customerId }: Attempt): number {
  return Number(customerId.slice('usr_'.length));
}

interface Call {
  eventId: EventId;
  attempts: Attempt[];
  report: EdgeReport;
  answer(result?: Partial<AttemptResult>): void;
  fail(error: unknown): void;
}

/** An object that answers when the test says so, and a clock that the test moves. */
function setUp(shares = true) {
  const calls: Call[] = [];
  let timers: { atMs: number; fire: () => void }[] = [];
  let nowMs = 1_000;
  const kept: Promise<unknown>[] = [];
  const batcher = new Batcher({
    shares,
    call: (of, attempts, report) =>
      new Promise((resolve, reject) => {
        const answers = attempts.map((attempt) => refused(numberOf(attempt)));
        calls.push({
          eventId: of,
          attempts,
          report,
          answer: (result) => resolve({ answers, ...result }),
          fail: reject,
        });
      }),
    nowMs: () => nowMs,
    after: (ms, then) => {
      const timer = { atMs: nowMs + ms, fire: then };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    keep: (work) => kept.push(work),
  });
  const ask = (customer: number, of = eventId) => batcher.attempt(of, reserve(customer));
  return {
    calls,
    kept,
    ask,
    /** So many calls are under way afterwards, each with one attempt. */
    load: () =>
      Promise.all(Array.from({ length: CALLS_BEFORE_BATCHING }, (_, n) => ask(900_000 + n))),
    sizes: () => calls.map(({ attempts }) => attempts.length),
    timersLeft: () => timers.length,
    loseTimers() {
      timers = [];
    },
    pass(ms: number) {
      nowMs += ms;
      const due = timers.filter(({ atMs }) => atMs <= nowMs);
      timers = timers.filter(({ atMs }) => atMs > nowMs);
      for (const { fire } of due) fire();
    },
  };
}

describe('the batcher', () => {
  it('passes an attempt on at once while few are under way', () => {
    const { load, sizes } = setUp();
    void load();
    expect(sizes()).toEqual(Array.from({ length: CALLS_BEFORE_BATCHING }, () => 1));
  });

  it('collects those under load into one batch and gives each its own answer', async () => {
    const { load, ask, pass, calls } = setUp();
    void load();
    const answers = [ask(1), ask(2), ask(3)];
    expect(calls).toHaveLength(CALLS_BEFORE_BATCHING);
    pass(COLLECT_MS);
    const batch = calls.at(-1);
    expect(batch?.attempts.map(numberOf)).toEqual([1, 2, 3]);
    batch?.answer();
    expect(await Promise.all(answers)).toEqual([refused(1), refused(2), refused(3)]);
  });

  it('makes a call for each where requests may not share one', () => {
    const { load, ask, sizes } = setUp(false);
    void load();
    void ask(1);
    void ask(2);
    expect(sizes()).toEqual(Array.from({ length: CALLS_BEFORE_BATCHING + 2 }, () => 1));
  });

  it('passes a full batch on without waiting, and only once', () => {
    const { load, ask, pass, sizes } = setUp();
    void load();
    for (let n = 0; n < BATCH_SIZE_MAX; n++) void ask(n);
    expect(sizes().at(-1)).toBe(BATCH_SIZE_MAX);
    pass(COLLECT_MS);
    expect(sizes()).toHaveLength(CALLS_BEFORE_BATCHING + 1);
  });

  it('never mixes the attempts of two events', () => {
    const { load, ask, pass, calls } = setUp();
    void load();
    void ask(1);
    void ask(2, otherEventId);
    expect(calls.at(-1)?.eventId).toBe(otherEventId);
    pass(COLLECT_MS);
    expect(calls.at(-1)?.eventId).toBe(eventId);
    expect(calls.at(-1)?.attempts).toHaveLength(1);
  });

  it('collects no longer when the calls were answered', async () => {
    const { load, ask, calls } = setUp();
    const first = load();
    for (const { answer } of calls) answer();
    await first;
    void ask(1);
    expect(calls).toHaveLength(CALLS_BEFORE_BATCHING + 1);
  });

  it('gives everybody in a batch the fault of its call', async () => {
    const { load, ask, pass, calls } = setUp();
    void load();
    const answers = [ask(1), ask(2)];
    pass(COLLECT_MS);
    const fault = new Fault('gone', { retryable: true });
    calls.at(-1)?.fail(fault);
    for (const answer of answers) await expect(answer).rejects.toBe(fault);
  });

  it('sends a batch with the next attempt where its timer is lost', async () => {
    const { load, ask, pass, calls, loseTimers } = setUp();
    void load();
    const stranded = ask(1);
    loseTimers();
    pass(COLLECT_MS_MAX + 1);
    void ask(2);
    expect(calls.at(-1)?.attempts.map(numberOf)).toEqual([1, 2]);
    calls.at(-1)?.answer();
    expect(await stranded).toEqual(refused(1));
  });

  it('ends the wait of an attempt without an answer, with a fault that may be tried again', async () => {
    const { ask, pass } = setUp();
    const answer = ask(1);
    pass(ANSWER_MS_MAX);
    await expect(answer).rejects.toMatchObject({ retryable: true });
  });

  it('leaves no timer behind, and keeps each call alive', async () => {
    const { load, ask, pass, calls, kept, timersLeft } = setUp();
    const answers = [load(), ask(1), ask(2)];
    pass(COLLECT_MS);
    for (const { answer } of calls) answer();
    await Promise.all(answers);
    await Promise.all(kept);
    expect(kept.length).toBeGreaterThan(CALLS_BEFORE_BATCHING);
    expect(timersLeft()).toBe(0);
  });

  it('answers sold out by itself, and reports to the object how often with the next call', async () => {
    const { ask, calls, pass } = setUp();
    const first = ask(1);
    const item = { id: eventItemId, ...stock, nextReleaseAtMs: null };
    const holders = makeHolders(1);
    calls[0]?.answer({ notice: { takenAtMs: 900, untilMs: 2_000, items: [item], holders } });
    await first;
    expect(await ask(2)).toMatchObject({ ok: false, refusal: { code: 'sold_out', stock } });
    expect(await ask(3)).toMatchObject({ refusal: { code: 'sold_out' } });
    expect(calls).toHaveLength(1);
    pass(1_000);
    void ask(4);
    expect(calls[1]?.report).toEqual({ noticeTakenAtMs: 900, soldOutSaid: 2 });
    void ask(5);
    expect(calls[2]?.report).toEqual({ noticeTakenAtMs: 900, soldOutSaid: 0 });
  });
});
