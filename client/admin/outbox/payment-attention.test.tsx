import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { PaymentAttention } from './payment-attention.tsx';

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function draw(counts: { late?: number; failed?: number; owed?: number }, eventId?: string) {
  const answer = { late: 0, failed: 0, owed: 0, ...counts, serverNow: instant(NOON_MS) };
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

test('nothing is said where nothing is wrong, and an event is asked for alone', async () => {
  const asked = await draw({}, 'evt_1');
  expect(asked.mock.calls).toEqual([['evt_1']]);
  expect(screen.queryByRole('region')).toBeNull();
});
