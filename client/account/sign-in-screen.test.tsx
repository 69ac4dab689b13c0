import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PasswordFault } from '../../worker/contract/password-rules.ts';
import { aSession } from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';
import { LAZY_DE } from '../texts/lazy/de.ts';
import { LAZY_EN } from '../texts/lazy/en.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function fillIn(fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) {
    fireEvent.input(screen.getByLabelText(label), { target: { value } });
  }
}

async function submit(times = 1) {
  const form = document.querySelector('form') ?? document.body;
  for (let time = 0; time < times; time++) fireEvent.submit(form);
  await settle();
}

test('signing in sends what was typed, once, and leads back', async () => {
  const api = fakeApi();
  api.login.mockResolvedValue(ok(aSession()));
  const { shop } = await openShop({ api, path: '/sign-in?next=%2Fevents%2Fevt_1' });
  fillIn({ 'E-mail': 'maja@example.com', Password: 'correct horse' });
  await submit(3);
  expect(api.login.mock.calls).toEqual([
    [{ email: 'maja@example.com', password: 'correct horse' }],
  ]);
  expect(shop.session.current.value?.user.displayName).toBe('Maja Holm');
  expect(location.pathname).toBe('/events/evt_1');
});

test('a next that leads off the site is not followed', async () => {
  const api = fakeApi();
  api.login.mockResolvedValue(ok(aSession()));
  await openShop({ api, path: '/sign-in?next=%2F%2Fevil.example' });
  await submit();
  expect(location.href).toBe(new URL('/', location.origin).href);
});

test('a wrong password is shown and nobody is signed in', async () => {
  const api = fakeApi();
  api.login.mockResolvedValue(refused({ code: 'invalid_credentials' }));
  const { shop } = await openShop({ api, path: '/sign-in' });
  await submit();
  expect(screen.getByRole('alert').textContent).toBe('E-mail or password is wrong.');
  expect(shop.session.current.value).toBeNull();
});

test('registering marks the fields at fault', async () => {
  const api = fakeApi();
  const fields = [{ path: 'password', message: 'too small' }];
  api.register.mockResolvedValue(refused({ code: 'malformed', fields }));
  await openShop({ api, path: '/register' });
  fillIn({ Name: 'Maja', 'E-mail': 'maja@example.com', Password: 'short' });
  await submit();
  const password = screen.getByLabelText('Password');
  expect(password.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('Use between 8 and 200 characters.')).toBeTruthy();
  expect(screen.getByLabelText('E-mail').getAttribute('aria-invalid')).toBe('false');
});

test('registering shows why a password is refused, in each language', async () => {
  const reasons: PasswordFault[] = ['too_common', 'too_simple', 'too_personal', 'too_short'];
  const api = fakeApi();
  await openShop({ api, path: '/register' });
  for (const reason of reasons) {
    const fields = [{ path: 'password', message: 'in English', reason }];
    api.register.mockResolvedValueOnce(refused({ code: 'malformed', fields }));
    await submit();
    const note = screen.getByLabelText('Password').getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(note)?.textContent).toBe(LAZY_EN.passwordFaults[reason]);
  }
  const texts = [LAZY_EN, LAZY_DE].flatMap((words) => Object.values(words.passwordFaults));
  expect(new Set(texts).size).toBe(2 * (reasons.length + 1));
});

test('registering signs in and leads back', async () => {
  const api = fakeApi();
  api.register.mockResolvedValue(ok(aSession()));
  await openShop({ api, path: '/register?next=%2Forders' });
  await submit();
  expect(location.pathname).toBe('/orders');
});
