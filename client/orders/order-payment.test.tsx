/** An order's page with its money: the page that whoever has paid comes back to. */
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RefundId } from '../../worker/contract/ids.ts';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import { GRACE_MS } from '../payment/stage.ts';
import {
  anOwnOrder,
  aPayment,
  aPaymentAnswer,
  aReceipt,
  aSession,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { type FakeReviews, fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { payment: texts } = LAZY_EN;
const HELD = anOwnOrder({ payOnline: true });
const PATH = `/orders/${HELD.id}`;
const LOOK = `POST /purchase/${HELD.id}/payment`;
const PAY = `POST /purchase/${HELD.id}/pay`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** As the shop has the order from now on. */
function put(server: FakeReviews, order: OwnOrder) {
  const { receipt: _, ...answered } = order;
  server.answer(`GET /profile${PATH}`, order);
  server.answer(LOOK, { order: answered, serverNow: instant(NOON_MS) });
}

async function open(order: OwnOrder, query = '') {
  const server = fakeReviews();
  put(server, order);
  await openShop({ api: server.api, session: aSession(), path: `${PATH}${query}` });
  await settled();
  return server;
}

async function settled(passMs = 0) {
  await settle(passMs);
  for (let turn = 0; turn < 6; turn++) await settle();
}

const heading = () => screen.getAllByRole('heading', { level: 2 })[0]?.textContent;
const payButton = () => screen.queryByRole('button', { name: /^Buy now – pay/ });
const badges = () => [...document.querySelectorAll('.badge')].map(({ textContent }) => textContent);
const fact = (name: string | RegExp) =>
  screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

test('a hold is paid for on the order’s own page', async () => {
  const server = await open(HELD);
  const assign = vi.spyOn(location, 'assign').mockReturnValue();
  server.answer(PAY, aPaymentAnswer('https://pay.example/session'));
  expect(heading()).toBe(texts.toPay);
  fireEvent.click(screen.getByRole('button', { name: 'Buy now – pay €249.00' }));
  await settled();
  expect(assign.mock.calls).toEqual([['https://pay.example/session']]);
});

test('whoever has paid is told that it is checked, and then that it is theirs, also aloud', async () => {
  const server = await open({ ...HELD, payment: aPayment() }, '?payment=returned');
  expect(heading()).toBe(texts.checkingTitle);
  expect(payButton()).toBeNull();
  put(
    server,
    anOwnOrder({
      payOnline: true,
      status: 'confirmed',
      payment: aPayment({ status: 'captured' }),
      receipt: aReceipt({ approvedAt: instant(NOON_MS) }),
    }),
  );
  await settled(2_000);
  expect(heading()).toBe(texts.paidTitle);
  const told = `${texts.paidTitle} ${texts.paid('€249.00')}`;
  expect(screen.getByText(told).closest('[aria-live]')).not.toBeNull();
  expect([fact(texts.state), fact(texts.amount)]).toEqual([texts.status.captured, '€249.00']);
  expect(fact(texts.approvedAt)).toMatch(/12:00/);
});

test('a check that takes long says so, and can be begun anew', async () => {
  const server = await open({ ...HELD, payment: aPayment({ status: 'authorised' }) });
  for (let pause = 0; pause < 8; pause++) await settled(10_000);
  expect(heading()).toBe(texts.slowTitle);
  const asked = server.count(LOOK);
  fireEvent.click(screen.getByRole('button', { name: texts.lookAgain }));
  await settled();
  expect(server.count(LOOK)).toBe(asked + 1);
  expect(heading()).toBe(texts.checkingTitle);
});

test('who left the payment page can go on while the hold lasts', async () => {
  await open({ ...HELD, payment: aPayment() }, '?payment=cancelled');
  expect(heading()).toBe(texts.unfinishedTitle);
  expect(payButton()).not.toBeNull();
  await settled(5 * MINUTE_MS);
  expect(payButton()).toBeNull();
  // They may have paid in another tab: the shop waits for that as long.
  expect(heading()).toBe(texts.checkingTitle);
  await settled(GRACE_MS);
  expect(heading()).toBe(texts.returningTitle);
});

test('a declined payment says why, and can be made again', async () => {
  const receipt = aReceipt({ declined: 'insufficient_funds' });
  await open({ ...HELD, payment: aPayment(), receipt }, '?payment=cancelled');
  expect(heading()).toBe(texts.declinedTitle);
  expect(screen.getByText(texts.declined.insufficient_funds)).toBeTruthy();
  expect(payButton()).not.toBeNull();
});

test('who paid too late is told that nothing was charged', async () => {
  const late = { ...HELD, status: 'expired', payment: aPayment({ status: 'released' }) } as const;
  await open(late, '?payment=returned');
  expect(heading()).toBe(texts.goneTitle);
  expect(screen.getByText(texts.gone.expired)).toBeTruthy();
});

test('what was given back is shown: a part of the money, its state, and the units', async () => {
  const refund = {
    id: 'ref_000000000001_000000000000000001' as RefundId,
    status: 'pending',
    amountCents: 4_900,
    restockUnits: 1,
    createdAt: instant(NOON_MS),
  } as const;
  await open(
    anOwnOrder({
      payOnline: true,
      status: 'confirmed',
      quantity: 2,
      unitsReturned: 1,
      payment: aPayment({ status: 'partly_refunded', amountCents: 49_800, refundedCents: 4_900 }),
      receipt: aReceipt({ approvedAt: instant(NOON_MS), refunds: [refund] }),
    }),
  );
  expect(heading()).toBe(texts.partlyTitle);
  expect(screen.getByText(texts.partly('€49.00', '€498.00'))).toBeTruthy();
  expect(fact(/^Refund /)).toBe(texts.refundStatus.pending('€49.00'));
  expect(fact(texts.unitsReturned)).toBe('1 unit');
  expect(badges()).toEqual(['Confirmed', 'Partly returned']);
  expect(screen.getByText(texts.partlyReturned(1))).toBeTruthy();
});

test('what was all given back is not called confirmed', async () => {
  const payment = aPayment({ status: 'refunded', amountCents: 24_900, refundedCents: 24_900 });
  await open(anOwnOrder({ payOnline: true, status: 'confirmed', unitsReturned: 1, payment }));
  expect(badges()).toEqual(['Returned']);
  expect(screen.getByText(texts.allReturned)).toBeTruthy();
});

test('who has to sign in first comes back to the same address', async () => {
  const server = fakeReviews();
  await openShop({ api: server.api, session: null, path: `${PATH}?payment=returned` });
  await settled();
  expect(new URLSearchParams(location.search).get('next')).toBe(`${PATH}?payment=returned`);
});
