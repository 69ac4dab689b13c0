import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PaymentAttention as Attention } from '../../../worker/contract/payment-attention.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail } from '../../testing/orders.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { PaymentAttention } from './payment-attention.tsx';

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

type Counts = Partial<Parameters<typeof ok<Attention>>[0]>;

async function draw(counts: Counts, eventId?: string) {
  const none = { late: 0, failed: 0, owed: 0, disputed: 0, answerBy: null, answerOrderId: null };
  const answer: Attention = { ...none, ...counts, serverNow: instant(NOON_MS) };
  const paymentAttention = vi.fn<AdminApi['paymentAttention']>(async () => ok(answer));
  const warning = <PaymentAttention {...(eventId !== undefined && { eventId })} />;
  await drawInConsole(warning, { paymentAttention });
  return paymentAttention;
}

test('a payment that could not be taken is a warning with a link to it', async () => {
  await draw({ late: 2, failed: 1 });
  const warning = screen.getByRole('region', { name: 'Payments that need you' });
  expect(warning.textContent).toMatch(
    /2 payments have failed to be taken[^]*One payment could not/,
  );
  const links = screen.getAllByRole('link', { name: 'Show them' });
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '/admin/outbox?outcome=waiting&kind=payment.capture',
    '/admin/outbox?outcome=given_up&kind=payment.capture',
  ]);
});

test('money that is kept is named first', async () => {
  await draw({ late: 1, owed: 1 });
  const [first] = screen.getAllByRole('link');
  expect(first?.getAttribute('href')).toBe('/admin/outbox?outcome=given_up');
});

test('a dispute is named with the day by which to answer, and leads to its order', async () => {
  const id = aDetail().id;
  await draw({ disputed: 2, answerBy: instant(NOON_MS + 86_400_000), answerOrderId: id });
  const warning = screen.getByRole('region', { name: 'Payments that need you' });
  expect(warning.textContent).toMatch(/2 payments are disputed[^]* by /);
  const link = screen.getByRole('link', { name: 'Show the order' });
  expect(link.getAttribute('href')).toBe(`/admin/orders/${id}`);
});

test('nothing is said where nothing is wrong, and an event is asked for alone', async () => {
  const asked = await draw({}, 'evt_1');
  expect(asked.mock.calls).toEqual([['evt_1']]);
  expect(screen.queryByRole('region')).toBeNull();
});
