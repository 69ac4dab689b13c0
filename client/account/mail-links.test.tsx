import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../worker/contract/accounts.ts';
import { aSession } from '../testing/builders.ts';
import { ok } from '../testing/fake-api.ts';
import { type FakeReviews, fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { EN } from '../texts/en.ts';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { account } = LAZY_EN;
const GONE = { status: 410, code: 'link_invalid' } as const;
const UNVERIFIED: Session = { ...aSession(), user: { ...aSession().user, emailVerified: false } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settle() {
  for (let turn = 0; turn < 6; turn++) await pass();
}

/** Opens a page for somebody signed out; its calls are answered so, and one is refused. */
async function open(
  path: string,
  answers: Record<string, object | number>,
  { refused }: { refused?: string } = {},
) {
  const server = fakeReviews();
  for (const [what, given] of Object.entries(answers)) server.answer(what, given);
  if (refused) server.refuse(refused, GONE);
  const view = await openShop({ api: server.api, path, sendsMail: true });
  await settle();
  return { server, ...view };
}

const bodiesTo = ({ asked }: FakeReviews, what: string) =>
  asked.filter((one) => one.what === what).map(({ body }) => body);
const submit = async (name: string) => {
  fireEvent.submit(screen.getByRole('button', { name }).closest('form') ?? document.body);
  await settle();
};
const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

test('a link confirms its address by a button, and its token is taken out of sight', async () => {
  const answers = { 'POST /auth/email/verify': { email: 'maja@example.com' } };
  const { server, container } = await open('/verify?token=se.cret', answers);
  expect(server.asked).toEqual([]);
  screen.getByRole('button', { name: account.verifyNow }).focus();
  await press(account.verifyNow);
  // What took the button's place has the focus, so that it is read out and Tab goes on from there.
  expect(document.activeElement?.textContent).toContain(account.verified);
  expect(bodiesTo(server, 'POST /auth/email/verify')).toEqual([{ token: 'se.cret' }]);
  expect(screen.getByText(account.verified)).toBeTruthy();
  expect(location.pathname + location.search).toBe('/verify');
  expect(container.innerHTML).not.toContain('cret');
});

test('who confirmed an address on this device need not sign in, and is known as confirmed', async () => {
  const server = fakeReviews();
  server.answer('POST /auth/email/verify', { email: 'maja@example.com' });
  server.api.profile.mockResolvedValue(ok(aSession().user));
  const path = '/verify?token=se.cret';
  const { shop } = await openShop({ api: server.api, session: UNVERIFIED, path, sendsMail: true });
  await settle();
  await press(account.verifyNow);
  expect(screen.getByRole('link', { name: account.goOn })).toBeTruthy();
  expect(shop.session.current.value?.user.emailVerified).toBe(true);
});

test('a link that was used says what to do next, and offers it', async () => {
  const server = fakeReviews();
  server.refuse('POST /auth/email/verify', GONE);
  server.answer('POST /auth/email/resend', 202);
  server.api.profile.mockResolvedValue(ok(UNVERIFIED.user));
  const path = '/verify?token=old';
  await openShop({ api: server.api, session: UNVERIFIED, path, sendsMail: true });
  await settle();
  await press(account.verifyNow);
  expect(screen.getByText(account.linkOver)).toBeTruthy();
  await press(account.resend);
  expect(server.count('POST /auth/email/resend')).toBe(1);
  expect(screen.getByText(account.resent('maja@example.com'))).toBeTruthy();
});

test('a link for an address that has become somebody else’s says so', async () => {
  const server = fakeReviews();
  server.refuse('POST /auth/email/verify', { status: 409, code: 'email_taken' });
  await openShop({ api: server.api, path: '/verify?token=late', sendsMail: true });
  await settle();
  await press(account.verifyNow);
  expect(screen.getByText(LAZY_EN.problems.email_taken)).toBeTruthy();
});

test('a used link leads who is signed out to sign in, and to the profile from there', async () => {
  await open('/verify?token=old', {}, { refused: 'POST /auth/email/verify' });
  await press(account.verifyNow);
  const link = screen.getAllByRole('link', { name: 'Sign in' }).at(-1);
  expect(link?.getAttribute('href')).toBe('/sign-in?next=%2Fprofile');
});

test('a link whose answer did not come can be sent again', async () => {
  const { server } = await open('/verify?token=se.cret', { 'POST /auth/email/verify': 503 });
  await press(account.verifyNow);
  expect(screen.getByRole('alert').textContent).toContain(EN.problems.unavailable);
  server.answer('POST /auth/email/verify', { email: 'maja@example.com' });
  await press(account.verifyNow);
  expect(screen.getByText(account.verified)).toBeTruthy();
});

test('signing in offers a way back to who forgot their password', async () => {
  await open('/sign-in', {});
  expect(screen.getByRole('link', { name: account.forgot }).getAttribute('href')).toBe(
    '/forgotten',
  );
});

test('a shop that sends no mail offers nothing that needs one', async () => {
  await openShop({ api: fakeReviews().api, path: '/sign-in' });
  await settle();
  expect(screen.queryByRole('link', { name: account.forgot })).toBeNull();
});

test('a forgotten password is asked for by its address, which nobody learns anything about', async () => {
  const { server } = await open('/forgotten', { 'POST /auth/password/forgotten': 202 });
  type('E-mail', 'maja@example.com');
  await submit(account.sendLink);
  expect(bodiesTo(server, 'POST /auth/password/forgotten')).toEqual([
    { email: 'maja@example.com' },
  ]);
  expect(screen.getByText(account.forgottenSent('maja@example.com'))).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: account.anotherAddress }));
  expect(screen.getByLabelText('E-mail')).toHaveProperty('value', 'maja@example.com');
});

test('a new password by a link signs in', async () => {
  const { server, shop } = await open('/reset?token=se.cret', {
    'POST /auth/password/reset': aSession(),
  });
  expect(location.search).toBe('');
  type('New password', 'battery staple');
  await submit('Change password');
  expect(bodiesTo(server, 'POST /auth/password/reset')).toEqual([
    { token: 'se.cret', newPassword: 'battery staple' },
  ]);
  expect(shop.session.current.value?.user.email).toBe('maja@example.com');
  expect(location.pathname).toBe('/');
});

test('a link for a new password that is too old leads to a new one', async () => {
  await open('/reset?token=old', {}, { refused: 'POST /auth/password/reset' });
  type('New password', 'battery staple');
  await submit('Change password');
  expect(screen.getByText(account.linkOver)).toBeTruthy();
  expect(screen.getByRole('link', { name: account.newLink }).getAttribute('href')).toBe(
    '/forgotten',
  );
});

test('a page without the token of a link sends nothing', async () => {
  for (const path of ['/verify', '/reset', '/reminders/off']) {
    const { server, unmount } = await open(path, {});
    expect(screen.getByText(account.linkMissing)).toBeTruthy();
    expect(server.asked).toEqual([]);
    unmount();
  }
});

test('the link of a reminder turns it off by a button', async () => {
  const { server } = await open('/reminders/off?token=se.cret', { 'POST /reminders/off': 204 });
  expect(server.asked).toEqual([]);
  await press(account.remindOffNow);
  expect(bodiesTo(server, 'POST /reminders/off')).toEqual([{ token: 'se.cret' }]);
  expect(screen.getByText(account.remindOffDone)).toBeTruthy();
});

test('who has just registered is told to look into their mail, until they go on', async () => {
  const server = fakeReviews();
  server.api.register.mockResolvedValue(ok(UNVERIFIED));
  server.api.profile.mockResolvedValue(ok(UNVERIFIED.user));
  await openShop({ api: server.api, path: '/register?next=%2Forders', sendsMail: true });
  for (const [label, value] of [
    ['Name', 'Maja'],
    ['E-mail', 'maja@example.com'],
    ['Password', 'correct horse'],
  ] as const) {
    type(label, value);
  }
  await submit('Create an account');
  expect(server.api.register.mock.calls[0]?.[0]).toMatchObject({ language: 'en' });
  expect(location.pathname).toBe('/orders');
  expect(screen.getByText(account.registered('maja@example.com'))).toBeTruthy();
  fireEvent.click(screen.getByRole('link', { name: /Signed in as/ }));
  await settle();
  expect(screen.queryByText(account.registered('maja@example.com'))).toBeNull();
});
