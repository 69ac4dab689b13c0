import { beforeEach, expect, test } from 'vitest';
import { createDrafts } from './drafts.ts';

beforeEach(() => sessionStorage.clear());

test('a draft outlives a reload, until it is sent or its owner signs out', () => {
  const drafts = createDrafts(sessionStorage);
  drafts.write('comment a', 'half a thou');
  drafts.write('comment b', 'sent');
  drafts.write('comment b', '');
  const reloaded = createDrafts(sessionStorage);
  expect([reloaded.read('comment a'), reloaded.read('comment b')]).toEqual(['half a thou', '']);
  reloaded.clear();
  expect(createDrafts(sessionStorage).read('comment a')).toBe('');
});

test('what storage has and is no draft is nothing, and no storage at all is no fault', () => {
  sessionStorage.setItem('swiftdrop.drafts', '{"a":1}');
  expect(createDrafts(sessionStorage).read('a')).toBe('');
  const drafts = createDrafts(null);
  drafts.write('a', 'kept as long as the page');
  expect(drafts.read('a')).toBe('kept as long as the page');
});

test('of very many drafts the oldest go', () => {
  const drafts = createDrafts(null);
  for (let n = 0; n < 100; n++) drafts.write(`draft ${n}`, 'x');
  expect([drafts.read('draft 0'), drafts.read('draft 99')]).toEqual(['', 'x']);
});
