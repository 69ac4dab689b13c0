import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { UserId } from '../../../worker/contract/ids.ts';
import type { Reported } from '../../../worker/contract/reviews.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { ModerationScreen } from './moderation-screen.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const INSULT: Reported = {
  kind: 'comment',
  id: 'cmt_000000000001_000000000000000001' as Reported['id'],
  subjectId: 'evt_000000000001' as Reported['subjectId'],
  text: 'You are all fools.',
  author: { id: 'usr_000000000000000001' as UserId, name: 'Ole', staff: false },
  createdAt: instant(NOON_MS - 60_000),
  hidden: false,
  reports: 3,
  reasons: ['abuse', 'spam', 'abuse'],
  reportedAt: instant(NOON_MS),
};

/** A shop with one comment: reported, or hidden on an earlier visit, until it is decided. */
function oneReport(before: 'open' | 'hidden' = 'open') {
  let comment = { ...INSULT, hidden: before === 'hidden' };
  let isOpen = before === 'open';
  const moderate = vi.fn<AdminApi['moderate']>(async (_, to) => {
    comment = { ...comment, hidden: to === 'hide' };
    isOpen = false;
    return ok(comment);
  });
  const listReports = vi.fn<AdminApi['listReports']>(async ({ of, state }) => {
    const isListed = of === 'comments' && (state === 'open' ? isOpen : comment.hidden);
    return ok({ reports: isListed ? [comment] : [], nextCursor: null, serverNow: '' });
  });
  return { moderate, listReports };
}

async function openComments(admin: Partial<AdminApi>) {
  await drawInConsole(<ModerationScreen />, admin);
  await choose('Kind', 'comments');
}

async function choose(label: string, value: string) {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
  await settle();
}

test('a report is shown with its reasons, how often each was given, and its place', async () => {
  await openComments(oneReport());
  expect(screen.getByText('You are all fools.')).toBeTruthy();
  expect(screen.getByText('Reported 3 times')).toBeTruthy();
  const reasons = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(reasons).toEqual(expect.arrayContaining(['Abuse ×2', 'Spam']));
  const place = screen.getByRole('link', { name: 'See the event' });
  expect(place.getAttribute('href')).toBe('/events/evt_000000000001');
});

test('what was hidden leaves the list, and can be restored at once', async () => {
  const shop = oneReport();
  await openComments(shop);
  fireEvent.click(screen.getByRole('button', { name: 'Hide: You are all fools.' }));
  await settle();
  expect(shop.moderate).toHaveBeenLastCalledWith(INSULT, 'hide');
  expect(screen.getByText('Nothing waits for a decision.')).toBeTruthy();
  const [decided] = screen.getAllByRole('article');
  if (decided === undefined) throw new Error('nothing was decided');
  expect(within(decided).getByText('Hidden')).toBeTruthy();

  fireEvent.click(within(decided).getByRole('button', { name: 'Restore: You are all fools.' }));
  await settle();
  expect(shop.moderate).toHaveBeenLastCalledWith({ ...INSULT, hidden: true }, 'restore');
  expect(screen.getByText('Shown')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Hide: You are all fools.' })).toBeTruthy();
});

test('what was hidden on an earlier visit is found and restored', async () => {
  const shop = oneReport('hidden');
  await openComments(shop);
  expect(screen.getByText('Nothing waits for a decision.')).toBeTruthy();
  await choose('State', 'hidden');
  expect(screen.getByText('You are all fools.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Hide/ })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Restore: You are all fools.' }));
  await settle();
  expect(shop.moderate).toHaveBeenLastCalledWith({ ...INSULT, hidden: true }, 'restore');
  expect(screen.getByText('Nothing is hidden.')).toBeTruthy();
  expect(screen.getByText('Shown')).toBeTruthy();
});

test('what was decided just now is not kept beside another list', async () => {
  await openComments(oneReport());
  fireEvent.click(screen.getByRole('button', { name: 'Hide: You are all fools.' }));
  await settle();
  await choose('State', 'hidden');
  expect(screen.queryByText('Decided just now')).toBeNull();
  expect(screen.getAllByText('You are all fools.')).toHaveLength(1);
});

test('keeping what was reported closes its reports', async () => {
  const shop = oneReport();
  await openComments(shop);
  fireEvent.click(screen.getByRole('button', { name: 'Keep: You are all fools.' }));
  await settle();
  expect(shop.moderate).toHaveBeenLastCalledWith(INSULT, 'restore');
  expect(screen.getByText('Nothing waits for a decision.')).toBeTruthy();
});

test('a decision that failed is shown, and its report stays where it is', async () => {
  const shop = oneReport();
  shop.moderate.mockResolvedValue(refused({ code: 'unavailable' }));
  await openComments(shop);
  fireEvent.click(screen.getByRole('button', { name: 'Hide: You are all fools.' }));
  await settle();
  expect(screen.getByRole('alert').textContent).toContain('cannot be reached');
  expect(screen.queryByText('Decided just now')).toBeNull();
});
