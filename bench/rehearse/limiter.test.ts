/** Proves the bound and the order of the waiters. */
import { expect, test } from 'vitest';
import { inParallel, openLimiter } from './limiter.ts';

test('no more than the lanes are inside at once', async () => {
  let inside = 0;
  let most = 0;
  const limiter = openLimiter(3);
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      await limiter.acquire(false);
      most = Math.max(most, ++inside);
      await Promise.resolve();
      inside--;
      limiter.release();
    }),
  );
  expect(most).toBe(3);
});

test('an urgent one passes those who wait, and the others keep their order', async () => {
  const limiter = openLimiter(1);
  const order: string[] = [];
  const visit = async (name: string, urgent: boolean): Promise<void> => {
    await limiter.acquire(urgent);
    order.push(name);
    limiter.release();
  };
  await limiter.acquire(false);
  const visits = [visit('first', false), visit('second', false), visit('urgent', true)];
  limiter.release();
  await Promise.all(visits);
  expect(order).toEqual(['urgent', 'first', 'second']);
});

test('every index is done once, a few at a time', async () => {
  const done: number[] = [];
  let inside = 0;
  await inParallel(4, 25, async (index) => {
    expect(++inside).toBeLessThanOrEqual(4);
    await Promise.resolve();
    inside--;
    done.push(index);
  });
  expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index));
});
