import { expect, it } from 'vitest';
import { OUTBOX_KINDS } from '../contract/outbox.ts';
import { createKinds } from './kinds.ts';
import { createUnsentHandlers } from './mail/handlers.ts';

const erase = async () => ({ kind: 'done' }) as const;

it('every kind is worked off, and mails within their quota', () => {
  const kinds = createKinds({ mails: createUnsentHandlers(), erase });
  expect(Object.keys(kinds).toSorted()).toEqual(OUTBOX_KINDS.toSorted());
  for (const kind of OUTBOX_KINDS.filter((name) => name.startsWith('mail.'))) {
    expect(kinds[kind]?.channel, kind).toBe('mail');
  }
});
