import { expect, test } from 'vitest';
import { aSession } from '../testing/builders.ts';
import { hasEnded, parseSession } from './session.ts';

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

test('a session ends at its time on the server clock', () => {
  const session = aSession();
  const endMs = Date.parse(session.expiresAt);
  expect(hasEnded(session, endMs - 1)).toBe(false);
  expect(hasEnded(session, endMs)).toBe(true);
});
