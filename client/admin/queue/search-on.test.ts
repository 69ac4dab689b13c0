import { expect, it, vi } from 'vitest';
import type { Result } from '../../api/call-problem.ts';
import type { Page } from '../../page/later-pages.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { EMPTY_PAGES_MAX, searchOn } from './search-on.ts';

type Load = (cursor: string) => Promise<Result<Page<string>>>;

const emptyPage = (nextCursor: string | null) => ok({ entries: [] as string[], nextCursor });

it('a search goes on to the first page with something on it', async () => {
  const found = ok({ entries: ['Maja'], nextCursor: 'fourth' });
  const load = vi.fn<Load>();
  load.mockResolvedValueOnce(emptyPage('second')).mockResolvedValueOnce(emptyPage('third'));
  load.mockResolvedValueOnce(found);
  expect(await searchOn('first', load)).toEqual(found);
  expect(load.mock.calls).toEqual([['first'], ['second'], ['third']]);
});

it('a search ends with the list, with a failure and after so many pages', async () => {
  const end = vi.fn<Load>(async () => emptyPage(null));
  expect(await searchOn('first', end)).toEqual(emptyPage(null));
  const failure = vi.fn<Load>(async () => refused({ code: 'unavailable' }));
  expect(await searchOn('first', failure)).toEqual(refused({ code: 'unavailable' }));
  const endless = vi.fn<Load>(async () => emptyPage('next'));
  expect(await searchOn('first', endless)).toEqual(emptyPage('next'));
  const calls = [end, failure, endless].map(({ mock }) => mock.calls.length);
  expect(calls).toEqual([1, 1, EMPTY_PAGES_MAX]);
});
