import { expect, it, vi } from 'vitest';
import { EVENT_ID } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { createReminder, type ReminderPorts } from './reminder-store.ts';

function reminderWith(eventIds: (typeof EVENT_ID)[]) {
  const list = vi.fn<ReminderPorts['api']['list']>(async () => ok({ eventIds }));
  const set = vi.fn<ReminderPorts['api']['set']>(async () => ok({ isDone: true }));
  const store = createReminder({ api: { list, set }, eventId: EVENT_ID, act: (call) => call() });
  return { store, list, set };
}

it('knows whether one is reminded once it has asked', async () => {
  const { store } = reminderWith([EVENT_ID]);
  expect(store.state.value.isOn).toBeNull();
  await store.load();
  expect(store.state.value.isOn).toBe(true);
  const { store: other } = reminderWith([]);
  await other.load();
  expect(other.state.value.isOn).toBe(false);
});

it('is offered all the same where nobody can say', async () => {
  const { store, list } = reminderWith([]);
  list.mockResolvedValue(refused({ code: 'unavailable' }));
  await store.load();
  expect(store.state.value).toEqual({ isOn: false, isSending: false, problem: null });
});

it('is on and off as the server took it', async () => {
  const { store, set } = reminderWith([]);
  await store.load();
  await store.set(true);
  expect(store.state.value.isOn).toBe(true);
  set.mockResolvedValueOnce(refused({ code: 'offline' }));
  await store.set(false);
  expect(store.state.value).toMatchObject({ isOn: true, problem: { code: 'offline' } });
  await store.set(false);
  expect(store.state.value).toMatchObject({ isOn: false, problem: null });
  expect(set.mock.calls).toEqual([
    [EVENT_ID, true],
    [EVENT_ID, false],
    [EVENT_ID, false],
  ]);
});
