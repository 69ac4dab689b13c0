import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { REMIND_AHEAD_MS } from '../../worker/contract/reminder-times.ts';
import { createDrafts } from '../page/drafts.ts';
import type { Shop } from '../shop/shop.ts';
import { anEvent, aSession, EVENT_ID, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { ok } from '../testing/fake-api.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { account } = LAZY_EN;
const PATH = `/events/${EVENT_ID}`;
const PUT = `PUT ${PATH}/reminder`;
const DELETE = `DELETE ${PATH}/reminder`;
const NEXT = encodeURIComponent(`${PATH}#reminder`);
const TITLE = 'Nine o’clock runners';
const VERIFIED = aSession();
const UNVERIFIED = aSession({ user: { ...VERIFIED.user, emailVerified: false } });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function settle() {
  for (let turn = 0; turn < 8; turn++) await pass();
}

interface World {
  readonly session?: typeof VERIFIED | null;
  readonly sendsMail?: boolean;
  readonly path?: string;
  readonly reminded?: boolean;
  readonly drafts?: Shop['drafts'];
  readonly opensInMs?: number;
}

/** The page of a sale that opens in half an hour. */
async function open({ session = null, sendsMail = true, ...world }: World = {}) {
  const { path = PATH, reminded = false, drafts, opensInMs = 30 * MINUTE_MS } = world;
  const server = fakeReviews();
  const startsAt = instant(NOON_MS + opensInMs);
  const event = anEvent({ status: 'locked', startsAt, title: TITLE });
  server.api.getEvent.mockResolvedValue(ok(event));
  server.api.login.mockResolvedValue(ok(VERIFIED));
  server.api.register.mockResolvedValue(ok(UNVERIFIED));
  server.api.profile.mockResolvedValue(ok((session ?? UNVERIFIED).user));
  server.answer('GET /profile/reminders', { eventIds: reminded ? [EVENT_ID] : [] });
  server.answer(PUT, 204);
  server.answer(DELETE, 204);
  const shown = { api: server.api, session, path, sendsMail, ...(drafts && { drafts }) };
  const view = await openShop(shown);
  await settle();
  return { server, ...view };
}

const button = (name: string) => screen.getByRole('button', { name });
const link = (name: string) => screen.getByRole('link', { name });
const panel = () => screen.queryByRole('region', { name: /reminder|reminded/i });

async function press(pressed: HTMLElement) {
  fireEvent.click(pressed);
  await settle();
}

async function submit() {
  fireEvent.submit(document.querySelector('form') ?? document.body);
  await settle();
}

test('who is signed out learns what comes and what it needs, with two ways to an account', async () => {
  const { server } = await open();
  await press(button(account.remind));
  expect(panel()?.textContent).toContain('15 minutes before it opens');
  expect(screen.getByText(account.remindNeeds)).toBeTruthy();
  expect(link(LAZY_EN.register).getAttribute('href')).toBe(`/register?next=${NEXT}`);
  const [signIn] = [...(panel()?.querySelectorAll('a') ?? [])].slice(-1);
  expect(signIn?.getAttribute('href')).toBe(`/sign-in?next=${NEXT}`);
  expect(server.count(PUT)).toBe(0);
});

test('a reminder of a sale that opens very soon does not name a time that is past', async () => {
  await open({ opensInMs: REMIND_AHEAD_MS - MINUTE_MS });
  await press(button(account.remind));
  expect(screen.getByText(account.remindHowSoon)).toBeTruthy();
});

test('the panel is closed by its button or by Escape, and the focus goes back', async () => {
  await open();
  const opener = button(account.remind);
  await press(opener);
  button(account.closeReminder).focus();
  await press(button(account.closeReminder));
  expect(panel()).toBeNull();
  expect(document.activeElement).toBe(opener);
  await press(opener);
  button(account.closeReminder).focus();
  fireEvent.keyDown(button(account.closeReminder), { key: 'Escape' });
  await settle();
  expect(panel()).toBeNull();
  expect(document.activeElement).toBe(opener);
});

test('who signs in for a reminder is told why, comes back and is reminded without another press', async () => {
  const { server } = await open();
  await press(button(account.remind));
  await press([...(panel()?.querySelectorAll('a') ?? [])].at(-1) ?? document.body);
  expect(location.pathname).toBe('/sign-in');
  expect(screen.getByText(account.reasons.signInForReminder(TITLE))).toBeTruthy();
  await submit();
  expect(location.pathname + location.hash).toBe(`${PATH}#reminder`);
  expect(server.count(PUT)).toBe(1);
  expect(screen.getByRole('region', { name: account.remindedTitle })).toBeTruthy();
  expect(button(account.remindOn).getAttribute('aria-expanded')).toBe('true');
});

test('who makes an account instead, by way of the other page, is told what is missing still', async () => {
  const { server } = await open();
  await press(button(account.remind));
  await press([...(panel()?.querySelectorAll('a') ?? [])].at(-1) ?? document.body);
  server.answer(PUT, 202);
  await press(link(LAZY_EN.register));
  expect(screen.getByText(account.reasons.registerForReminder(TITLE))).toBeTruthy();
  await submit();
  expect(server.count(PUT)).toBe(1);
  expect(screen.getByRole('region', { name: account.remindUnverified })).toBeTruthy();
  expect(screen.getByText(account.openLink('maja@example.com'))).toBeTruthy();
  server.answer('POST /auth/email/resend', 202);
  await press(button(account.resend));
  expect(screen.getByText(account.resent('maja@example.com'))).toBeTruthy();
});

test('a link alone reminds nobody: what was not asked for in this tab is not set', async () => {
  const { server, unmount } = await open({ session: VERIFIED, path: `${PATH}#reminder` });
  expect(server.count(PUT)).toBe(0);
  unmount();
  const other = await open({ path: `/sign-in?next=${NEXT}` });
  expect(screen.getByText(LAZY_EN.signInLead)).toBeTruthy();
  await submit();
  expect(location.pathname).toBe(PATH);
  expect(other.server.count(PUT)).toBe(0);
});

test('a wish for one sale reminds of no other, and is granted once', async () => {
  const drafts = createDrafts(null);
  const kept = { title: 'Another', madeAtMs: NOON_MS };
  drafts.write('reminder wish', JSON.stringify({ ...kept, eventId: 'evt_other' }));
  const { server, unmount } = await open({ session: VERIFIED, drafts });
  expect(server.count(PUT)).toBe(0);
  unmount();
  drafts.write('reminder wish', JSON.stringify({ ...kept, eventId: EVENT_ID }));
  const second = await open({ session: VERIFIED, drafts });
  expect(second.server.count(PUT)).toBe(1);
  second.unmount();
  expect((await open({ session: VERIFIED, drafts })).server.count(PUT)).toBe(0);
});

test('who is signed in is reminded at a press, told when the mail comes, and can undo it', async () => {
  const { server } = await open({ session: VERIFIED });
  await press(button(account.remind));
  expect(server.count(PUT)).toBe(1);
  expect(panel()?.textContent).toContain('maja@example.com 15 minutes before it opens');
  button(account.remindOffNow).focus();
  await press(button(account.remindOffNow));
  expect(server.count(DELETE)).toBe(1);
  expect(panel()).toBeNull();
  expect(document.activeElement).toBe(button(account.remind));
});

test('a reminder that is set shows on the page, and tells more at a press', async () => {
  const { server } = await open({ session: VERIFIED, reminded: true });
  expect(panel()).toBeNull();
  await press(button(account.remindOn));
  expect(screen.getByRole('region', { name: account.remindedTitle })).toBeTruthy();
  expect(server.count(PUT)).toBe(0);
});

test('a refusal is shown at the button, and nothing is set', async () => {
  const { server } = await open({ session: VERIFIED });
  server.refuse(PUT, { status: 409, code: 'too_many_reminders' });
  await press(button(account.remind));
  expect(screen.getByRole('alert').textContent).toContain(LAZY_EN.problems.too_many_reminders);
  expect(button(account.remind)).toBeTruthy();
});

test('nobody is offered a reminder by a shop that sends no mail', async () => {
  await open({ sendsMail: false });
  expect(screen.queryByText(account.remind)).toBeNull();
});
