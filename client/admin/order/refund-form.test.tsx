import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RefundId } from '../../../worker/contract/ids.ts';
import { REFUND_REASON_MAX, type RefundOrder } from '../../../worker/contract/payments.ts';
import {
  anEntry,
  aPayment,
  instant,
  MINUTE_MS,
  NOON_MS,
  sentTotals,
} from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail, anEntryOf } from '../../testing/orders.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { OrderScreen } from './order-screen.tsx';

const { refund: TEXTS } = ADMIN_EN.order;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function anAnswer({ amountCents = 0, restockUnits = 0, reason }: RefundOrder) {
  const refund = {
    id: 'ref_1' as RefundId,
    status: 'pending' as const,
    amountCents,
    restockUnits,
    reason,
    createdAt: instant(NOON_MS),
  };
  return ok({ refund, order: anEntry(), serverNow: instant(NOON_MS) });
}

/** The order's page, of a shop that takes every refund, of what it answers with next. */
async function open(fields: Parameters<typeof aDetail>[0] = {}) {
  const shown = { order: aDetail(fields) };
  const getOrder = vi.fn<AdminApi['getOrder']>(async () => ok(shown.order));
  const refundOrder = vi.fn<AdminApi['refundOrder']>(async (_, refund) => anAnswer(refund));
  await drawInConsole(<OrderScreen id={shown.order.id} />, { getOrder, refundOrder });
  return { shown, getOrder, refundOrder };
}

const consequence = () => document.querySelector('.consequence')?.textContent;

async function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
}

async function choose(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
  await settle();
}

async function measure(label: string) {
  fireEvent.click(screen.getByRole('radio', { name: label }));
  await settle();
}

async function submit() {
  fireEvent.submit(screen.getByText(TEXTS.action).closest('form') ?? document.body);
  await settle();
}

async function confirm() {
  const dialog = document.querySelector('dialog') ?? document.body;
  fireEvent.click(within(dialog).getByText(/^Refund .*\d$/));
  await settle();
}

async function another() {
  fireEvent.click(screen.getByRole('button', { name: TEXTS.another }));
  await settle();
}

test('what will follow is said, and changes with what is chosen', async () => {
  await open();
  expect(consequence()).toBe(
    `Of €498.00, €498.00 will go back to Maja Holm. ${TEXTS.returns(2, 2)}`,
  );
  await choose(TEXTS.restock, '0');
  expect(consequence()).toBe(
    'Of €498.00, €498.00 will go back to Maja Holm. No unit goes back on sale.',
  );
  await measure(TEXTS.byAmount);
  expect(consequence()).toBe('');
  await type('Amount in EUR', '5');
  expect(consequence()).toContain('Of €498.00, €5.00 will go back');
  expect(consequence()).toContain('No unit goes back on sale.');
  await measure(TEXTS.byUnits);
  expect(consequence()).toContain('Of €498.00, €249.00 will go back');
  expect(consequence()).toContain('1 of 2 units goes back on sale');
  await choose(TEXTS.paidUnits, '2');
  expect(consequence()).toContain('€498.00 will go back to Maja Holm. 2 units go back on sale');
});

test('of an order that was sent no unit goes back on sale unless somebody says that it came back', async () => {
  await open({ sentAt: instant(NOON_MS) });
  expect(consequence()).toContain(TEXTS.returnsNone);
  expect(screen.getByText(TEXTS.restockSent).id).toBe(
    screen.getByLabelText(TEXTS.restock).getAttribute('aria-describedby'),
  );
});

test('it says that a reason is required, and what units leave out', async () => {
  await open({ totals: sentTotals(49_800) });
  const reason = screen.getByLabelText(TEXTS.reason);
  expect(reason.getAttribute('aria-required')).toBe('true');
  expect(screen.getByText(/^Required\./).id).toBe(reason.getAttribute('aria-describedby'));
  expect(screen.getByText(/The delivery of €4\.90 is not in it/)).toBeTruthy();
  cleanup();
  await open();
  expect(screen.queryByText(/The delivery of/)).toBeNull();
});

test('all of what was not charged yet is not charged', async () => {
  await open({ payment: aPayment({ status: 'authorised', amountCents: 49_800 }) });
  expect(consequence()).toContain('The payment of €498.00 is not charged to Maja Holm.');
});

test('nothing is given back before it was confirmed, and then once', async () => {
  const { shown, refundOrder, getOrder } = await open();
  await measure(TEXTS.byAmount);
  await type('Amount in EUR', '5');
  await type(TEXTS.reason, 'Scratched');
  await submit();
  expect(document.querySelector('dialog')?.textContent).toContain(
    '€5.00 will go back to Maja Holm',
  );
  expect(refundOrder).not.toHaveBeenCalled();
  shown.order = aDetail({ refundable: { amountCents: 49_300, units: 2 } });
  await confirm();
  const wish = { amountCents: 500, restockUnits: 0, reason: 'Scratched' };
  expect(refundOrder.mock.calls).toEqual([[shown.order.id, wish, 'key-1']]);
  expect(getOrder).toHaveBeenCalledTimes(2);
  expect(screen.getByText('€5.00 will be on its way back soon.')).toBeTruthy();
  expect(screen.getByText('Of €498.00, €493.00 can be refunded.')).toBeTruthy();
  expect(document.querySelector('dialog')).toBeNull();
  expect(screen.queryByLabelText(TEXTS.reason)).toBeNull();
  await another();
  expect(document.activeElement).toBe(screen.getByRole('region', { name: TEXTS.title }));
  expect(screen.getByLabelText<HTMLTextAreaElement>(TEXTS.reason).value).toBe('');
});

test.each([
  ['refunded', '€5.00 refunded'],
  ['refund_failed', '€5.00 could not be refunded'],
] as const)('a refund is on its way until it is %s', async (what, words) => {
  const { shown } = await open();
  await measure(TEXTS.byAmount);
  await type('Amount in EUR', '5');
  await type(TEXTS.reason, 'Scratched');
  await submit();
  // An earlier one is not this one.
  const before = anEntryOf('refunded', { at: instant(NOON_MS - 1), amountCents: 900 });
  const decided = [anEntryOf('refund_decided'), before, anEntryOf('refund_decided')];
  shown.order = aDetail({ story: decided });
  await confirm();
  const said = () => screen.getByRole('region', { name: TEXTS.title }).querySelector('output');
  expect(said()?.textContent).toBe(TEXTS.done('€5.00'));
  shown.order = aDetail({ story: [...decided, anEntryOf(what, { amountCents: 500 })] });
  await settle(MINUTE_MS);
  expect(said()?.textContent).toBe(words);
});

test('going back from the question leaves everything as it is', async () => {
  const { refundOrder } = await open();
  await type(TEXTS.reason, 'Scratched');
  await submit();
  fireEvent.click(screen.getByText(ADMIN_EN.no));
  await settle();
  expect(refundOrder).not.toHaveBeenCalled();
  expect(screen.getByLabelText<HTMLTextAreaElement>(TEXTS.reason).value).toBe('Scratched');
});

test('without a reason, or with more than is left, nothing is asked', async () => {
  await open();
  await measure(TEXTS.byAmount);
  await type('Amount in EUR', '498.01');
  await submit();
  expect(document.querySelector('dialog')).toBeNull();
  expect(screen.getByText('Use €498.00 or less.')).toBeTruthy();
  expect(screen.getByText('Please fill this in.')).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText('Amount in EUR'));
  const reason = screen.getByLabelText<HTMLTextAreaElement>(TEXTS.reason);
  expect(reason.maxLength).toBe(REFUND_REASON_MAX);
});

test('an answer that was lost is asked for with the same key, and another refund has its own', async () => {
  const { refundOrder } = await open();
  refundOrder.mockResolvedValueOnce(refused({ code: 'no_answer' }));
  await type(TEXTS.reason, 'Scratched');
  await submit();
  await confirm();
  expect(screen.getByText(TEXTS.again)).toBeTruthy();
  await submit();
  await confirm();
  const [first, second] = refundOrder.mock.calls;
  expect(second).toEqual(first);
  expect(screen.queryByRole('alert')).toBeNull();
  await another();
  await type(TEXTS.reason, 'Scratched');
  await submit();
  await confirm();
  expect(refundOrder.mock.calls.map(([, , key]) => key)).toEqual(['key-1', 'key-1', 'key-2']);
});

test('what turns out to have been done before is read anew, and not repeated', async () => {
  const { refundOrder, getOrder } = await open();
  refundOrder.mockResolvedValueOnce(refused({ code: 'idempotency_key_reused' }));
  await type(TEXTS.reason, 'Scratched');
  await submit();
  await confirm();
  expect(screen.getByRole('alert').textContent).toBe(TEXTS.doneBefore);
  expect(getOrder).toHaveBeenCalledTimes(2);
});

test('where less is left by now, what is left is shown with the refusal', async () => {
  const { shown, refundOrder } = await open();
  refundOrder.mockResolvedValueOnce(refused({ code: 'refund_too_large' }));
  await type(TEXTS.reason, 'Scratched');
  await submit();
  shown.order = aDetail({ refundable: { amountCents: 900, units: 0 } });
  await confirm();
  expect(screen.getByRole('alert').textContent).not.toContain(TEXTS.again);
  expect(screen.getByText('Of €498.00, €9.00 can be refunded.')).toBeTruthy();
  expect(screen.queryByRole('radio', { name: TEXTS.byUnits })).toBeNull();
  expect(screen.queryByLabelText(TEXTS.restock)).toBeNull();
});

test('an order with nothing left to give back has no form', async () => {
  await open({ payment: null, refundable: null });
  expect(screen.queryByRole('region', { name: TEXTS.title })).toBeNull();
  cleanup();
  await open({ refundable: { amountCents: 0, units: 2 } });
  expect(screen.queryByRole('region', { name: TEXTS.title })).toBeNull();
});

test('what was the last of it is said, and the form is gone', async () => {
  const { shown } = await open();
  await type(TEXTS.reason, 'Scratched');
  await submit();
  shown.order = aDetail({ refundable: { amountCents: 0, units: 2 } });
  await confirm();
  expect(screen.getByText('€498.00 will be on its way back soon.')).toBeTruthy();
  expect(screen.queryByText(TEXTS.action)).toBeNull();
});
