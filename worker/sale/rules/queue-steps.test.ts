import { describe, expect, it } from 'vitest';
import type { EventState, QueueState } from '../../contract/event-state.ts';
import { nextQueueStep } from './queue-steps.ts';

const OPENS_MS = 5_000;
const CLOSES_MS = 9_000;

function eventWith(queue: Partial<QueueState> | undefined): EventState {
  const times = { opensAtMs: OPENS_MS, closesAtMs: CLOSES_MS, published: true, holdSeconds: 300 };
  const quiet = { drawAtMs: null, locksAtMs: null, hasMore: false };
  return { ...times, items: [], ...(queue && { queue: { ...quiet, ...queue } }) };
}

describe('what a settlement leaves to be done for the queue', () => {
  it('is nothing without a queue, or where all is served', () => {
    expect(nextQueueStep(eventWith(undefined), OPENS_MS)).toBeUndefined();
    expect(nextQueueStep(eventWith({}), OPENS_MS)).toBeUndefined();
  });

  it('is to serve where units are free for somebody who waits', () => {
    expect(nextQueueStep(eventWith({ hasMore: true }), OPENS_MS)).toBe('serve');
  });

  it('is to draw from the time of the draw on, and to serve only what is drawn', () => {
    const undrawn = eventWith({ drawAtMs: OPENS_MS + 1, hasMore: true });
    expect(nextQueueStep(undrawn, OPENS_MS)).toBeUndefined();
    expect(nextQueueStep(undrawn, OPENS_MS + 1)).toBe('draw');
  });

  it('is nothing before the sale and after it', () => {
    const queue = { drawAtMs: 0, hasMore: true };
    expect(nextQueueStep(eventWith(queue), OPENS_MS - 1)).toBeUndefined();
    expect(nextQueueStep(eventWith(queue), CLOSES_MS)).toBeUndefined();
    expect(nextQueueStep(eventWith({ hasMore: true }), CLOSES_MS)).toBeUndefined();
  });
});
