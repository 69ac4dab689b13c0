import { expect, it, vi } from 'vitest';
import type { Result } from '../api/call-problem.ts';
import { ok, refused } from '../testing/fake-api.ts';
import type { Page } from './feed.ts';
import { createFeed, type FeedPorts } from './feed-store.ts';

interface Note {
  readonly id: string;
  readonly text?: string;
}

function page(ids: string[], nextCursor: string | null = null): Result<Page<Note>> {
  return ok({ entries: ids.map((id) => ({ id })), nextCursor });
}

function feedWith(...answers: Result<Page<Note>>[]) {
  const reader = { isBusy: false };
  const read = vi.fn<FeedPorts<Note>['read']>();
  for (const answer of answers) read.mockResolvedValueOnce(answer);
  const feed = createFeed<Note>({ newest: 'first', isBusy: () => reader.isBusy, read });
  const ids = () => feed.state.value.page?.entries.map(({ id }) => id);
  return { feed, read, reader, ids };
}

it('has the first page, then the one after it', async () => {
  const { feed, read, ids } = feedWith(page(['3', '2'], 'more'), page(['2', '1']));
  const reading = feed.readFirst(true);
  expect(feed.state.value).toMatchObject({ page: null, isLoading: true });
  await reading;
  await feed.readNext();
  expect(ids()).toEqual(['3', '2', '1']);
  expect(read.mock.calls).toEqual([
    [undefined, true],
    ['more', true],
  ]);
  await feed.readNext();
  expect(read).toHaveBeenCalledTimes(2);
});

it('keeps what it has while a reading fails, with the reason', async () => {
  const { feed, ids } = feedWith(page(['1']), refused({ code: 'unavailable' }));
  await feed.readFirst(true);
  await feed.readFirst(false);
  expect(ids()).toEqual(['1']);
  expect(feed.state.value.problem).toEqual({ code: 'unavailable' });
});

it('does not move what somebody is busy with, until they ask for it', async () => {
  const { feed, reader, ids } = feedWith(page(['1']), page(['2', '1']));
  await feed.readFirst(true);
  reader.isBusy = true;
  await feed.readFirst(false);
  expect(ids()).toEqual(['1']);
  feed.showHeld();
  expect(ids()).toEqual(['2', '1']);
  expect(feed.state.value.held).toBeNull();
});

it('reads the next page once, however often it is asked for at the same time', async () => {
  const { feed, read } = feedWith(page(['2'], 'more'), page(['1']));
  await feed.readFirst(true);
  await Promise.all([feed.readNext(), feed.readNext()]);
  expect(read).toHaveBeenCalledTimes(2);
});

it('shows one’s own entries at once: new ones, changed ones and none that was deleted', async () => {
  const { feed, ids } = feedWith(page(['1']));
  feed.put({ id: 'own' });
  expect(ids()).toEqual(['own']);
  await feed.readFirst(true);
  feed.put({ id: '2' });
  feed.put({ id: '1', text: 'changed' });
  expect(feed.state.value.page?.entries).toEqual([{ id: '2' }, { id: '1', text: 'changed' }]);
  feed.drop('2');
  expect(ids()).toEqual(['1']);
});
