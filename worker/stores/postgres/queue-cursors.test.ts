import { expect, it } from 'vitest';
import type { QueueEntryId } from '../../contract/ids.ts';
import { readQueueCursor, writeQueueCursor } from './queue-cursors.ts';

const PLACE = {
  part: 'ranked' as const,
  rank: 100_000,
  id: 'ent_000000000001_000000000000000001' as QueueEntryId,
  beforeDraw: false,
};

it('a cursor leads back to the place it was made from, and fits in a query', () => {
  const cursor = writeQueueCursor(PLACE);
  expect(readQueueCursor(cursor)).toEqual(PLACE);
  const longest = { ...PLACE, part: 'unranked' as const, rank: Number.MAX_SAFE_INTEGER };
  expect(writeQueueCursor(longest).length).toBeLessThanOrEqual(200);
});

it('a cursor that no page gave leads nowhere', () => {
  const made = [
    {},
    [1, PLACE.id],
    { ...PLACE, part: 'drawn' },
    { ...PLACE, rank: -1 },
    { ...PLACE, rank: 1.5 },
    { ...PLACE, rank: 1e16 },
    { ...PLACE, id: 'usr_000000000000000001' },
    { ...PLACE, beforeDraw: 'no' },
  ].map((place) => btoa(JSON.stringify(place)));
  for (const text of ['', 'x', '%%%', ...made]) {
    expect(readQueueCursor(text), text).toBeUndefined();
  }
});
