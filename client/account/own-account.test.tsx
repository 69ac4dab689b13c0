import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OwnMail, Session } from '../../worker/contract/accounts.ts';
import { aSession } from '../testing/builders.ts';
import { ok } from '../testing/fake-api.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { account } = LAZY_EN;
const UNVERIFIED: Session = { ...aSession(), user: { ...aSession().user, emailVerified: false } };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settle() {
  for (let turn = 0; turn < 6; turn++) await pass();
}

async function open({
  session = aSession(),
  sendsMail = true,
  suppressed = null,
}: {
  session?: Session;
  sendsMail?: boolean;
  suppressed?: OwnMail['suppressed'];
} = {}) {
  const server = fakeReviews();
  server.answer('GET /profile/mail', { suppressed });
  server.api.profile.mockResolvedValue(ok(session.user));
  const view = await openShop({ api: server.api, session, path: '/profile', sendsMail });
  await settle();
  return { server, ...view };
}

const place = (name: string) => within(screen.getByRole('region', { name }));
const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};
const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const submit = async (name: string) => {
  fireEvent.submit(screen.getByRole('button', { name }).closest('form') ?? document.body);
  await settle();
};

test('an address that is not confirmed says so, and its link can be sent again', async () => {
  const { server } = await open({ session: UNVERIFIED });
  expect(place(account.emailTitle).getByText(account.isUnverified)).toBeTruthy();
  server.answer('POST /auth/email/resend', 202);
  await press(account.resend);
  expect(server.count('POST /auth/email/resend')).toBe(1);
  expect(screen.getByText(account.resent('maja@example.com'))).toBeTruthy();
});

test('an address that was confirmed on another device is known when one comes back', async () => {
  const { server } = await open({ session: UNVERIFIED });
  server.api.profile.mockResolvedValue(ok(aSession().user));
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
  expect(place(account.emailTitle).getByText(account.isVerified)).toBeTruthy();
  expect(screen.queryByRole('button', { name: account.resend })).toBeNull();
});

test('another address is asked for with the password, and stays the old one until its link', async () => {
  const { server } = await open();
  await press(account.changeEmail);
  type(account.newEmail, 'holm@example.com');
  type(account.passwordToChange, 'wrong');
  server.refuse('PUT /auth/email', { status: 401, code: 'invalid_credentials' });
  await submit(account.saveEmail);
  expect(screen.getByText(account.passwordWrong)).toBeTruthy();
  server.answer('PUT /auth/email', 202);
  type(account.passwordToChange, 'correct horse');
  await submit(account.saveEmail);
  expect(server.asked.at(-1)?.body).toEqual({
    email: 'holm@example.com',
    password: 'correct horse',
  });
  expect(screen.getByText(account.changeSent('holm@example.com'))).toBeTruthy();
  expect(place(account.emailTitle).getByText('maja@example.com')).toBeTruthy();
});

test('an address that mail does not reach says so, with what to do, and promises no link', async () => {
  for (const suppressed of ['bounced', 'complained'] as const) {
    await open({ session: UNVERIFIED, suppressed });
    const section = place(account.emailTitle);
    expect(section.getByText(account.suppressedTitle)).toBeTruthy();
    expect(section.getByText(account.suppressed[suppressed])).toBeTruthy();
    expect(section.queryByRole('button', { name: account.resend })).toBeNull();
    expect(section.getByRole('button', { name: account.changeEmail })).toBeTruthy();
    cleanup();
  }
});

test('an address that mail reaches says nothing of it', async () => {
  await open();
  expect(screen.queryByText(account.suppressedTitle)).toBeNull();
});

test('where the shop sends no mail, an address can neither be confirmed nor changed', async () => {
  await open({ session: UNVERIFIED, sendsMail: false });
  expect(place(account.emailTitle).queryAllByRole('button')).toEqual([]);
  expect(screen.queryByText(account.isUnverified)).toBeNull();
  expect(screen.getByText(LAZY_EN.emailFixed)).toBeTruthy();
});

test('all that is kept about one comes as a file', async () => {
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob);
    return 'blob:of-a-test';
  });
  const link = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  const { server } = await open();
  const data = { madeAt: '2026-11-22T12:00:00.000Z', incomplete: [] };
  server.answer('GET /profile/data', data);
  await press(account.download);
  await vi.dynamicImportSettled();
  expect(link.mock.instances[0]).toMatchObject({ download: 'swiftdrop-2026-11-22.json' });
  expect(JSON.parse((await files[0]?.text()) ?? '')).toEqual(data);
  expect(screen.getByText(account.downloaded)).toBeTruthy();
});

test.each([
  [204, account.deleted],
  [202, account.deleting],
])('an account is deleted at the second word and with the password (%i)', async (status, said) => {
  const { server, shop } = await open();
  await press(account.deleteAction);
  expect(server.count('DELETE /profile')).toBe(0);
  await press(LAZY_EN.cancel);
  await press(account.deleteAction);
  type(account.passwordToChange, 'correct horse');
  server.answer('DELETE /profile', status);
  await submit(account.deleteNow);
  expect(server.asked.findLast(({ what }) => what === 'DELETE /profile')?.body).toEqual({
    password: 'correct horse',
  });
  expect(location.pathname).toBe('/');
  expect(shop.session.current.value).toBeNull();
  expect(screen.getByText(said)).toBeTruthy();
});

test('an account stays where the password is wrong', async () => {
  const { server, shop } = await open();
  await press(account.deleteAction);
  type(account.passwordToChange, 'wrong');
  server.refuse('DELETE /profile', { status: 401, code: 'invalid_credentials' });
  await submit(account.deleteNow);
  expect(screen.getByText(account.passwordWrong)).toBeTruthy();
  expect(shop.session.current.value).not.toBeNull();
  expect(location.pathname).toBe('/profile');
});
