import { expect, it } from 'vitest';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import { PAY_GRACE_SECONDS, type PaymentStatus } from '../../worker/contract/payments.ts';
import { anOwnOrder, aPayment, aReceipt } from '../testing/builders.ts';
import { GRACE_MS, isPayable, type Situation, stageOf } from './stage.ts';

const MONEY: readonly PaymentStatus[] = [
  'open',
  'authorised',
  'captured',
  'released',
  'failed',
  'refunded',
  'partly_refunded',
];

function kindOf(status: OrderStatus, payment?: PaymentStatus, more: Partial<Situation> = {}) {
  const order = anOwnOrder({
    payOnline: true,
    payment: payment ? aPayment({ status: payment }) : null,
  });
  const now = { check: 'idle', cameBack: undefined, isInGrace: false } as const;
  return stageOf({ order, status, ...now, ...more })?.kind;
}

const back = (check: Situation['check']) => ({ check, cameBack: 'returned' as const });

it('a hold is to be paid for until somebody has, and again where that came to nothing', () => {
  expect(kindOf('pending')).toBe('to_pay');
  expect(MONEY.map((payment) => kindOf('pending', payment))).toEqual([
    'unfinished',
    'checking',
    'checking',
    'to_pay',
    'to_pay',
    'to_pay',
    'to_pay',
  ]);
});

it('whoever comes back from paying sees that it is checked, for as long as that is so', () => {
  expect(kindOf('pending', 'open', back('running'))).toBe('checking');
  expect(kindOf('pending', 'open', back('over'))).toBe('slow');
  expect(kindOf('pending', 'authorised', back('over'))).toBe('slow');
  // The hold's end is waited out by the shop, too.
  expect(kindOf('expired', 'open', back('running'))).toBe('checking');
  expect(kindOf('expired', 'open', back('over'))).toBe('returning');
});

it('a declined payment says why while one can pay again', () => {
  const declined = anOwnOrder({
    payOnline: true,
    payment: aPayment(),
    receipt: aReceipt({ declined: 'insufficient_funds' }),
  });
  const asked = {
    order: declined,
    check: 'over',
    cameBack: 'cancelled',
    isInGrace: false,
  } as const;
  const stage = stageOf({ ...asked, status: 'pending' });
  expect(stage).toEqual({ kind: 'declined', why: 'insufficient_funds' });
  expect(stage && isPayable(stage)).toBe(true);
  expect(stageOf({ ...asked, status: 'expired' })?.kind).toBe('returning');
});

it('what is confirmed is paid, given back or failed', () => {
  expect(kindOf('confirmed')).toBeUndefined();
  expect(MONEY.map((payment) => kindOf('confirmed', payment))).toEqual([
    'approved',
    'approved',
    'paid',
    'approved',
    'failed',
    'refunded',
    'partly_refunded',
  ]);
});

it('what is not confirmed costs nothing, whatever the money does', () => {
  for (const status of ['expired', 'cancelled'] as const) {
    expect(kindOf(status)).toBeUndefined();
    expect(MONEY.map((payment) => kindOf(status, payment))).toEqual([
      'returning',
      'returning',
      'returning',
      'gone',
      'gone',
      'returned',
      'returned',
    ]);
  }
});

it('an order that its customer confirms has nothing to do with money', () => {
  const asked = {
    order: anOwnOrder(),
    check: 'idle',
    cameBack: undefined,
    isInGrace: false,
  } as const;
  expect(stageOf({ ...asked, status: 'pending' })).toBeNull();
});

it('whoever looks at an order whose hold has just ended is not told yet that it is lost', () => {
  const inGrace = { isInGrace: true };
  expect(kindOf('expired', 'open', inGrace)).toBe('checking');
  expect(kindOf('expired', 'authorised', inGrace)).toBe('checking');
  expect(kindOf('expired', 'released', inGrace)).toBe('gone');
  // It was given up, which waits for nothing.
  expect(kindOf('cancelled', 'open', inGrace)).toBe('returning');
});

it('the page waits as long as the shop does', () => {
  expect(GRACE_MS).toBe(PAY_GRACE_SECONDS * 1_000);
});
