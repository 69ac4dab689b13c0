import { expect, it } from 'vitest';
import { OUTBOX_KINDS } from '../contract/outbox.ts';
import { createKinds } from './kinds.ts';
import type { MailHandlers } from './mail/handlers.ts';

const erase = async () => ({ kind: 'done' }) as const;
const mails = {} as MailHandlers;

it('every kind is worked off, and mails within their quota', () => {
  const kinds = createKinds({ mails, erase });
  expect(Object.keys(kinds).toSorted()).toEqual(OUTBOX_KINDS.toSorted());
  for (const kind of OUTBOX_KINDS.filter((name) => name.startsWith('mail.'))) {
    expect(kinds[kind]?.channel, kind).toBe('mail');
  }
});

it('a shop that sends no mail works off what is no mail', () => {
  expect(Object.keys(createKinds({ mails: undefined, erase }))).toEqual(['account.erase']);
});
