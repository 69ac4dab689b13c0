import { describe, expect, it } from 'vitest';
import type { EventItemId, OrderId, PaymentId, RefundId, UserId } from '../../contract/ids.ts';
import type {
  LedgerAnswer,
  ReserveAttempt,
  Settlement,
  StampedAttempt,
} from '../rules/attempts.ts';
import type { OrderRecord } from '../rules/order-record.ts';
import { RATE_BURST, RATE_INTERVAL_MS } from '../rules/rate-limiter.ts';
import type { ShopAttempt } from '../rules/shop-attempts.ts';
import { Admission, HOLDERS_AGAIN_MS, PENDING_MAX, SHOP_PENDING_EXTRA } from './admission.ts';

const eventItemId = 'evi_000000000000_1' as EventItemId;
const NOW_MS = 1_000_000;

function attemptOf(customer: string): ReserveAttempt & StampedAttempt {
  const fields = {
    eventItemId,
    quantity: 1,
    sessionEpoch: 0,
    key: null,
    orderId: 'ord_1' as OrderId,
  };
  return { kind: 'reserve', customerId: customer as UserId, atMs: NOW_MS, ...fields };
}

/** With nobody who waits, unless told otherwise. */
function at(nowMs: number, waiting = 0) {
  return { nowMs, waiting };
}

function eventWith(remaining: number, nextReleaseAtMs: number | null = null): Settlement {
  const stock = { total: 10, remaining, held: 10 - remaining, sold: 0 };
  const items = [{ id: eventItemId, ...stock, nextReleaseAtMs }];
  const times = { opensAtMs: 0, closesAtMs: NOW_MS + 3_600_000, published: true, holdSeconds: 10 };
  return { ...times, items, answers: [], unaskedOrders: [] };
}

const granted = { order: {}, replayed: false } as LedgerAnswer;

/** A sale that is sold out, with one holder from before this object and one since. */
function soldOutAdmission(nextReleaseAtMs: number | null = null): Admission {
  const admission = new Admission();
  const answers = [granted];
  admission.learn({ ...eventWith(0, nextReleaseAtMs), answers }, [attemptOf('since')], NOW_MS);
  admission.learnHolders(['before' as UserId], NOW_MS);
  return admission;
}

describe('the admission to a draw that is still to come', () => {
  it('refuses strangers from its opening on, once those who have an order are known', () => {
    const admission = new Admission();
    const queue = { drawAtMs: NOW_MS, locksAtMs: null, hasMore: false };
    const undrawn = { ...eventWith(9), opensAtMs: NOW_MS, queue };
    admission.learn(undrawn, [], NOW_MS - 1);
    expect(admission.wantsHolders).toBe(false);
    admission.learn(undrawn, [], NOW_MS);
    expect(admission.wantsHolders).toBe(true);
    admission.learnHolders([], NOW_MS);
    expect(admission.refuse(attemptOf('stranger'), at(NOW_MS))).toMatchObject({
      code: 'queue_ahead',
      queue: { drawAtMs: NOW_MS },
    });
  });
});

describe('the admission of what the shop sends by itself', () => {
  const customerId = 'usr_1' as UserId;
  const orderId = 'ord_1' as OrderId;
  const attempts: ShopAttempt[] = [
    { kind: 'confirm_paid', orderId, customerId, paymentId: 'pay_1' as PaymentId },
    { kind: 'return_units', orderId, customerId, refundId: 'ref_1' as RefundId },
  ];

  it.each(attempts)('is refused at no rate, and nothing early: $kind', (attempt) => {
    const admission = soldOutAdmission();
    admission.learn(null, [], NOW_MS);
    for (let n = 0; n <= RATE_BURST; n++) {
      expect(admission.refuse(attempt, at(NOW_MS))).toBeUndefined();
    }
  });

  it.each(attempts)('finds a place in a line that is full for customers: $kind', (attempt) => {
    const admission = new Admission();
    const full = PENDING_MAX + SHOP_PENDING_EXTRA;
    expect(admission.refuse(attemptOf('a'), at(NOW_MS, PENDING_MAX))).toMatchObject({
      code: 'busy',
    });
    expect(admission.refuse(attempt, at(NOW_MS, full - 1))).toBeUndefined();
    expect(admission.refuse(attempt, at(NOW_MS, full))).toMatchObject({ code: 'busy' });
  });

  it('uses up nothing of its customer’s rate', () => {
    const admission = new Admission();
    for (const attempt of Array.from({ length: RATE_BURST }, () => attempts).flat()) {
      admission.refuse(attempt, at(NOW_MS));
    }
    expect(admission.refuse(attemptOf(customerId), at(NOW_MS))).toBeUndefined();
  });
});

describe('the admission to a sold-out sale', () => {
  it('refuses strangers, and sends to the ledger whoever may have an order', () => {
    const admission = soldOutAdmission();
    expect(admission.refuse(attemptOf('stranger'), at(NOW_MS))).toMatchObject({ code: 'sold_out' });
    for (const holder of ['before', 'since']) {
      expect(admission.refuse(attemptOf(holder), at(NOW_MS))).toBeUndefined();
    }
  });

  it('sends to the ledger also whom it gave an order without being asked', () => {
    const admission = soldOutAdmission();
    const unaskedOrders = [{ customerId: 'unasked' as UserId, order: {} as OrderRecord }];
    expect(admission.refuse(attemptOf('unasked'), at(NOW_MS))).toBeDefined();
    admission.learn({ ...eventWith(0), unaskedOrders }, [], NOW_MS);
    expect(admission.refuse(attemptOf('unasked'), at(NOW_MS))).toBeUndefined();
  });

  it('refuses nobody before the holders from before this object are known', () => {
    const admission = new Admission();
    admission.learn(eventWith(0), [], NOW_MS);
    expect(admission.wantsHolders).toBe(true);
    expect(admission.refuse(attemptOf('stranger'), at(NOW_MS))).toBeUndefined();
    expect(admission.notice(NOW_MS, 0)).toBeUndefined();
    admission.learnHolders([], NOW_MS);
    expect(admission.wantsHolders).toBe(false);
    expect(admission.refuse(attemptOf('stranger'), at(NOW_MS))).toBeDefined();
  });

  it('wants the holders once more, when what an evicted object sent is committed', () => {
    const admission = soldOutAdmission();
    const againAtMs = NOW_MS + HOLDERS_AGAIN_MS;
    const late = attemptOf('of a group of the object before');
    admission.learn(eventWith(0), [], againAtMs - 1);
    expect(admission.wantsHolders).toBe(false);
    admission.learn(eventWith(0), [], againAtMs);
    expect(admission.wantsHolders).toBe(true);
    // Until they have come, what is known goes on to be used.
    expect(admission.refuse(late, at(againAtMs))).toMatchObject({ code: 'sold_out' });
    admission.learnHolders([late.customerId], againAtMs);
    expect(admission.refuse(late, at(againAtMs))).toBeUndefined();
    admission.learn(eventWith(0), [], againAtMs + HOLDERS_AGAIN_MS);
    expect(admission.wantsHolders).toBe(false);
  });

  it('wants the holders only once where they were first read that late', () => {
    const admission = new Admission();
    admission.learn(eventWith(1), [], NOW_MS);
    expect(admission.wantsHolders).toBe(false);
    const lateMs = NOW_MS + HOLDERS_AGAIN_MS;
    admission.learn(eventWith(0), [], lateMs);
    expect(admission.wantsHolders).toBe(true);
    admission.learnHolders([], lateMs);
    admission.learn(eventWith(0), [], lateMs + HOLDERS_AGAIN_MS);
    expect(admission.wantsHolders).toBe(false);
  });

  it('wants the holders twice after a group without an answer, which may yet make offers', () => {
    const admission = new Admission();
    const queue = { drawAtMs: null, locksAtMs: null, hasMore: false };
    const event = { ...eventWith(0), queue };
    admission.learn(event, [], NOW_MS - HOLDERS_AGAIN_MS);
    admission.learnHolders([], NOW_MS);
    admission.doubtOffers(NOW_MS + 1);
    admission.learn(event, [], NOW_MS + 2);
    admission.learnHolders([], NOW_MS + 2);
    const againAtMs = NOW_MS + 1 + HOLDERS_AGAIN_MS;
    admission.learn(event, [], againAtMs - 1);
    expect(admission.wantsHolders).toBe(false);
    admission.learn(event, [], againAtMs);
    expect(admission.wantsHolders).toBe(true);
    const late = attemptOf('offered behind the holders');
    expect(admission.refuse(late, at(againAtMs))).toMatchObject({ code: 'sold_out' });
    admission.learnHolders([late.customerId], againAtMs);
    expect(admission.refuse(late, at(againAtMs))).toBeUndefined();
    expect(admission.wantsHolders).toBe(false);
  });

  it('does not refuse somebody whose first attempt is still waiting or was never answered', () => {
    const admission = soldOutAdmission();
    const first = attemptOf('waiter');
    admission.entered(first.customerId);
    admission.entered(first.customerId);
    admission.left(first.customerId);
    expect(admission.refuse(first, at(NOW_MS))).toBeUndefined();
    admission.left(first.customerId);
    expect(admission.refuse(first, at(NOW_MS))).toBeDefined();
    admission.doubt(first.customerId);
    admission.learn(eventWith(0), [], NOW_MS + 1);
    expect(admission.refuse(first, at(NOW_MS + 1))).toBeUndefined();
  });

  it('lets no more attempts wait than the limit', () => {
    const admission = new Admission();
    expect(admission.refuse(attemptOf('last'), at(NOW_MS, PENDING_MAX - 1))).toBeUndefined();
    expect(admission.refuse(attemptOf('next'), at(NOW_MS, PENDING_MAX))).toMatchObject({
      code: 'busy',
    });
  });

  it('limits how often one customer may try, whatever is in stock', () => {
    const admission = new Admission();
    const tries = Array.from({ length: RATE_BURST + 1 }, () =>
      admission.refuse(attemptOf('a'), at(NOW_MS)),
    );
    expect(tries.at(-1)).toEqual({ code: 'rate_limited', retryAfterMs: RATE_INTERVAL_MS });
    expect(tries.slice(0, -1).every((refusal) => refusal === undefined)).toBe(true);
  });

  it('gives the edge a notice only where it is newer than the one there', () => {
    const admission = soldOutAdmission();
    expect(admission.notice(NOW_MS, NOW_MS)).toBeUndefined();
    expect(admission.notice(NOW_MS, NOW_MS - 1)).toBeDefined();
    admission.learn(eventWith(1), [], NOW_MS + 1);
    expect(admission.notice(NOW_MS + 1, 0)).toBeUndefined();
  });
});
