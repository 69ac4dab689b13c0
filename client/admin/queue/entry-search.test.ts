import { expect, test } from 'vitest';
import { entrySearch } from './entry-search.ts';

test('an entry is looked up by its id, by its customer’s id or by their address', () => {
  expect(entrySearch(' ent_000000000001_00000000000000000a ')).toEqual({
    entryId: 'ent_000000000001_00000000000000000a',
  });
  expect(entrySearch('usr_00000000000000000a')).toEqual({ customerId: 'usr_00000000000000000a' });
  expect(entrySearch('Maja@Example.com')).toEqual({ email: 'maja@example.com' });
  expect(entrySearch('  ')).toEqual({});
});

test('a part of an address or of an id is no search', () => {
  for (const typed of ['maja', 'maja@', '@example.com', 'ent_0', 'usr_00', 'a b@example.com']) {
    expect(entrySearch(typed)).toBeNull();
  }
});
