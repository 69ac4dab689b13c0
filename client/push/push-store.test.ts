import { beforeEach, expect, test, vi } from 'vitest';
import type { PushSubscriptionInput } from '../../worker/contract/push.ts';
import { ok, refused } from '../testing/fake-api.ts';
import type { PushApi } from './push-api.ts';
import type { PushDevice } from './push-device.ts';
import { createPushStore } from './push-store.ts';

const HERE: PushSubscriptionInput = {
  endpoint: 'https://fcm.googleapis.com/a',
  keys: { p256dh: 'p', auth: 'a' },
};
const MOVED = { ...HERE, endpoint: 'https://fcm.googleapis.com/b' };

const api = {
  read: vi.fn<PushApi['read']>(),
  turnOn: vi.fn<PushApi['turnOn']>(),
  turnOff: vi.fn<PushApi['turnOff']>(),
};
const device = {
  support: vi.fn<PushDevice['support']>(),
  isBlocked: vi.fn<PushDevice['isBlocked']>(),
  current: vi.fn<PushDevice['current']>(),
  subscribe: vi.fn<PushDevice['subscribe']>(),
  unsubscribe: vi.fn<PushDevice['unsubscribe']>(),
};

beforeEach(() => {
  vi.resetAllMocks();
  api.read.mockResolvedValue(ok({ publicKey: 'key', endpoint: null }));
  api.turnOn.mockResolvedValue(ok({ isDone: true }));
  api.turnOff.mockResolvedValue(ok({ isDone: true }));
  device.support.mockReturnValue('ready');
  device.isBlocked.mockReturnValue(false);
  device.current.mockResolvedValue(null);
  device.subscribe.mockResolvedValue(HERE);
});

async function loaded() {
  const store = createPushStore({ api, device, language: 'de', act: (call) => call() });
  await store.load();
  return store;
}

test('asks the browser for nothing before a press, and the shop once', async () => {
  const store = await loaded();
  await store.load();
  expect(store.state.value.step).toBe('off');
  expect(api.read).toHaveBeenCalledTimes(1);
  expect(device.subscribe).not.toHaveBeenCalled();
  expect(api.turnOn).not.toHaveBeenCalled();
});

test('offers nothing where the browser cannot, without a call, or where the shop sends none', async () => {
  device.support.mockReturnValue('none');
  expect((await loaded()).state.value.step).toBe('none');
  expect(api.read).not.toHaveBeenCalled();
  device.support.mockReturnValue('install');
  expect((await loaded()).state.value.step).toBe('install');
  for (const answer of [
    ok({ publicKey: null, endpoint: null }),
    refused({ code: 'unavailable' }),
  ]) {
    api.read.mockResolvedValue(answer);
    expect((await loaded()).state.value.step).toBe('none');
  }
});

test('is on after a press, in the language of the page, and off after another', async () => {
  const store = await loaded();
  await store.set(true);
  expect(device.subscribe).toHaveBeenCalledWith('key');
  expect(api.turnOn).toHaveBeenCalledWith({ subscription: HERE, language: 'de' });
  expect(store.state.value).toMatchObject({ step: 'on', isSending: false });
  await store.set(false);
  expect(device.unsubscribe).toHaveBeenCalledTimes(1);
  expect(store.state.value.step).toBe('off');
});

test('says so where its owner refuses, for now or for good, and tries again on another press', async () => {
  device.subscribe.mockResolvedValue(null);
  const store = await loaded();
  await store.set(true);
  expect(store.state.value.step).toBe('refused');
  device.isBlocked.mockReturnValue(true);
  await store.set(true);
  expect(store.state.value.step).toBe('blocked');
  expect((await loaded()).state.value.step).toBe('blocked');
  device.subscribe.mockResolvedValue(HERE);
  await store.set(true);
  expect(store.state.value.step).toBe('on');
});

test('says where the browser or the shop could not, and stays off', async () => {
  device.subscribe.mockRejectedValue(new Error('no push service'));
  const store = await loaded();
  await store.set(true);
  expect(store.state.value).toMatchObject({ step: 'off', hasFailed: true, isSending: false });
  device.subscribe.mockResolvedValue(HERE);
  api.turnOn.mockResolvedValue(refused({ code: 'push_service_unknown' }));
  await store.set(true);
  expect(store.state.value).toMatchObject({
    step: 'off',
    hasFailed: false,
    problem: { code: 'push_service_unknown' },
  });
});

test('is on only where both the shop and the browser know it', async () => {
  device.current.mockResolvedValue(HERE);
  expect((await loaded()).state.value.step).toBe('off');
  api.read.mockResolvedValue(ok({ publicKey: 'key', endpoint: HERE.endpoint }));
  expect((await loaded()).state.value.step).toBe('on');
  expect(api.turnOn).not.toHaveBeenCalled();
  device.current.mockResolvedValue(null);
  expect((await loaded()).state.value.step).toBe('off');
});

test('tells the shop where the browser has another address by now', async () => {
  device.current.mockResolvedValue(MOVED);
  api.read.mockResolvedValue(ok({ publicKey: 'key', endpoint: HERE.endpoint }));
  expect((await loaded()).state.value.step).toBe('on');
  expect(api.turnOn).toHaveBeenCalledWith({ subscription: MOVED, language: 'de' });
});
