import { expect, test } from 'vitest';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { anEntryOf } from '../../testing/orders.ts';
import { endOfRefund, isReturning } from './refund-state.ts';

const REFUND = { createdAt: instant(NOON_MS) };
const decided = anEntryOf('refund_decided');
const before = (what: 'released' | 'refunded') => anEntryOf(what, { at: instant(NOON_MS - 1) });

test('money is on its way until each refund has ended', () => {
  expect(isReturning([])).toBe(false);
  expect(isReturning([decided, decided, anEntryOf('refunded')])).toBe(true);
  expect(isReturning([decided, decided, anEntryOf('refunded'), anEntryOf('refund_failed')])).toBe(
    false,
  );
});

test('a refund ends by what the story tells since it was decided', () => {
  const end = (...story: (typeof decided)[]) => endOfRefund(REFUND, story)?.what;
  // The story is not read anew yet.
  expect(end()).toBeUndefined();
  expect(end(before('refunded'), before('released'))).toBeUndefined();
  expect(end(decided)).toBeUndefined();
  expect(end(decided, anEntryOf('refunded'))).toBe('refunded');
  expect(end(decided, anEntryOf('refund_failed'))).toBe('refund_failed');
  expect(end(decided, anEntryOf('released'), anEntryOf('refunded'))).toBe('released');
});
