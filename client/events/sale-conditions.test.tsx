import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../worker/contract/accounts.ts';
import type { EventDetail } from '../../worker/contract/events.ts';
import { anEvent, anItem, aSession, EVENT_ID } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { EN } from '../texts/en.ts';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { account } = LAZY_EN;
const { texts } = EN;
const UNVERIFIED = aSession({ user: { ...aSession().user, emailVerified: false } });
const CONDITIONS = { requireVerifiedEmail: true, oneLimitPerMailbox: true };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settle() {
  for (let turn = 0; turn < 4; turn++) await pass();
}

interface World {
  readonly session?: Session | null;
  readonly sendsMail?: boolean;
}

async function open(event: Partial<EventDetail>, { session = null, sendsMail = true }: World = {}) {
  const server = fakeReviews();
  server.api.getEvent.mockResolvedValue(ok(anEvent(event)));
  if (session) server.api.profile.mockResolvedValue(ok(session.user));
  server.answer('GET /profile/reminders', { eventIds: [] });
  const path = `/events/${EVENT_ID}`;
  const view = await openShop({ api: server.api, session, path, sendsMail });
  await settle();
  return { server, ...view };
}

test('a sale says who may buy in it, and one for everybody says nothing', async () => {
  const { unmount } = await open(CONDITIONS);
  expect(screen.getByText(EN.texts.verifiedOnly)).toBeTruthy();
  expect(screen.getByText(EN.texts.mailboxLimit)).toBeTruthy();
  unmount();
  await open({});
  expect(screen.queryByText(EN.texts.verifiedOnly)).toBeNull();
  expect(screen.queryByText(EN.texts.mailboxLimit)).toBeNull();
});

test('who is refused for their address can have the link sent again, and keeps what they chose', async () => {
  const items = [anItem({ limitPerCustomer: 3 })];
  const { server } = await open({ ...CONDITIONS, items }, { session: UNVERIFIED });
  fireEvent.change(screen.getByLabelText('Quantity'), { target: { value: '2' } });
  server.api.reserve.mockResolvedValue(refused({ code: 'email_unverified' }));
  fireEvent.click(screen.getByRole('button', { name: 'Buy: Headphones' }));
  await settle();
  expect(screen.getByText(account.verifyFirstHow('maja@example.com'))).toBeTruthy();
  server.answer('POST /auth/email/resend', 202);
  fireEvent.click(screen.getByRole('button', { name: account.resend }));
  await settle();
  expect(screen.getByText(account.resent('maja@example.com'))).toBeTruthy();
  expect(screen.getByLabelText('Quantity')).toHaveProperty('value', '2');
});

test('says that one pays online, and how long one has for that', async () => {
  const paid = { payment: 'online', holdSeconds: 300, offerSeconds: 3_600 } as const;
  await open(paid);
  expect(screen.getByText(texts.paidOnline('5 minutes'))).toBeTruthy();
  cleanup();
  await open({ ...paid, admission: 'draw' });
  expect(screen.getByText(texts.paidInTurn('1 hour'))).toBeTruthy();
  cleanup();
  await open({ ...paid, items: [anItem({ priceCents: 0 })] });
  expect(screen.queryByText(/pay online/)).toBeNull();
  cleanup();
  await open({ payment: 'none' });
  expect(screen.queryByText(/pay online/)).toBeNull();
});

test.each([
  ['included', '€249.00incl. tax'],
  ['added', '€249.00plus tax'],
  ['none', '€249.00'],
] as const)('a price with tax %s reads %s', async (tax, shown) => {
  await open({ tax });
  expect(document.querySelector('.item-price')?.textContent).toBe(shown);
});
