/** The words of a live event, and links to a draft, as admins use them. */
import { act, cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anAdminEvent } from '../../testing/admin-event.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { PreviewLinkButton } from './preview-link.tsx';
import { TextsScreen } from './texts-screen.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const EVENT = anAdminEvent({ published: true, status: 'live', title: 'Nigth' });

async function press(name: string) {
  await act(() => void fireEvent.click(screen.getByRole('button', { name })));
  await settle();
}

async function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
}

async function submit() {
  fireEvent.submit(document.querySelector('form') ?? document.body);
  await settle();
}

async function correct(correctTexts: AdminApi['correctTexts'], now = EVENT) {
  const getEvent = vi.fn<AdminApi['getEvent']>(async () => ok(now));
  getEvent.mockResolvedValueOnce(ok(EVENT));
  await drawInConsole(<TextsScreen id={EVENT.id} />, { getEvent, correctTexts });
}

test('words and cover are sent, and nothing of the plan', async () => {
  const correctTexts = vi.fn<AdminApi['correctTexts']>(async () => ok(EVENT));
  await correct(correctTexts);
  await type('Title', 'Night');
  await submit();
  const [id, texts, version] = correctTexts.mock.calls[0] ?? [];
  expect([id, version]).toEqual([EVENT.id, '"1"']);
  expect(texts).toEqual({
    title: 'Night',
    description: 'One hundred pairs.',
    translations: EVENT.translations,
    coverUrl: null,
  });
  expect(location.pathname).toBe(`/admin/events/${EVENT.id}`);
});

test('a title of nothing is not sent', async () => {
  const correctTexts = vi.fn<AdminApi['correctTexts']>();
  await correct(correctTexts);
  await type('Title', ' ');
  await submit();
  expect(correctTexts).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(screen.getByLabelText('Title'));
});

test('words that somebody else corrected meanwhile are shown, and saved over once that was seen', async () => {
  const changedBy = { name: 'Ben', at: '2026-11-22T12:03:00.000Z' };
  const correctTexts = vi.fn<AdminApi['correctTexts']>(async () =>
    refused({ code: 'precondition_failed', changedBy }),
  );
  await correct(correctTexts, { ...EVENT, title: 'Theirs', version: '"2"' });
  await type('Title', 'Mine');
  await submit();
  expect(screen.getByRole('alert').textContent).toContain('Title: Theirs');
  correctTexts.mockResolvedValueOnce(ok(EVENT));
  await press('Save my version instead');
  const [, texts, version] = correctTexts.mock.calls[1] ?? [];
  expect(texts?.title).toBe('Mine');
  expect(version).toBe('"2"');
});

test('what an event sells is corrected in the catalogue', async () => {
  await correct(async () => ok(EVENT));
  const link = screen.getByRole('link', { name: 'Headphones' });
  expect(link.getAttribute('href')).toBe('/admin/catalogue/itm_000000000000000001');
});

test('a link to a draft is shown with its end, also where it cannot be copied', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
  const url = 'https://shop.example/preview/abc';
  await drawInConsole(<PreviewLinkButton eventId="evt_1" />, {
    previewEvent: async () => ok({ url, expiresAt: '2026-11-29T12:00:00.000Z' }),
  });
  await press('Copy preview link');
  expect(screen.getByRole('link', { name: 'Open the preview' }).getAttribute('href')).toBe(url);
  expect(screen.getByRole('status').textContent).toContain('29 Nov');
  expect(screen.getByRole('status').textContent).toContain('does not allow copying');
});
