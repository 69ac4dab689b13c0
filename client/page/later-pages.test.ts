import { expect, it, vi } from 'vitest';
import { ok, refused } from '../testing/fake-api.ts';
import { createLaterPages, type LaterPagesPorts, type Page } from './later-pages.ts';

/** On a machine that is busy with something else. */
const SOON = { timeout: 20_000 };

interface Note {
  readonly id: string;
}

function page(ids: string[], nextCursor: string | null = null): Page<Note> {
  return { entries: ids.map((id) => ({ id })), nextCursor };
}

function laterPages(kept?: Page<Note>) {
  const loadPage = vi.fn<LaterPagesPorts<Note>['loadPage']>();
  const keep = vi.fn<LaterPagesPorts<Note>['keep']>();
  const withLater = createLaterPages<Note>({ kept, keep, loadPage });
  const idsAfter = (first: Page<Note>) => withLater(first).entries.map(({ id }) => id);
  return { withLater, idsAfter, loadPage, keep };
}

const FIRST = page(['4', '3'], 'second');

it('adds one page after the other, and loads one at a time', async () => {
  const { withLater, idsAfter, loadPage } = laterPages();
  loadPage.mockResolvedValueOnce(ok(page(['2'], 'third')));
  loadPage.mockResolvedValueOnce(ok(page(['1'])));
  withLater(FIRST).load();
  expect(withLater(FIRST)).toMatchObject({ hasMore: true, isLoading: true });
  withLater(FIRST).load();
  await vi.waitFor(() => expect(idsAfter(FIRST)).toEqual(['4', '3', '2']), SOON);
  withLater(FIRST).load();
  await vi.waitFor(() => expect(withLater(FIRST).hasMore).toBe(false), SOON);
  expect(idsAfter(FIRST)).toEqual(['4', '3', '2', '1']);
  withLater(FIRST).load();
  expect(loadPage.mock.calls).toEqual([['second'], ['third']]);
});

it('shows an entry once that slid into a later page', async () => {
  const { withLater, idsAfter, loadPage } = laterPages();
  loadPage.mockResolvedValueOnce(ok(page(['3', '2'])));
  withLater(FIRST).load();
  await vi.waitFor(() => expect(idsAfter(FIRST)).toEqual(['4', '3', '2']), SOON);
  expect(idsAfter(page(['5', '4'], 'second'))).toEqual(['5', '4', '3', '2']);
});

it('keeps what it has while a page fails, with the reason, and goes on from there', async () => {
  const { withLater, idsAfter, loadPage, keep } = laterPages();
  loadPage.mockResolvedValueOnce(refused({ code: 'unavailable' }));
  withLater(FIRST).load();
  await vi.waitFor(() => expect(withLater(FIRST).problem).toEqual({ code: 'unavailable' }), SOON);
  expect(withLater(FIRST)).toMatchObject({ hasMore: true, isLoading: false });
  expect(keep).not.toHaveBeenCalled();
  loadPage.mockResolvedValueOnce(ok(page(['2'])));
  withLater(FIRST).load();
  await vi.waitFor(() => expect(idsAfter(FIRST)).toEqual(['4', '3', '2']), SOON);
  expect(withLater(FIRST).problem).toBeNull();
});

it('begins with what was kept, and keeps all that was loaded', async () => {
  const { withLater, idsAfter, loadPage, keep } = laterPages(page(['2'], 'third'));
  expect(idsAfter(FIRST)).toEqual(['4', '3', '2']);
  loadPage.mockResolvedValueOnce(ok(page(['1'])));
  withLater(FIRST).load();
  await vi.waitFor(() => expect(keep).toHaveBeenCalledWith(page(['2', '1'])), SOON);
  expect(loadPage).toHaveBeenCalledExactlyOnceWith('third');
});
