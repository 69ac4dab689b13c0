import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aSession, instant, NOON_MS } from '../testing/builders.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settle() {
  for (let turn = 0; turn < 4; turn++) await pass();
}

async function open() {
  const reviews = fakeReviews();
  reviews.answer('GET /profile/address', { address: null });
  const view = await openShop({ api: reviews.api, session: aSession(), path: '/profile' });
  return { reviews, ...view };
}

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const submit = async (name: string) => {
  fireEvent.submit(screen.getByRole('button', { name }).closest('form') ?? document.body);
  await settle();
};

test('a new name is everywhere at once', async () => {
  const { reviews } = await open();
  expect(screen.getByText('maja@example.com')).toBeTruthy();
  reviews.answer('PUT /profile', { ...aSession().user, displayName: 'Maja H.' });
  type('Name', 'Maja H.');
  await submit('Save name');
  expect(reviews.asked.at(-1)?.body).toEqual({ displayName: 'Maja H.' });
  expect(screen.getByRole('link', { name: 'Signed in as Maja H.' })).toBeTruthy();
  expect(screen.getByText(/Your name is saved/)).toBeTruthy();
});

test('a new password keeps this device signed in with what it is given', async () => {
  const { reviews, shop } = await open();
  const renewed = { ...aSession(), accessToken: 'next' };
  const start = vi.spyOn(shop.session, 'start');
  reviews.answer('PUT /auth/password', renewed);
  type('Current password', 'correct horse');
  type('New password', 'battery staple');
  await submit('Change password');
  expect(reviews.asked.at(-1)?.body).toEqual({
    currentPassword: 'correct horse',
    newPassword: 'battery staple',
  });
  expect(start).toHaveBeenCalledWith(renewed);
  expect(screen.getByText(/Your password is changed/)).toBeTruthy();
});

test('who is not signed in is asked to, and led back', async () => {
  await openShop({ api: fakeReviews().api, path: '/profile' });
  expect(location.pathname + location.search).toBe('/sign-in?next=%2Fprofile');
});

const LOGINS = [
  { id: `lgn_${'a'.repeat(32)}`, device: 'Firefox, Windows', current: true },
  { id: `lgn_${'b'.repeat(32)}`, device: 'Safari, iPhone', current: false },
  { id: `lgn_${'c'.repeat(32)}`, device: null, current: false },
].map((login) => ({ ...login, createdAt: instant(NOON_MS), lastUsedAt: instant(NOON_MS) }));

async function openLogins() {
  const reviews = fakeReviews();
  reviews.answer('GET /profile/logins', { logins: LOGINS });
  const view = await openShop({ api: reviews.api, session: aSession(), path: '/profile' });
  await settle();
  const place = screen.getByRole('region', { name: 'Where you are signed in' });
  const press = async (name: string, nth = 0) => {
    fireEvent.click(within(place).getAllByRole('button', { name })[nth] ?? document.body);
    await settle();
  };
  return { reviews, ...view, place, press };
}

test('each device is listed, and another one can be signed out', async () => {
  const { reviews, place, press } = await openLogins();
  const rows = within(place).getAllByRole('listitem');
  expect(rows.map((row) => row.querySelector('p')?.textContent)).toEqual([
    'Firefox, Windows',
    'Safari, iPhone',
    'Unknown device',
  ]);
  expect(rows[0]?.textContent).toContain('This device');
  const path = `DELETE /profile/logins/${LOGINS[1]?.id}`;
  reviews.answer(path, 204);
  await press('Sign out');
  expect(reviews.count(path)).toBe(0);
  await press('Cancel');
  await press('Sign out');
  await press('Sign out');
  expect(reviews.count(path)).toBe(1);
  expect(within(place).getAllByRole('listitem')).toHaveLength(2);
  expect(within(place).getByText('Safari, iPhone is signed out.')).toBeTruthy();
});

test('a list that cannot be read can be asked for again', async () => {
  const { reviews } = await open();
  const failed = reviews.count('GET /profile/logins');
  reviews.answer('GET /profile/logins', { logins: LOGINS });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await settle();
  expect(reviews.count('GET /profile/logins')).toBe(failed + 1);
  expect(screen.getAllByRole('listitem')).toHaveLength(3);
});

test('signing out everywhere is asked twice, leads to the drops and leaves no draft behind', async () => {
  const { shop, reviews, press } = await openLogins();
  shop.drafts.write('comment', 'half');
  await press('Sign out everywhere');
  expect(reviews.api.logout).not.toHaveBeenCalled();
  await press('Sign out everywhere');
  expect(location.pathname).toBe('/');
  expect(shop.drafts.read('comment')).toBe('');
  expect(reviews.api.logout).toHaveBeenCalledExactlyOnceWith({ everywhere: true });
});

test('signing out on this device ends no other login', async () => {
  const { reviews, press } = await openLogins();
  await press('Sign out on this device');
  expect(location.pathname).toBe('/');
  expect(reviews.api.logout).toHaveBeenCalledExactlyOnceWith({ everywhere: false });
});
