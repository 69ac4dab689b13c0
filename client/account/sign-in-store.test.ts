import { expect, it, vi } from 'vitest';
import { createDrafts } from '../page/drafts.ts';
import type { SessionStore } from '../session/session-store.ts';
import { aSession } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { readAccountDraft, writeAccountDraft } from './account-drafts.ts';
import { createSignIn, type SignInPorts } from './sign-in-store.ts';

type Fields = { email: string };

function signInWith(send: SignInPorts<Fields>['send']) {
  const drafts = createDrafts(null);
  for (const name of ['email', 'password']) writeAccountDraft(drafts, { name, value: 'typed' });
  const start = vi.fn<SessionStore['start']>();
  const { submit } = createSignIn<Fields>({ drafts, session: { start }, send });
  return { drafts, start, submit };
}

it('signs in, and leaves no draft of the form', async () => {
  const { drafts, start, submit } = signInWith(async () => ok(aSession()));
  expect(readAccountDraft(drafts, 'email')).toBe('typed');
  await submit({ email: 'maja@example.com' });
  expect(start).toHaveBeenCalledExactlyOnceWith(aSession());
  expect(readAccountDraft(drafts, 'email')).toBe('');
});

it('signs nobody in who is refused, and keeps what was typed but no password', async () => {
  const { drafts, start, submit } = signInWith(async () =>
    refused({ code: 'invalid_credentials' }),
  );
  await submit({ email: 'maja@example.com' });
  expect(start).not.toHaveBeenCalled();
  expect(readAccountDraft(drafts, 'email')).toBe('typed');
  expect(drafts.read('account password')).toBe('');
});
