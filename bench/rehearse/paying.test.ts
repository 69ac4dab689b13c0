/** Proves how one shopper pays, against a scripted shop and page, in virtual time. */
import { expect, test } from 'vitest';
import {
  makeEventId,
  makeEventItemId,
  makeOrderId,
  makePaymentId,
} from '../../worker/contract/ids.ts';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { PaymentStatus } from '../../worker/contract/payments.ts';
import type { ApiResult } from './api-result.ts';
import { newObservations, type ObservedHold } from './observations.ts';
import type { PayPart } from './pay-part.ts';
import { finishByPaying } from './paying.ts';
import type { Submitted } from './payment-page.ts';
import type { Role } from './roles.ts';
import type { TakenOrder } from './shop-client.ts';
import { TIMING } from './timing.ts';

const NOW_MS = Date.parse('2026-05-01T12:00:00.000Z');
const HOLD_MS = 6_000;
const EVENT_ID = makeEventId((bytes) => bytes);
const ORDER_ID = makeOrderId(EVENT_ID, 1, (bytes) => bytes);
const ITEM_ID = makeEventItemId(EVENT_ID, 1);
const PAGE = 'http://provider.example/c/pay/1';

interface Script {
  part: PayPart;
  ending?: Role['ending'];
  /** What each form is answered, in turn. */
  page?: Submitted[];
  /** What each look finds, in turn, the last one for ever. */
  looks?: [OrderStatus, PaymentStatus | null][];
  /** By which asking for a page is refused. */
  refusal?: string;
  cancel?: 'order_confirmed';
}

const refused = (code: string): ApiResult<never> => ({ kind: 'refused', refusal: { code } });
const unused = () => Promise.reject(new Error('was not expected'));

async function play({ part, ending = 'keep', page = [], looks = [], ...script }: Script) {
  let nowMs = NOW_MS;
  const done: string[] = [];
  const hold: ObservedHold = {
    shopper: 0,
    eventItemId: ITEM_ID,
    orderId: ORDER_ID,
    units: 1,
    reservedAtMs: nowMs,
    expiresAtMs: nowMs + HOLD_MS,
    committedByMs: nowMs,
    toldAtMs: nowMs,
    endAskedAtMs: null,
    ending: 'held',
    endedByMs: null,
  };
  const order = (status: OrderStatus, told: PaymentStatus | null): TakenOrder['order'] => ({
    id: ORDER_ID,
    eventItemId: ITEM_ID,
    status,
    quantity: 1,
    reservedAt: iso(NOW_MS),
    expiresAt: iso(NOW_MS + HOLD_MS),
    payment: told && { status: told, amountCents: 1_000, refundedCents: 0 },
  });
  const look = (how: string): { order: TakenOrder['order']; serverNow: string } => {
    const turn = done.filter((what) => what.startsWith('look')).length;
    done.push(`look ${how}`);
    const [status, told] = looks[Math.min(turn, looks.length - 1)] ?? ['pending', null];
    return { order: order(status, told), serverNow: iso(nowMs) };
  };
  const observations = newObservations();
  const isDone = await finishByPaying(
    {
      index: 0,
      account: { email: '', password: '', token: '', random: () => 0.5 },
      role: { ending, doubleClicks: false, earlyMs: 0, thinkMs: 500 },
    },
    hold,
    {
      shop: {
        reserve: unused,
        confirm: unused,
        cancel: async () => {
          done.push('cancel');
          if (script.cancel) return refused(script.cancel);
          return {
            kind: 'ok',
            value: { order: order('cancelled', 'open'), serverNow: iso(nowMs) },
          };
        },
      },
      items: [],
      opensAtMs: NOW_MS,
      observations,
      timing: TIMING,
      serverNow: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms;
      },
      newKey: () => 'a key',
      pay: {
        parts: [part],
        shop: {
          pay: async () => {
            done.push('pay');
            if (script.refusal) return refused(script.refusal);
            const id = makePaymentId(EVENT_ID, NOW_MS, (bytes) => bytes);
            return { kind: 'ok', value: { payment: { id, redirectUrl: PAGE } } };
          },
          lookAtPayment: async () => ({ kind: 'ok', value: look('at the provider') }),
          newestOrders: async () => {
            const { order: own, serverNow } = look('into the history');
            return { kind: 'ok', value: { orders: [own], serverNow } };
          },
        },
        submit: async (url, fields) => {
          done.push(`${url === PAGE ? 'form' : url} ${Object.values(fields).join(' ')}`);
          return page.shift() ?? 'paid';
        },
      },
    },
  );
  return { done, hold, isDone, observations, afterMs: nowMs - NOW_MS };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

const GOOD = 'form 4242424242424242';
const DECLINED = 'form 4000000000000002';
const CONFIRMED: Script['looks'] = [
  ['pending', 'open'],
  ['confirmed', 'authorised'],
];

test('who pays looks until the order is confirmed', async () => {
  const { done, hold, isDone } = await play({ part: 'pay', looks: CONFIRMED });
  expect(done).toEqual(['pay', GOOD, 'look at the provider', 'look at the provider']);
  expect([isDone, hold.ending]).toEqual([true, 'confirmed']);
});

test('who does not come back looks into the own orders, and has nobody ask the provider', async () => {
  const { done } = await play({ part: 'no_return', looks: CONFIRMED, page: ['answered'] });
  expect(done).toEqual([
    'pay',
    `${GOOD} no_return`,
    'look into the history',
    'look into the history',
  ]);
});

test('who is declined pays again on the same page', async () => {
  const page: Submitted[] = ['declined', 'paid'];
  const { done, observations } = await play({ part: 'decline', looks: CONFIRMED, page });
  expect(done.slice(0, 4)).toEqual(['pay', DECLINED, 'pay', GOOD]);
  expect(observations.unexpected.size).toBe(0);
});

test('two windows begin twice and pay twice', async () => {
  const page: Submitted[] = ['paid', 'over'];
  const { done, observations } = await play({ part: 'two_pages', looks: CONFIRMED, page });
  expect(done.slice(0, 4)).toEqual(['pay', 'pay', GOOD, GOOD]);
  expect(Object.fromEntries(observations.paying)).toMatchObject({ paid: 1, over: 1 });
});

test('who pays late does so after the hold, and waits until the money is back', async () => {
  const looks: Script['looks'] = [
    ['expired', 'authorised'],
    ['expired', 'released'],
  ];
  const { hold, isDone, afterMs } = await play({ part: 'late', ending: 'leave', looks });
  expect(afterMs).toBeGreaterThan(HOLD_MS);
  expect([isDone, hold.ending]).toEqual([true, 'lapsed']);
});

test('whoever paid in vain and still wants a unit asks for another one', async () => {
  const { isDone } = await play({ part: 'pay', looks: [['expired', 'refunded']] });
  expect(isDone).toBe(false);
});

test('a cancel that comes too late is no fault, and the unit is theirs', async () => {
  const script = { part: 'race', ending: 'cancel', cancel: 'order_confirmed' } as const;
  const { hold, observations } = await play({ ...script, looks: CONFIRMED });
  expect(hold.ending).toBe('confirmed');
  expect(observations.unexpected.size).toBe(0);
});

test('a page that is refused before the hold has ended is noted', async () => {
  const { isDone, observations } = await play({
    part: 'pay',
    refusal: 'hold_expired',
    looks: [['expired', null]],
  });
  expect(isDone).toBe(false);
  expect([...observations.unexpected.keys()]).toEqual(['hold_expired before its time']);
});

test('who never hears what became of a payment gives up', async () => {
  const { isDone, observations } = await play({ part: 'pay', looks: [['expired', 'authorised']] });
  expect(isDone).toBe(true);
  expect([...observations.gaveUp.keys()]).toEqual(['what became of a payment']);
});
