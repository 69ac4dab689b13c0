import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eventIdOf,
  eventIdSchema,
  eventItemIdSchema,
  type FillRandom,
  isMadeWith,
  itemIdSchema,
  makeEventId,
  makeEventItemId,
  makeItemId,
  makeOrderId,
  makeUserId,
  orderIdRange,
  orderIdSchema,
  userIdSchema,
} from './ids.ts';
import { orderNumberOf, orderNumberSchema } from './order-numbers.ts';

const fillRandom: FillRandom = (bytes) => crypto.getRandomValues(bytes);
const anyTimeMs = fc.integer({ min: 0, max: 2 ** 48 - 1 });

/** Not a good one, but another one for each key. */
const keyed = (key: number) => (text: string) =>
  Uint8Array.from(
    { length: 32 },
    (_, n) => (text.charCodeAt(n % text.length) * 31 + key * n) % 251,
  );

describe('ids', () => {
  it('pass the schema of their own kind', () => {
    fc.assert(
      fc.property(anyTimeMs, fc.integer({ min: 1, max: 999 }), (nowMs, position) => {
        const eventId = makeEventId(fillRandom);
        expect(eventIdSchema.parse(eventId)).toBe(eventId);
        const eventItemId = makeEventItemId(eventId, position);
        expect(eventItemIdSchema.parse(eventItemId)).toBe(eventItemId);
        const orderId = makeOrderId(eventId, nowMs, fillRandom);
        expect(orderIdSchema.parse(orderId)).toBe(orderId);
        expect(userIdSchema.safeParse(makeUserId(nowMs, fillRandom)).success).toBe(true);
        expect(itemIdSchema.safeParse(makeItemId(nowMs, fillRandom)).success).toBe(true);
      }),
    );
  });

  it('of an event item and of an order name their event', () => {
    const eventId = makeEventId(fillRandom);
    expect(eventIdOf(makeEventItemId(eventId, 7))).toBe(eventId);
    expect(eventIdOf(makeOrderId(eventId, 1_700_000_000_000, fillRandom))).toBe(eventId);
  });

  it('of orders end in the number that people speak of', () => {
    const orderId = orderIdSchema.parse('ord_0123456789ab_01kb8c4f7k9qx2m3ht');
    expect(orderNumberOf(orderId)).toBe('4F7K-9QX2-M3HT');
    const made = makeOrderId(makeEventId(fillRandom), 1_700_000_000_000, fillRandom);
    expect(orderNumberSchema.safeParse(orderNumberOf(made)).success).toBe(true);
  });

  it('of orders sort by the time they were made', () => {
    const eventId = makeEventId(fillRandom);
    fc.assert(
      fc.property(anyTimeMs, anyTimeMs, (a, b) => {
        fc.pre(a < b);
        const earlier = makeOrderId(eventId, a, fillRandom);
        expect(earlier < makeOrderId(eventId, b, fillRandom)).toBe(true);
      }),
    );
  });

  it('of an event’s orders lie within its range, and no other event’s do', () => {
    const eventId = makeEventId(fillRandom);
    const [first, last] = orderIdRange(eventId);
    for (const id of [first, last]) expect(orderIdSchema.parse(id)).toBe(id);
    fc.assert(
      fc.property(anyTimeMs, (nowMs) => {
        const mine = makeOrderId(eventId, nowMs, fillRandom);
        const other = makeOrderId(makeEventId(fillRandom), nowMs, fillRandom);
        expect([first <= mine, mine <= last]).toEqual([true, true]);
        expect(first <= other && other <= last).toBe(false);
      }),
    );
  });

  it('do not repeat', () => {
    const made = Array.from({ length: 10_000 }, () => makeEventId(fillRandom));
    expect(new Set(made).size).toBe(made.length);
  });

  it('of an event show by a keyed digest whose they are, and look like all others', () => {
    const made = Array.from({ length: 1_000 }, () => makeEventId(fillRandom, keyed(7)));
    expect(new Set(made).size).toBe(made.length);
    for (const id of made) {
      expect(eventIdSchema.parse(id)).toBe(id);
      expect(isMadeWith(keyed(7), id)).toBe(true);
      expect(isMadeWith(keyed(8), id)).toBe(false);
    }
    expect(isMadeWith(keyed(7), makeEventId(fillRandom))).toBe(false);
  });

  it('refuse a number that no event item can have', () => {
    const eventId = makeEventId(fillRandom);
    for (const number of [0, 1_000, 1.5]) {
      expect(() => makeEventItemId(eventId, number)).toThrow(RangeError);
    }
    for (const number of ['0', '01', '1000', '']) {
      const id = `evi_${eventId.slice(4)}_${number}`;
      expect(eventItemIdSchema.safeParse(id).success).toBe(false);
    }
  });
});
