import { describe, expect, it } from 'vitest';
import type { EventState, ItemState, QueueState } from '../../contract/event-state.ts';
import type { EventItemId } from '../../contract/ids.ts';
import { EMPTY_QUEUE } from '../../contract/queue.ts';
import { mayOffer, nextQueueStep } from './queue-steps.ts';

const OPENS_MS = 5_000;
const CLOSES_MS = 9_000;

function eventWith(queue: Partial<QueueState> | undefined): EventState {
  const times = { opensAtMs: OPENS_MS, closesAtMs: CLOSES_MS, published: true, holdSeconds: 300 };
  const quiet = { drawAtMs: null, locksAtMs: null, hasMore: false };
  return { ...times, items: [], ...(queue && { queue: { ...quiet, ...queue } }) };
}

describe('what a settlement leaves to be done for the queue', () => {
  it('is nothing without a queue, or where all is served', () => {
    expect(stepOf(undefined, OPENS_MS)).toBeUndefined();
    expect(stepOf({}, OPENS_MS)).toBeUndefined();
  });

  it('is to serve where units are free for somebody who waits', () => {
    expect(stepOf({ hasMore: true }, OPENS_MS)).toBe('serve');
  });

  it('is to look at a draw once its entries are locked, and when its next step is due', () => {
    const locked = { drawAtMs: OPENS_MS };
    expect(nextQueueStep(eventWith({ ...locked, locksAtMs: 1 }), at(undefined))).toBeUndefined();
    expect(nextQueueStep(eventWith(locked), at(undefined))).toBe('draw');
    expect(stepOf(locked, OPENS_MS, OPENS_MS + 1)).toBeUndefined();
    expect(stepOf(locked, OPENS_MS + 1, OPENS_MS + 1)).toBe('draw');
  });

  it('is to serve only what is drawn', () => {
    const undrawn = { drawAtMs: OPENS_MS, hasMore: true };
    expect(stepOf(undrawn, OPENS_MS, OPENS_MS + 1)).toBeUndefined();
    expect(stepOf(undrawn, OPENS_MS)).toBeUndefined();
  });

  it('is to go on with a draw also before the sale and after it, and nothing else', () => {
    const undrawn = { drawAtMs: OPENS_MS, hasMore: true };
    expect(stepOf(undrawn, OPENS_MS - 1, OPENS_MS - 1)).toBe('draw');
    expect(stepOf(undrawn, CLOSES_MS, CLOSES_MS)).toBe('draw');
    expect(stepOf({ hasMore: true }, OPENS_MS - 1)).toBeUndefined();
    expect(stepOf({ hasMore: true }, CLOSES_MS)).toBeUndefined();
  });
});

function stepOf(
  queue: Partial<QueueState> | undefined,
  nowMs: number,
  drawStepAtMs: number | null = null,
) {
  return nextQueueStep(eventWith(queue), { nowMs, drawStepAtMs });
}

function at(drawStepAtMs: number | undefined) {
  return { nowMs: OPENS_MS, drawStepAtMs };
}

/** A sale of one unit, which is held, and somebody who waits for it. */
function waitedFor(item: Partial<ItemState>, queue: Partial<QueueState> = {}): EventState {
  const id = 'evi_000000000000_1' as EventItemId;
  const stock = { total: 1, remaining: 0, held: 1, sold: 0, nextReleaseAtMs: OPENS_MS + 100 };
  const waiting = { ...EMPTY_QUEUE, waiting: 1, waitingUnits: 1 };
  return { ...eventWith(queue), items: [{ id, ...stock, queue: waiting, ...item }] };
}

describe('a settlement that may make offers', () => {
  const busy = { nowMs: OPENS_MS, hasAttempts: true, returnsUnits: false };
  const idle = { nowMs: OPENS_MS, hasAttempts: false, returnsUnits: false };

  it('is one with attempts while somebody waits for units that are free or held', () => {
    expect(mayOffer(waitedFor({}), busy)).toBe(true);
    expect(mayOffer(waitedFor({ remaining: 1, held: 0 }), busy)).toBe(true);
    const soldOut = waitedFor({ held: 0, sold: 1 });
    expect(mayOffer(soldOut, busy)).toBe(false);
    expect(mayOffer(soldOut, { ...busy, returnsUnits: true })).toBe(true);
    expect(mayOffer(waitedFor({ queue: EMPTY_QUEUE }), busy)).toBe(false);
  });

  it('is one without where a hold is due, more is to be served, or a draw was due', () => {
    expect(mayOffer(waitedFor({}), idle)).toBe(false);
    expect(mayOffer(waitedFor({}), { ...idle, nowMs: OPENS_MS + 100 })).toBe(true);
    expect(mayOffer(waitedFor({}, { hasMore: true }), idle)).toBe(true);
    expect(mayOffer(waitedFor({}, { drawAtMs: OPENS_MS }), idle)).toBe(true);
  });

  it('is none before the sale, after it, and without a queue', () => {
    const more = waitedFor({}, { hasMore: true });
    expect(mayOffer(more, { ...busy, nowMs: OPENS_MS - 1 })).toBe(false);
    expect(mayOffer(more, { ...busy, nowMs: CLOSES_MS })).toBe(false);
    expect(mayOffer(eventWith(undefined), busy)).toBe(false);
  });
});
