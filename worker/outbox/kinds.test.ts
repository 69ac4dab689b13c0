import { expect, it } from 'vitest';
import { OUTBOX_KINDS } from '../contract/outbox.ts';
import { createKinds } from './kinds.ts';
import { createUnsentHandlers } from './mail/handlers.ts';

it('every kind of mail is worked off, within the quota of mails', () => {
  const kinds = createKinds({ mails: createUnsentHandlers() });
  for (const kind of OUTBOX_KINDS.filter((name) => name.startsWith('mail.'))) {
    expect(kinds[kind]?.channel, kind).toBe('mail');
  }
});
