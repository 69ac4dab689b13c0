import { expect, test } from 'vitest';
import { createDrafts } from '../page/drafts.ts';
import { EVENT_ID, NOON_MS } from '../testing/builders.ts';
import { forgetWish, makeWish, readWish, WISH_GOOD_MS } from './sign-in-wish.ts';

const WISH = { eventId: EVENT_ID, title: 'Nine o’clock runners', madeAtMs: NOON_MS };

test('a wish is kept over the way to sign in, and not for longer', () => {
  const drafts = createDrafts(null);
  makeWish(drafts, WISH);
  expect(readWish(drafts, NOON_MS + WISH_GOOD_MS - 1)).toEqual(WISH);
  expect(readWish(drafts, NOON_MS + WISH_GOOD_MS)).toBeNull();
  expect(readWish(drafts, NOON_MS - 1)).toBeNull();
});

test('there is none before one was made, and after it was forgotten', () => {
  const drafts = createDrafts(null);
  expect(readWish(drafts, NOON_MS)).toBeNull();
  makeWish(drafts, WISH);
  forgetWish(drafts);
  expect(readWish(drafts, NOON_MS)).toBeNull();
});

test('the last of two wishes is the one that is kept', () => {
  const drafts = createDrafts(null);
  makeWish(drafts, WISH);
  makeWish(drafts, { ...WISH, title: 'Another' });
  expect(readWish(drafts, NOON_MS)?.title).toBe('Another');
});

test.each(['{', '[]', '{"eventId":1}', 'null'])('a stored %s is no wish', (text) => {
  const drafts = createDrafts(null);
  drafts.write('reminder wish', text);
  expect(readWish(drafts, NOON_MS)).toBeNull();
});
