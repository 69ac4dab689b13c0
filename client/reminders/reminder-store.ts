/** Whether one is reminded of one sale, and changing that. Must not draw. */
import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import { createSubmission, type SubmissionState } from '../account/submission.ts';
import type { Member } from '../account/use-member.ts';
import type { RemindersApi } from './reminders-api.ts';

export interface ReminderState extends Pick<SubmissionState, 'isSending' | 'problem'> {
  /** Null until it is known. */
  readonly isOn: boolean | null;
}

export interface ReminderStore {
  readonly state: ReadonlySignal<ReminderState>;
  load(): Promise<void>;
  set(isOn: boolean): Promise<void>;
}

export interface ReminderPorts {
  readonly api: Pick<RemindersApi, 'list' | 'set'>;
  readonly eventId: string;
  act: Member['act'];
}

export function createReminder({ api, eventId, act }: ReminderPorts): ReminderStore {
  const known = signal<boolean | null>(null);
  const { state, submit } = createSubmission((isOn: boolean) => act(() => api.set(eventId, isOn)));
  return {
    state: computed(() => {
      const { isSending, problem } = state.value;
      return { isOn: known.value, isSending, problem };
    }),
    load: async () => {
      // Asked by the page, not by a press: where it fails, the reminder is offered all the same.
      const result = await api.list();
      known.value = result.ok && result.value.eventIds.some((id) => id === eventId);
    },
    set: async (isOn) => {
      if (await submit(isOn)) known.value = isOn;
    },
  };
}
