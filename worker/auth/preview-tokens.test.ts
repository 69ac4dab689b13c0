import { expect, it } from 'vitest';
import type { EventId } from '../contract/ids.ts';
import { createPreviewTokens } from './preview-tokens.ts';
import { createReminderTokens } from './reminder-tokens.ts';

const SECRET = 'a secret that only this test knows, long enough';
const eventId = 'evt_0123456789ab' as EventId;
const endsAtMs = Date.parse('2026-12-08T12:00:00.000Z');

it('a link to a draft names its event and its end', () => {
  const tokens = createPreviewTokens(SECRET);
  expect(tokens.read(tokens.make({ eventId, endsAtMs }))).toEqual({ eventId, endsAtMs });
  expect(tokens.make({ eventId, endsAtMs })).not.toContain('.');
});

it('a link that was made with a secret before this one is still read', () => {
  const token = createPreviewTokens('the secret before, which was as long as it').make({
    eventId,
    endsAtMs,
  });
  const tokens = createPreviewTokens(SECRET, 'the secret before, which was as long as it');
  expect(tokens.read(token)).toEqual({ eventId, endsAtMs });
  expect(createPreviewTokens(SECRET).read(token)).toBeUndefined();
});

it('a link of which anything was changed is none', () => {
  const tokens = createPreviewTokens(SECRET);
  const token = tokens.make({ eventId, endsAtMs });
  for (const [n, character] of token.split('').entries()) {
    const other = character === '0' ? '1' : '0';
    const changed = token.slice(0, n) + other + token.slice(n + 1);
    expect(tokens.read(changed), changed).toBeUndefined();
  }
  for (const text of ['', token.slice(1), `${token}a`, token.toUpperCase()]) {
    expect(tokens.read(text), text).toBeUndefined();
  }
});

it('what turns off a reminder opens no draft', () => {
  const userId = 'usr_0123456789abcdefgh' as never;
  const reminder = createReminderTokens(SECRET).make({ eventId, userId });
  expect(createPreviewTokens(SECRET).read(reminder.replace('.', ''))).toBeUndefined();
});
