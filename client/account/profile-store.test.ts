import { expect, it, vi } from 'vitest';
import { createDrafts } from '../page/drafts.ts';
import type { SessionStore } from '../session/session-store.ts';
import { aSession } from '../testing/builders.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { createAccountApi } from './account-api.ts';
import { createPasswordChange, createRename, NAME_DRAFT } from './profile-store.ts';

const RENAMED = { ...aSession().user, displayName: 'Maja H.' };

function portsWith(answers: Record<string, object | number>) {
  const server = fakeReviews();
  for (const [what, given] of Object.entries(answers)) server.answer(what, given);
  const start = vi.fn<SessionStore['start']>();
  const drafts = createDrafts(null);
  const ports = {
    api: createAccountApi(server.api),
    session: { token: aSession, start },
    drafts,
    act: <Value>(call: () => Promise<Value>) => call(),
  };
  return { ports, start, drafts, server };
}

it('gives the session the new name, and forgets the draft of it', async () => {
  const { ports, start, drafts } = portsWith({ 'PUT /profile': RENAMED });
  drafts.write(NAME_DRAFT, 'Maja H.');
  const { submit } = createRename(ports);
  expect(await submit({ displayName: 'Maja H.' })).toBe(true);
  expect(start).toHaveBeenCalledExactlyOnceWith({ ...aSession(), user: RENAMED });
  expect(drafts.read(NAME_DRAFT)).toBe('');
});

it('keeps the name and its draft where it is refused', async () => {
  const { ports, start, drafts } = portsWith({ 'PUT /profile': 400 });
  drafts.write(NAME_DRAFT, 'Admin');
  const { state, submit } = createRename(ports);
  expect(await submit({ displayName: 'Admin' })).toBe(false);
  expect(state.value.problem).not.toBeNull();
  expect(start).not.toHaveBeenCalled();
  expect(drafts.read(NAME_DRAFT)).toBe('Admin');
});

it('goes on with the session that a new password brings', async () => {
  const renewed = { ...aSession(), accessToken: 'next' };
  const { ports, start, server } = portsWith({ 'PUT /auth/password': renewed });
  const fields = { currentPassword: 'correct horse', newPassword: 'battery staple' };
  expect(await createPasswordChange(ports).submit(fields)).toBe(true);
  expect(server.asked.at(-1)?.body).toEqual(fields);
  expect(start).toHaveBeenCalledExactlyOnceWith(renewed);
});
