/** A form as it is sent: once at a time, and what became of it. Must not read or draw the form. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { CallProblem, Result } from '../api/call-problem.ts';

export interface SubmissionState {
  readonly isSending: boolean;
  /** The last time that it was sent. */
  readonly isSaved: boolean;
  readonly problem: CallProblem | null;
}

export interface Submission<Fields> {
  readonly state: ReadonlySignal<SubmissionState>;
  /** @returns whether it was saved; not sent at all while it is on its way already */
  submit(fields: Fields): Promise<boolean>;
}

export function createSubmission<Fields, Value>(
  send: (fields: Fields) => Promise<Result<Value>>,
  onSaved: (value: Value) => void = () => {},
): Submission<Fields> {
  const state = signal<SubmissionState>({ isSending: false, isSaved: false, problem: null });
  return {
    state,
    submit: async (fields) => {
      if (state.peek().isSending) return false;
      state.value = { isSending: true, isSaved: false, problem: null };
      const result = await send(fields);
      const problem = result.ok ? null : result.problem;
      state.value = { isSending: false, isSaved: result.ok, problem };
      if (result.ok) onSaved(result.value);
      return result.ok;
    },
  };
}
