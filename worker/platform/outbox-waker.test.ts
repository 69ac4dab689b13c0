import { describe, expect, it } from 'vitest';
import { createOutboxWaker } from './outbox-waker.ts';

function outbox(dispatches = true) {
  const calls: PromiseWithResolvers<void>[] = [];
  const kept: Promise<void>[] = [];
  const reported: unknown[] = [];
  const clock = { nowMs: 0 };
  const wake = createOutboxWaker({
    dispatches,
    call: () => {
      const answer = Promise.withResolvers<void>();
      calls.push(answer);
      return answer.promise;
    },
    nowMs: () => clock.nowMs,
    keep: (work) => kept.push(work),
    report: (error) => reported.push(error),
  });
  return { wake, calls, kept, reported, clock };
}

/** Lets everything go on that waits for nothing but promises. */
async function settled(): Promise<void> {
  for (let n = 0; n < 10; n++) await Promise.resolve();
}

describe('waking the outbox', () => {
  it('makes one call for many rows, and one more for those that were written during it', async () => {
    const { wake, calls, kept } = outbox();
    for (let n = 0; n < 20; n++) wake();
    expect(calls.length).toBe(1);
    calls[0]?.resolve();
    await settled();
    expect(calls.length).toBe(2);
    calls[1]?.resolve();
    await Promise.all(kept);
    expect(calls.length).toBe(2);
  });

  it('calls nobody where another Worker works off the outbox', () => {
    const { wake, calls, kept } = outbox(false);
    wake();
    expect(calls).toEqual([]);
    expect(kept).toEqual([]);
  });

  it('calls again for rows that come later', async () => {
    const { wake, calls, kept } = outbox();
    wake();
    calls[0]?.resolve();
    await Promise.all(kept);
    wake();
    expect(calls.length).toBe(2);
  });

  it('reports a call that failed and is ready for the next', async () => {
    const { wake, calls, kept, reported } = outbox();
    wake();
    calls[0]?.reject(new Error('away'));
    await Promise.all(kept);
    expect(reported).toEqual([new Error('away')]);
    wake();
    expect(calls.length).toBe(2);
  });

  it('does not wait for ever for a call that was lost', () => {
    const { wake, calls, clock } = outbox();
    wake();
    clock.nowMs = 4_999;
    wake();
    expect(calls.length).toBe(1);
    clock.nowMs = 5_000;
    wake();
    expect(calls.length).toBe(2);
  });
});
