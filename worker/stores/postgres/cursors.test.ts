import { describe, expect, it } from 'vitest';
import { paged, readCursor, writeCursor } from './cursors.ts';

describe('a cursor', () => {
  it('leads back to the place it was made from', () => {
    const place = { atMs: 1_800_000_000_123, id: 'ord_1' };
    expect(readCursor(writeCursor(place))).toEqual(place);
  });

  it('that no page gave leads nowhere', () => {
    const made = ['{}', '["1","a"]', '[9e15,"a"]', '[8e15,"a"]', '[-1,"a"]', '[1,"a\\u0000"]'];
    for (const text of ['', 'x', '%%%', ...made.map((json) => btoa(json))]) {
      expect(readCursor(text), text).toBeUndefined();
    }
  });
});

describe('a page', () => {
  it('has a way on only if there is more', () => {
    expect(paged([1, 2, 3], 2, placeOf)).toEqual({
      page: [1, 2],
      nextCursor: writeCursor(placeOf(2)),
    });
    expect(paged([1, 2], 2, placeOf)).toEqual({ page: [1, 2], nextCursor: null });
    expect(paged([], 2, placeOf)).toEqual({ page: [], nextCursor: null });
  });
});

function placeOf(n: number) {
  return { atMs: n, id: String(n) };
}
