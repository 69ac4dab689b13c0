import { describe, expect, it } from 'vitest';
import type { RowResult } from '../../stores/postgres/outbox-work.ts';
import { RECORD_DELAY_MS, Recorder } from './recorder.ts';

function result(id: number): RowResult {
  return { id, tries: 0, lastError: null, next: 'done' };
}

/** By default nothing waits for others. */
function recorder(groupFull = 0) {
  const calls: { ids: number[]; answer: PromiseWithResolvers<readonly number[]> }[] = [];
  const paused: number[] = [];
  const pauses: (() => void)[] = [];
  const made = new Recorder({
    record: (results) => {
      const answer = Promise.withResolvers<readonly number[]>();
      calls.push({ ids: results.map(({ id }) => id), answer });
      return answer.promise;
    },
    groupFull,
    pause: (ms) => {
      if (ms === RECORD_DELAY_MS) return new Promise((done) => void pauses.push(done));
      paused.push(ms);
      return Promise.resolve();
    },
  });
  const endPause = () => pauses.shift()?.();
  return { made, calls, paused, endPause };
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    return error;
  }
}

async function settled(): Promise<void> {
  for (let n = 0; n < 20; n++) await Promise.resolve();
}

describe('recording results', () => {
  it('waits a moment for others, and no longer once there are enough of them', async () => {
    const { made, calls, endPause } = recorder(3);
    void made.add(result(1));
    void made.add(result(2));
    await settled();
    expect(calls).toEqual([]);
    endPause();
    await settled();
    calls[0]?.answer.resolve([1, 2]);
    for (const id of [3, 4, 5]) void made.add(result(id));
    await settled();
    expect(calls.map(({ ids }) => ids)).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('waits for nothing more once it is flushed', async () => {
    const { made, calls } = recorder(3);
    void made.add(result(1));
    made.flush();
    await settled();
    void made.add(result(2));
    calls[0]?.answer.resolve([1]);
    await settled();
    expect(calls.map(({ ids }) => ids)).toEqual([[1], [2]]);
  });

  it('sends those together that came during a call', async () => {
    const { made, calls } = recorder();
    const first = made.add(result(1));
    await settled();
    const others = [2, 3].map((id) => made.add(result(id)));
    await settled();
    expect(calls.map(({ ids }) => ids)).toEqual([[1]]);
    calls[0]?.answer.resolve([1]);
    expect(await first).toBe(true);
    await settled();
    expect(calls.map(({ ids }) => ids)).toEqual([[1], [2, 3]]);
    calls[1]?.answer.resolve([3]);
    expect(await Promise.all(others)).toEqual([false, true]);
  });

  it('tries a call that failed again, and throws after the last time', async () => {
    const { made, calls, paused } = recorder();
    const failed = failureOf(made.add(result(1)));
    for (let n = 0; n < 3; n++) {
      await settled();
      calls[n]?.answer.reject(new Error('away'));
    }
    expect(await failed).toEqual(new Error('away'));
    expect(paused).toEqual([500, 500]);
    expect(calls.length).toBe(3);
  });

  it('goes on with later results behind a call that failed', async () => {
    const { made, calls } = recorder();
    const failed = failureOf(made.add(result(1)));
    for (let n = 0; n < 3; n++) {
      await settled();
      calls[n]?.answer.reject(new Error('away'));
    }
    await failed;
    const later = made.add(result(2));
    await settled();
    calls[3]?.answer.resolve([2]);
    expect(await later).toBe(true);
  });
});
