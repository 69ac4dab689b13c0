import { expect, it } from 'vitest';
import {
  accountTokenOf,
  accountTokenText,
  createAskerKeys,
  createRecipientKeys,
  readAccountToken,
} from './account-tokens.ts';

const SECRET = 'a secret of the tests, long enough';
const KEY = 'reset_password/one';

it('a row has one link, which is the same each time it is made', () => {
  expect(accountTokenOf(SECRET, 'reset_password', KEY)).toEqual(
    accountTokenOf(SECRET, 'reset_password', KEY),
  );
});

it.each([
  ['row', accountTokenOf(SECRET, 'reset_password', 'reset_password/two')],
  ['purpose', accountTokenOf(SECRET, 'verify_email', KEY)],
  ['secret of the Worker', accountTokenOf('another secret', 'reset_password', KEY)],
])('another %s makes another secret', (_what, other) => {
  expect(other.secret).not.toBe(accountTokenOf(SECRET, 'reset_password', KEY).secret);
});

it('a link’s token is read as it was written', () => {
  const token = accountTokenOf(SECRET, 'verify_email', KEY);
  expect(readAccountToken(accountTokenText(token))).toEqual(token);
});

it.each([
  '',
  '.',
  'x',
  `${'a'.repeat(22)}.${'b'.repeat(42)}`,
  `${'a'.repeat(22)}.${'b'.repeat(44)}`,
  ` ${'a'.repeat(22)}.${'b'.repeat(43)}`,
  `${'a'.repeat(22)}.${'b'.repeat(43)}\n`,
  `${'ä'.repeat(22)}.${'b'.repeat(43)}`,
  `${'a'.repeat(22)}.${'b'.repeat(43)}.${'b'.repeat(43)}`,
])('what cannot be a token is none: %j', (text) => {
  expect(readAccountToken(text)).toBeUndefined();
});

it('whoever asks is counted for each mailbox by another name, which shows neither', () => {
  const keyOf = createAskerKeys(SECRET);
  const name = keyOf({ network: '192.0.2.1' }, 'grace@example.com');
  expect(keyOf({ network: '192.0.2.1' }, 'grace@example.com')).toBe(name);
  expect(name).not.toMatch(/192|grace/);
  const others = [
    keyOf({ network: '192.0.2.2' }, 'grace@example.com'),
    keyOf({ network: '192.0.2.1' }, 'ada@example.com'),
    keyOf({ deviceId: '192.0.2.1' }, 'grace@example.com'),
    createAskerKeys('another secret')({ network: '192.0.2.1' }, 'grace@example.com'),
  ];
  expect(new Set([name, ...others]).size).toBe(5);
});

it('an address is counted by a name that does not show it, in any case of its letters', () => {
  const keyOf = createRecipientKeys(SECRET);
  expect(keyOf('Grace@Example.com')).toBe(keyOf('grace@example.com'));
  expect(keyOf('grace@example.com')).not.toBe(keyOf('ada@example.com'));
  expect(createRecipientKeys('another secret')('grace@example.com')).not.toBe(
    keyOf('grace@example.com'),
  );
  expect(keyOf('grace@example.com')).not.toContain('grace');
});
