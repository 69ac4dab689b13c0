import { describe, expect, it } from 'vitest';
import { countNew, drop, type Page, put, takeFirst, takeNext } from './feed.ts';

interface Entry {
  id: string;
  text?: string;
}

const page = (ids: string, nextCursor: string | null = null): Page<Entry> => ({
  entries: Array.from(ids, (id) => ({ id })),
  nextCursor,
});
const idsOf = ({ entries }: Page<Entry>) => entries.map(({ id }) => id).join('');

describe('the first page, asked for anew', () => {
  it('brings what is new, drops what is gone and keeps what was loaded after it', () => {
    const known = takeNext(page('edc', 'c'), page('ba', 'a'));
    const seen = takeFirst(known, page('gfec', 'c'));
    expect(idsOf(seen)).toBe('gfecba');
    expect(seen.nextCursor).toBe('a');
  });

  it('begins the list anew where it no longer meets what was known', () => {
    const seen = takeFirst(page('edc', 'c'), page('zyx', 'x'));
    expect(idsOf(seen)).toBe('zyx');
    expect(seen.nextCursor).toBe('x');
  });

  it('is all there is where no page follows', () => {
    expect(idsOf(takeFirst(page('dcba'), page('dba')))).toBe('dba');
    expect(idsOf(takeFirst(page('dcba'), page('')))).toBe('');
  });
});

it('has an entry once that slid from one page into the next', () => {
  expect(idsOf(takeNext(page('edc', 'c'), page('cba')))).toBe('edcba');
});

it('shows one’s own entry at once: in its place, or where new ones come', () => {
  expect(idsOf(put(page('ba'), { id: 'c' }, 'first'))).toBe('cba');
  expect(idsOf(put(page('ab'), { id: 'c' }, 'last'))).toBe('abc');
  const edited = put(page('ba'), { id: 'a', text: 'edited' }, 'first');
  expect(edited.entries).toEqual([{ id: 'b' }, { id: 'a', text: 'edited' }]);
  expect(idsOf(drop(edited, 'b'))).toBe('a');
});

it('counts what nobody has been shown', () => {
  expect(countNew(page('cba'), page('edcb'))).toBe(2);
  expect(countNew(null, page('edcb'))).toBe(0);
});
