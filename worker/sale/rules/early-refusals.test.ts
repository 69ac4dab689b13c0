import { describe, expect, it } from 'vitest';
import type { EventState } from '../../contract/event-state.ts';
import type { EventItemId, OrderId, UserId } from '../../contract/ids.ts';
import type { Attempt } from './attempts.ts';
import { refuseEarly, VIEW_AGE_MS_MAX } from './early-refusals.ts';

const event: EventState = {
  opensAtMs: 5_000,
  closesAtMs: 9_000,
  published: true,
  holdSeconds: 300,
  items: [
    {
      id: 'evi_000000000000_1' as EventItemId,
      total: 2,
      remaining: 0,
      held: 2,
      sold: 0,
      nextReleaseAtMs: 6_000,
    },
  ],
};

const attempt = {
  kind: 'reserve' as const,
  eventItemId: 'evi_000000000000_1' as EventItemId,
  quantity: 1,
  customerId: 'usr_1' as UserId,
  sessionEpoch: 0,
  key: null,
} satisfies Attempt;

describe('an early refusal', () => {
  it('says not open with the opening time, up to the millisecond before', () => {
    expect(early(4_500, 4_999)).toEqual({ code: 'not_open', opensAtMs: 5_000 });
    expect(early(4_500, 5_000)).toMatchObject({ code: 'sold_out' });
  });

  it('is not made from a view that may be stale, so an edited opening is noticed', () => {
    expect(early(3_000, 3_000 + VIEW_AGE_MS_MAX)).toBeDefined();
    expect(early(3_000, 3_001 + VIEW_AGE_MS_MAX)).toBeUndefined();
  });

  it('says sold out with the counts, up to the next release', () => {
    const stock = { total: 2, remaining: 0, held: 2, sold: 0 };
    expect(early(5_500, 5_999)).toEqual({
      code: 'sold_out',
      stock,
      nextReleaseAtMs: 6_000,
      queue: { open: false, waiting: 0, waitingUnits: 0 },
    });
    expect(early(5_500, 6_000)).toBeUndefined();
  });

  it('says sold out and closed to nobody who may have an order already', () => {
    expect(early(8_500, 9_000)).toEqual({ code: 'closed' });
    expect(early(8_500, 9_000, anybody)).toBeUndefined();
    expect(early(5_500, 5_500, anybody)).toBeUndefined();
  });

  it('never concerns a confirmation or a cancellation', () => {
    const confirm = { ...attempt, kind: 'confirm' as const, orderId: 'ord_1' as OrderId };
    const at = { nowMs: 9_000, mayHaveOrder: nobody };
    expect(refuseEarly({ takenAtMs: 8_900, event }, confirm, at)).toBeUndefined();
  });

  it('finds no event that is not published for anybody but who may have an order', () => {
    const unpublished = { ...event, closesAtMs: 0, published: false };
    const view = { takenAtMs: 8_900, event: unpublished };
    const at = { nowMs: 8_900, mayHaveOrder: nobody };
    expect(refuseEarly(view, attempt, at)).toEqual({ code: 'not_found' });
    expect(refuseEarly(view, attempt, { ...at, mayHaveOrder: anybody })).toBeUndefined();
    const confirm = { ...attempt, kind: 'confirm' as const, orderId: 'ord_1' as OrderId };
    expect(refuseEarly(view, confirm, at)).toBeUndefined();
  });

  it('knows an event and an item that do not exist', () => {
    const at = { nowMs: 1, mayHaveOrder: nobody };
    expect(refuseEarly({ takenAtMs: 1, event: null }, attempt, at)).toEqual({ code: 'not_found' });
    const other = { ...attempt, eventItemId: 'evi_000000000000_2' as EventItemId };
    expect(refuseEarly({ takenAtMs: 1, event }, other, at)).toEqual({ code: 'not_found' });
  });
});

function nobody() {
  return false;
}

function anybody() {
  return true;
}

function early(takenAtMs: number, nowMs: number, mayHaveOrder = nobody) {
  return refuseEarly({ takenAtMs, event }, attempt, { nowMs, mayHaveOrder });
}
