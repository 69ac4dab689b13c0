/** Whether this device is told by notifications, and changing that. Must not draw. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { PushSubscriptionInput } from '../../worker/contract/push.ts';
import type { Member } from '../account/use-member.ts';
import type { CallProblem } from '../api/call-problem.ts';
import type { Language } from '../texts/language.ts';
import type { PushApi } from './push-api.ts';
import type { PushDevice } from './push-device.ts';

/** `none` where there is nothing to offer, `refused` where its owner said no, if only for now. */
export type PushStep = 'unknown' | 'none' | 'install' | 'off' | 'refused' | 'blocked' | 'on';

export interface PushState {
  readonly step: PushStep;
  readonly isSending: boolean;
  /** The browser could not. */
  readonly hasFailed: boolean;
  readonly problem: CallProblem | null;
}

export interface PushStore {
  readonly state: ReadonlySignal<PushState>;
  /** Asked for again and again, it asks once. */
  load(): Promise<void>;
  set(isOn: boolean): Promise<void>;
}

export interface PushPorts {
  readonly api: PushApi;
  readonly device: PushDevice;
  readonly language: Language;
  act: Member['act'];
}

export function createPushStore({ api, device, language, act }: PushPorts): PushStore {
  const state = signal<PushState>({
    step: 'unknown',
    isSending: false,
    hasFailed: false,
    problem: null,
  });
  const change = (fields: Partial<PushState>) => {
    state.value = { ...state.peek(), ...fields };
  };
  let publicKey = '';
  let loading: Promise<void> | undefined;

  const save = (subscription: PushSubscriptionInput) =>
    act(() => api.turnOn({ subscription, language }));

  /** Nobody asked for it by a press: where it fails, nothing is offered. */
  async function load() {
    if (device.support() === 'none') return change({ step: 'none' });
    const result = await api.read();
    if (!result.ok || result.value.publicKey === null) return change({ step: 'none' });
    if (device.support() === 'install') return change({ step: 'install' });
    publicKey = result.value.publicKey;
    const current = await device.current().catch(() => null);
    const { endpoint } = result.value;
    // The browser gave it another address meanwhile.
    if (current && endpoint !== null && endpoint !== current.endpoint) await save(current);
    if (current && endpoint !== null) return change({ step: 'on' });
    return change({ step: device.isBlocked() ? 'blocked' : 'off' });
  }

  async function turnOn() {
    const subscription = await device.subscribe(publicKey);
    if (subscription === null) {
      return change({ step: device.isBlocked() ? 'blocked' : 'refused' });
    }
    const result = await save(subscription);
    return change(result.ok ? { step: 'on' } : { problem: result.problem });
  }

  async function turnOff() {
    const result = await act(() => api.turnOff());
    if (!result.ok) return change({ problem: result.problem });
    await device.unsubscribe();
    return change({ step: 'off' });
  }

  return {
    state,
    load: () => (loading ??= load()),
    set: async (isOn) => {
      if (state.peek().isSending) return;
      change({ isSending: true, hasFailed: false, problem: null });
      try {
        await (isOn ? turnOn() : turnOff());
      } catch {
        change({ hasFailed: true });
      } finally {
        change({ isSending: false });
      }
    },
  };
}
