import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aSession } from '../testing/builders.ts';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { fakeTalk } from '../testing/fake-talk.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settle() {
  for (let turn = 0; turn < 4; turn++) await pass();
}

async function open() {
  const talk = fakeTalk();
  const view = await openShop({ api: talk.api, session: aSession(), path: '/profile' });
  return { talk, ...view };
}

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const submit = async (name: string) => {
  fireEvent.submit(screen.getByRole('button', { name }).closest('form') ?? document.body);
  await settle();
};

test('a new name is everywhere at once', async () => {
  const { talk } = await open();
  expect(screen.getByText('maja@example.com')).toBeTruthy();
  talk.answer('PUT /profile', { ...aSession().user, displayName: 'Maja H.' });
  type('Name', 'Maja H.');
  await submit('Save name');
  expect(talk.asked[0]?.body).toEqual({ displayName: 'Maja H.' });
  expect(screen.getByRole('link', { name: 'Signed in as Maja H.' })).toBeTruthy();
  expect(screen.getByText(/Your name is saved/)).toBeTruthy();
});

test('a new password keeps this device signed in with what it is given', async () => {
  const { talk, shop } = await open();
  const renewed = { ...aSession(), accessToken: 'next' };
  const start = vi.spyOn(shop.session, 'start');
  talk.answer('PUT /auth/password', renewed);
  type('Current password', 'correct horse');
  type('New password', 'battery staple');
  await submit('Change password');
  expect(talk.asked[0]?.body).toEqual({
    currentPassword: 'correct horse',
    newPassword: 'battery staple',
  });
  expect(start).toHaveBeenCalledWith(renewed);
  expect(screen.getByText(/Your password is changed/)).toBeTruthy();
});

test('who is not signed in is asked to, and led back', async () => {
  await openShop({ api: fakeTalk().api, path: '/profile' });
  expect(location.pathname + location.search).toBe('/sign-in?next=%2Fprofile');
});

test('signing out leads to the drops and leaves no draft behind', async () => {
  const { shop, talk } = await open();
  shop.drafts.write('comment', 'half');
  fireEvent.click(screen.getAllByRole('button', { name: 'Sign out' })[1] ?? document.body);
  await settle();
  expect(location.pathname).toBe('/');
  expect(shop.drafts.read('comment')).toBe('');
  expect(talk.api.logout).toHaveBeenCalledTimes(1);
});
