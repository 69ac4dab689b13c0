import { expect, test } from 'vitest';
import { aSession } from '../testing/builders.ts';
import { freshnessOf, parseSession, parseSignedIn } from './session.ts';

test('a session survives being kept as text', () => {
  const session = aSession();
  expect(parseSession(JSON.stringify(session))).toEqual(session);
});

test.each([
  ['nothing', null],
  ['an empty text', ''],
  ['cut-off JSON', '{"user":'],
  ['another shape', '{"user":{},"accessToken":1}'],
  ['a null', 'null'],
  ['no time', JSON.stringify({ ...aSession(), expiresAt: 'soon' })],
])('%s counts as signed out', (_, text) => {
  expect(parseSession(text)).toBeNull();
});

test('who is signed in is read alone, without what else was kept', () => {
  const session = aSession();
  expect(parseSignedIn(JSON.stringify(session))).toEqual({ user: session.user });
  for (const text of [null, '', '{"user":', '{"user":{}}', 'null', '7']) {
    expect(parseSignedIn(text)).toBeNull();
  }
});

test('a token fades in its last minute and is over shortly before its time', () => {
  const session = aSession();
  const endMs = Date.parse(session.expiresAt);
  expect(freshnessOf(session, endMs - 60_001)).toBe('good');
  expect(freshnessOf(session, endMs - 60_000)).toBe('fading');
  expect(freshnessOf(session, endMs - 5_001)).toBe('fading');
  expect(freshnessOf(session, endMs - 5_000)).toBe('over');
  expect(freshnessOf(session, endMs + 1)).toBe('over');
});
