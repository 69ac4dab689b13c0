import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { anOrder, instant, NOON_MS } from '../testing/builders.ts';
import {
  heldOrder,
  momentsOf,
  NO_PURCHASE,
  type Purchase,
  type PurchaseAction,
  reducePurchase,
} from './purchase.ts';

const order = anOrder();
const CHEAP = { priceCents: 100, currency: 'EUR' };
const DEAR = { priceCents: 101, currency: 'EUR' };
const HELD: Purchase = { step: 'held', order };

function after(purchase: Purchase, ...actions: PurchaseAction[]): Purchase {
  return actions.reduce(reducePurchase, purchase);
}

/** The key of the call under way. */
function keyUnderWay(purchase: Purchase): string {
  if (purchase.step === 'buying') return purchase.intent.key;
  return purchase.step === 'deciding' ? purchase.key : 'none';
}

test('buying and confirming goes from idle over a hold to confirmed', () => {
  const bought = after(NO_PURCHASE, { type: 'buy', quantity: 1, key: 'k1' });
  expect(bought).toEqual({ step: 'buying', intent: { quantity: 1, key: 'k1' } });
  const held = after(bought, { type: 'answered', order });
  expect(heldOrder(held)).toBe(order);
  const confirming = after(held, { type: 'decide', verb: 'confirm', key: 'k2' });
  const confirmed = { ...order, status: 'confirmed' as const };
  expect(after(confirming, { type: 'answered', order: confirmed })).toEqual({
    step: 'confirmed',
    order: confirmed,
  });
});

test('a second press of Buy changes nothing, while buying and while holding', () => {
  const buying = after(NO_PURCHASE, { type: 'buy', quantity: 1, key: 'k1' });
  expect(after(buying, { type: 'buy', quantity: 1, key: 'k2' })).toBe(buying);
  expect(after(HELD, { type: 'buy', quantity: 1, key: 'k2' })).toBe(HELD);
});

test('after an unknown outcome the next press repeats the same key', () => {
  const unknown = after(
    NO_PURCHASE,
    { type: 'buy', quantity: 1, key: 'k1' },
    { type: 'refused', problem: { code: 'no_answer' } },
  );
  expect(after(unknown, { type: 'buy', quantity: 1, key: 'k2' })).toMatchObject({
    intent: { key: 'k1' },
  });
});

test('another price on the page is another intent, and the same one the same', () => {
  const unknown = after(
    NO_PURCHASE,
    { type: 'buy', quantity: 1, key: 'k1', shown: CHEAP },
    { type: 'refused', problem: { code: 'no_answer' } },
  );
  const press = { type: 'buy', quantity: 1, key: 'k2' } as const;
  expect(keyUnderWay(after(unknown, { ...press, shown: CHEAP }))).toBe('k1');
  expect(keyUnderWay(after(unknown, { ...press, shown: DEAR }))).toBe('k2');
  expect(keyUnderWay(after(unknown, press))).toBe('k2');
});

test('another quantity is another intent with its own key', () => {
  const unknown = after(
    NO_PURCHASE,
    { type: 'buy', quantity: 1, key: 'k1' },
    { type: 'refused', problem: { code: 'no_answer' } },
  );
  expect(after(unknown, { type: 'buy', quantity: 2, key: 'k2' })).toMatchObject({
    intent: { key: 'k2' },
  });
});

test('after a plain refusal the next press has a new key', () => {
  const refused = after(
    NO_PURCHASE,
    { type: 'buy', quantity: 1, key: 'k1' },
    { type: 'refused', problem: { code: 'sold_out' } },
  );
  expect(refused).toEqual({ step: 'idle', problem: { code: 'sold_out' } });
  expect(after(refused, { type: 'buy', quantity: 1, key: 'k2' })).toMatchObject({
    intent: { key: 'k2' },
  });
});

test('an unanswered confirm keeps the hold and its key, but not for cancelling', () => {
  const unknown = after(
    HELD,
    { type: 'decide', verb: 'confirm', key: 'k1' },
    { type: 'refused', problem: { code: 'busy' } },
  );
  expect(heldOrder(unknown)).toBe(order);
  const again = after(unknown, { type: 'decide', verb: 'confirm', key: 'k2' });
  expect(again).toMatchObject({ step: 'deciding', key: 'k1' });
  const other = after(unknown, { type: 'decide', verb: 'cancel', key: 'k3' });
  expect(other).toMatchObject({ step: 'deciding', key: 'k3' });
});

test('the end of the hold does not interrupt a confirm under way', () => {
  const confirming = after(HELD, { type: 'decide', verb: 'confirm', key: 'k1' });
  expect(after(confirming, { type: 'timeUp' })).toBe(confirming);
  expect(after(HELD, { type: 'timeUp' })).toEqual({ step: 'expired', order });
});

test.each([
  ['hold_expired', 'expired'],
  ['event_ended', 'expired'],
  ['order_cancelled', 'cancelled'],
  ['order_confirmed', 'confirmed'],
] as const)('%s ends the purchase as %s', (code, step) => {
  const deciding = after(HELD, { type: 'decide', verb: 'confirm', key: 'k1' });
  expect(after(deciding, { type: 'refused', problem: { code } })).toMatchObject({ step });
});

test('a hold found in the history is taken up again', () => {
  expect(after(NO_PURCHASE, { type: 'found', order })).toEqual(HELD);
});

test('what another tab did to the hold counts here too', () => {
  const cancelled = { ...order, status: 'cancelled' as const };
  expect(after(HELD, { type: 'found', order: cancelled })).toEqual({
    step: 'cancelled',
    order: cancelled,
  });
});

test('old orders and the one just expired do not come back as holds', () => {
  const confirmed = { ...order, status: 'confirmed' as const };
  expect(after(NO_PURCHASE, { type: 'found', order: confirmed })).toBe(NO_PURCHASE);
  const expired = after(HELD, { type: 'timeUp' });
  expect(after(expired, { type: 'found', order })).toBe(expired);
});

test('an answer that comes when nothing was asked is ignored', () => {
  expect(after(NO_PURCHASE, { type: 'answered', order })).toBe(NO_PURCHASE);
  expect(after(HELD, { type: 'refused', problem: { code: 'busy' } })).toBe(HELD);
});

test('the moments to look again are the ends of holds, own and others', () => {
  const problem = { code: 'sold_out', nextReleaseAt: instant(NOON_MS) } as const;
  const moments = momentsOf([HELD, { step: 'idle', problem }, NO_PURCHASE]);
  expect(moments).toEqual([Date.parse(order.expiresAt), NOON_MS]);
});

test('no order of events shows two holds or leaves a call under way without a key', () => {
  const actions = fc.constantFrom<PurchaseAction>(
    { type: 'buy', quantity: 1, key: 'a' },
    { type: 'buy', quantity: 2, key: 'b' },
    { type: 'decide', verb: 'confirm', key: 'c' },
    { type: 'decide', verb: 'cancel', key: 'd' },
    { type: 'answered', order },
    { type: 'answered', order: { ...order, status: 'confirmed' } },
    { type: 'refused', problem: { code: 'no_answer' } },
    { type: 'refused', problem: { code: 'sold_out' } },
    { type: 'retrying', problem: { code: 'busy' } },
    { type: 'timeUp' },
    { type: 'found', order },
  );
  fc.assert(
    fc.property(fc.array(actions, { maxLength: 30 }), (list) => {
      const end = after(NO_PURCHASE, ...list);
      const isHeld = end.step === 'held' || end.step === 'deciding';
      expect(heldOrder(end) !== null).toBe(isHeld);
      expect(keyUnderWay(end)).toMatch(/^[a-d]$|^none$/);
    }),
  );
});
