import { describe, expect, it } from 'vitest';
import type { EventId, UserId } from '../contract/ids.ts';
import { reminderOffSchema } from '../contract/reminders.ts';
import { createReminderTokens } from './reminder-tokens.ts';

const SECRET = 'a secret of thirty-two characters';
const REMINDER = {
  eventId: 'evt_0123456789ab' as EventId,
  userId: 'usr_01kb8c4zj0h7pqrstv' as UserId,
};

describe('the token that turns a reminder off', () => {
  const { make, read } = createReminderTokens(SECRET);

  it('names its reminder, in a form that the route takes', () => {
    const token = make(REMINDER);
    expect(read(token)).toEqual(REMINDER);
    expect(reminderOffSchema.safeParse({ token }).success).toBe(true);
  });

  it('is good after the secret was exchanged once', () => {
    const rotated = createReminderTokens('another secret', SECRET);
    expect(rotated.read(make(REMINDER))).toEqual(REMINDER);
    expect(read(rotated.make(REMINDER))).toBeUndefined();
  });

  it('is refused where one character is another', () => {
    const token = make(REMINDER);
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === '0' ? '1' : '0';
      expect(read(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
    expect(read('')).toBeUndefined();
    expect(read(`${token}0`)).toBeUndefined();
  });
});
