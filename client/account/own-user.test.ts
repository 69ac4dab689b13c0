import { signal } from '@preact/signals-core';
import { expect, it, vi } from 'vitest';
import type { Session } from '../../worker/contract/accounts.ts';
import type { SignedIn } from '../session/session.ts';
import type { SessionStore } from '../session/session-store.ts';
import { aSession } from '../testing/builders.ts';
import { fakeApi, ok, refused } from '../testing/fake-api.ts';
import { refreshOwnUser } from './own-user.ts';

const CONFIRMED = aSession().user;
const UNCONFIRMED = aSession({ user: { ...CONFIRMED, emailVerified: false } });

function portsWith(session: Session | null) {
  const start = vi.fn<SessionStore['start']>();
  const current = signal<SignedIn | null>(session);
  const api = fakeApi();
  api.profile.mockResolvedValue(ok(CONFIRMED));
  const ports = { api, session: { current, token: () => session, start } };
  return { api, start, ports };
}

it('takes over an address that was confirmed elsewhere', async () => {
  const { ports, start } = portsWith(UNCONFIRMED);
  await refreshOwnUser(ports);
  expect(start).toHaveBeenCalledExactlyOnceWith({ ...UNCONFIRMED, user: CONFIRMED });
});

it('changes nothing where nothing changed, or where no answer comes', async () => {
  const { ports, start, api } = portsWith(aSession());
  await refreshOwnUser(ports);
  api.profile.mockResolvedValue(refused({ code: 'offline' }));
  await refreshOwnUser(ports);
  expect(start).not.toHaveBeenCalled();
});

it('asks nothing while nobody is signed in', async () => {
  const { ports, api } = portsWith(null);
  await refreshOwnUser(ports);
  expect(api.profile).not.toHaveBeenCalled();
});
