import { expect, it, vi } from 'vitest';
import type { LoginEntry } from '../../worker/contract/accounts.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { instant, NOON_MS } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { createLoginsStore, type LoginsPorts } from './logins-store.ts';

function aLogin(id: string): LoginEntry {
  const at = instant(NOON_MS);
  return { id: id as LoginEntry['id'], device: id, current: false, createdAt: at, lastUsedAt: at };
}
const [phone, laptop] = [aLogin('phone'), aLogin('laptop')];

async function loginsWith(ending: CallProblem | null = null) {
  const api = {
    logins: vi.fn<LoginsPorts['api']['logins']>(async () => ok({ logins: [phone, laptop] })),
    endLogin: vi.fn<LoginsPorts['api']['endLogin']>(async () =>
      ending ? refused(ending) : ok(null),
    ),
  };
  const store = createLoginsStore({ api, act: (call) => call() });
  await store.load();
  return { api, store };
}

it('has where one is signed in', async () => {
  const { store } = await loginsWith();
  expect(store.state.value).toEqual({ logins: [phone, laptop], ended: null, problem: null });
});

it('keeps the list where it cannot be read again, with the reason, until it can', async () => {
  const { api, store } = await loginsWith();
  api.logins.mockResolvedValueOnce(refused({ code: 'unavailable' }));
  await store.load();
  expect(store.state.value).toMatchObject({
    logins: [phone, laptop],
    problem: { code: 'unavailable' },
  });
  await store.load();
  expect(store.state.value.problem).toBeNull();
});

it('drops what it has ended, also where that has ended already', async () => {
  for (const ending of [null, { code: 'not_found' } as const]) {
    const { store } = await loginsWith(ending);
    await store.end(phone);
    expect(store.state.value).toEqual({ logins: [laptop], ended: phone, problem: null });
  }
});

it('keeps what it could not end', async () => {
  const { store } = await loginsWith({ code: 'unavailable' });
  await store.end(phone);
  expect(store.state.value).toEqual({
    logins: [phone, laptop],
    ended: null,
    problem: { code: 'unavailable' },
  });
});
