import { expect, it } from 'vitest';
import type { QueueEntry } from '../../worker/contract/queue.ts';
import { aQueueEntry, NOON_MS } from '../testing/builders.ts';
import { type Place, takeEntry } from './place.ts';
import { queueNews } from './queue-news.ts';

const at = (fields: Partial<QueueEntry>): Place =>
  takeEntry(undefined, aQueueEntry(fields), { nowMs: NOON_MS, name: 'Lamp' });
const ahead = (entries: number) => at({ rank: 500, ahead: { entries, units: entries } });
const OTHER = 'ent_000000000001_000000000000000002' as QueueEntry['id'];
const undrawn = at({ rank: null, ahead: null });

/** What is said at each look but the first, which says nothing. */
function said(...looks: Place[][]) {
  let heard: Parameters<typeof queueNews>[0] = null;
  return looks.map((places) => {
    const now = queueNews(heard, places);
    heard = now.heard;
    return now.news;
  });
}

it('says the place that one entered at, and again when it is near enough to matter', () => {
  expect(said([], [ahead(40)], [ahead(30)], [ahead(20)], [ahead(0)])).toEqual([
    [],
    [{ kind: 'place', name: 'Lamp', entries: 40, isAtMost: false }],
    [],
    [{ kind: 'place', name: 'Lamp', entries: 20, isAtMost: false }],
    [{ kind: 'place', name: 'Lamp', entries: 0, isAtMost: false }],
  ]);
});

it('says nothing of what was there already', () => {
  const other = at({ id: OTHER, rank: null, ahead: null });
  expect(said([ahead(3), other], [ahead(3), other])).toEqual([[], []]);
});

it('says that one takes part in a draw, and the place that was drawn', () => {
  expect(said([], [undrawn], [ahead(300)])).toEqual([
    [],
    [{ kind: 'take_part', name: 'Lamp' }],
    [{ kind: 'place', name: 'Lamp', entries: 300, isAtMost: false }],
  ]);
});

/** What is said of a place that waited when it ends so. */
function end(fields: Partial<QueueEntry>) {
  return said([ahead(3)], [at({ ahead: null, ...fields })])[1];
}

it('says how it ended, but leaves the turn to its order', () => {
  expect(end({ status: 'closed' })).toEqual([{ kind: 'closed', name: 'Lamp' }]);
  expect(end({ status: 'left' })).toEqual([{ kind: 'left', name: 'Lamp' }]);
  expect(end({ status: 'skipped', reason: 'disqualified' })).toEqual([
    { kind: 'skipped', name: 'Lamp', reason: 'disqualified' },
  ]);
  expect(end({ status: 'offered' })).toEqual([]);
});
