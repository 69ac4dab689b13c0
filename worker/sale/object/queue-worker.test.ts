import { describe, expect, it } from 'vitest';
import type { QueueStep } from '../rules/queue-steps.ts';
import { QueueWorker } from './queue-worker.ts';

/** @param left what each settlement leaves to be done, the first of them first. */
function setUp(left: (QueueStep | undefined)[], { settles = true, fails = false } = {}) {
  const done: string[] = [];
  const reported: unknown[] = [];
  const worker = new QueueWorker({
    draw: async () => {
      done.push('draw');
      if (fails) throw new Error('away');
      return settles;
    },
    serve: async () => {
      done.push('serve');
      worker.goOn(left.shift());
    },
    report: (error) => reported.push(error),
  });
  return { worker, done, reported };
}

/** Lets every promise that can go on do so. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('the queue’s worker', () => {
  it('goes on until a settlement leaves nothing to be done', async () => {
    const { worker, done } = setUp(['serve', 'serve', undefined]);
    worker.goOn('draw');
    await settled();
    expect(done).toEqual(['draw', 'serve', 'serve', 'serve']);
  });

  it('does nothing where nothing is left', async () => {
    const { worker, done } = setUp([]);
    worker.goOn(undefined);
    await settled();
    expect(done).toEqual([]);
  });

  it('settles after a step of the draw, which names the next one', async () => {
    const { worker, done } = setUp(['draw', undefined]);
    worker.goOn('draw');
    await settled();
    expect(done).toEqual(['draw', 'serve', 'draw', 'serve']);
  });

  it('stops where a step of the draw changed nothing', async () => {
    const { worker, done } = setUp([undefined], { settles: false });
    worker.goOn('draw');
    await settled();
    expect(done).toEqual(['draw']);
  });

  it('reports what fails, and begins anew when it is told to', async () => {
    const { worker, done, reported } = setUp([undefined], { fails: true });
    worker.goOn('draw');
    await settled();
    expect(reported).toMatchObject([{ message: 'away' }]);
    worker.goOn('serve');
    await settled();
    expect(done).toEqual(['draw', 'serve']);
  });

  it('takes one step at a time', async () => {
    const { worker, done } = setUp(['serve', undefined]);
    worker.goOn('serve');
    worker.goOn('serve');
    await settled();
    expect(done).toEqual(['serve', 'serve']);
  });
});
