/** Proves the judgement of the money, one broken promise at a time. */
import { describe, expect, test } from 'vitest';
import { makeEventId, makeEventItemId, makeOrderId } from '../../worker/contract/ids.ts';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { OrderPayment } from '../../worker/contract/payments.ts';
import type { Row } from './audit.ts';
import type { ProviderLists } from './local-provider.ts';
import { type MoneyEvidence, moneyFigures, moneyFindings } from './money-findings.ts';
import { PRICE_CENTS } from './on-sale.ts';

const EVENT_ID = makeEventId((bytes) => bytes);
const ITEM_ID = makeEventItemId(EVENT_ID, 1);
const orderIdOf = (number: number) => makeOrderId(EVENT_ID, number, (bytes) => bytes);

function rowOf(status: OrderStatus, told?: OrderPayment['status']): Row {
  const payment = told && { status: told, amountCents: PRICE_CENTS, refundedCents: 0 };
  return { shopper: 1, eventItemId: ITEM_ID, status, units: 1, payment: payment ?? null };
}

function intent(order: number, status: string, takenCents = 0): ProviderLists['intents'][number] {
  const metadata = { orderId: orderIdOf(order) };
  return { id: `pi_${order}`, status, amount_received: takenCents, metadata };
}

function session(order: number, status: 'open' | 'complete' | 'expired') {
  return { id: `cs_${order}`, status, metadata: { orderId: orderIdOf(order) } };
}

/** One bought, one was paid too late, one was left. */
function evidence(change: (of: MoneyEvidence & { rows: Map<unknown, Row> }) => void = () => {}) {
  const rows = new Map([
    [orderIdOf(1), rowOf('confirmed', 'captured')],
    [orderIdOf(2), rowOf('expired', 'released')],
    [orderIdOf(3), rowOf('expired', 'released')],
  ]);
  const lists: ProviderLists = {
    sessions: [session(1, 'complete'), session(2, 'complete'), session(3, 'expired')],
    intents: [intent(1, 'succeeded', PRICE_CENTS), intent(2, 'canceled')],
    refunds: [],
  };
  const all = { eventId: EVENT_ID, rows, lists };
  change(all);
  return all;
}

test('a sale whose money is right has no findings', () => {
  expect(moneyFindings(evidence())).toEqual([]);
  expect(moneyFigures(evidence())).toEqual({
    pages: 3,
    tried: 2,
    charged: 1,
    refunded: 0,
    cancelled: 1,
    keptCents: PRICE_CENTS,
  });
});

test('what was taken and given back is right, where the order says so', () => {
  const found = evidence(({ rows, lists }) => {
    rows.set(orderIdOf(2), rowOf('expired', 'refunded'));
    lists.intents[1] = intent(2, 'succeeded', PRICE_CENTS);
    const refund = { id: 're_1', status: 'succeeded', amount: PRICE_CENTS };
    lists.refunds.push({ ...refund, payment_intent: 'pi_2' });
  });
  expect(moneyFindings(found)).toEqual([]);
  expect(moneyFigures(found)).toMatchObject({ charged: 1, refunded: 1, keptCents: PRICE_CENTS });
});

describe('each of these alone convicts:', () => {
  test.each<[string, Parameters<typeof evidence>[0], string]>([
    [
      'money of an order that is not confirmed',
      ({ lists }) => void (lists.intents[1] = intent(2, 'succeeded', PRICE_CENTS)),
      'Charged without a unit: 1 orders.',
    ],
    [
      'a refund that failed',
      ({ lists }) => {
        lists.intents[1] = intent(2, 'succeeded', PRICE_CENTS);
        const refund = { id: 're_1', status: 'failed', amount: PRICE_CENTS };
        lists.refunds.push({ ...refund, payment_intent: 'pi_2' });
      },
      'Charged without a unit: 1 orders.',
    ],
    [
      'money of an order that nobody knows',
      ({ lists }) => void lists.intents.push(intent(4, 'succeeded', PRICE_CENTS)),
      'Charged for an order that nobody was given: 1 orders.',
    ],
    [
      'a confirmed order without its money',
      ({ lists }) => void (lists.intents[0] = intent(1, 'canceled')),
      'Confirmed and not charged: 1 orders.',
    ],
    [
      'an order that was paid twice',
      ({ lists }) =>
        void lists.intents.push({ ...intent(1, 'succeeded', PRICE_CENTS), id: 'pi_again' }),
      'Charged too much: 1 orders.',
    ],
    [
      'a page that is still open',
      ({ lists }) => void (lists.sessions[2] = session(3, 'open')),
      '1 pages can still be paid on.',
    ],
    [
      'a payment that is approved and no more',
      ({ lists }) => void (lists.intents[1] = intent(2, 'requires_capture')),
      '1 payments are neither taken nor given back.',
    ],
    [
      'a shop that does not know that it has its money',
      ({ rows }) => void rows.set(orderIdOf(1), rowOf('confirmed', 'authorised')),
      'The shop tells of the money other than the provider: 1 orders.',
    ],
  ])('%s', (_name, change, finding) => {
    expect(moneyFindings(evidence(change))).toEqual([finding]);
  });
});

test('the payments of another event are not counted', () => {
  const other = makeEventId((bytes) => bytes.fill(7));
  const id = makeOrderId(other, 1, (bytes) => bytes);
  const found = evidence(({ lists }) => {
    lists.intents.push({ ...intent(1, 'requires_capture'), metadata: { orderId: id } });
    lists.sessions.push({ id: 'cs_other', status: 'open', metadata: { orderId: 'not of a shop' } });
  });
  expect(moneyFindings(found)).toEqual([]);
});
