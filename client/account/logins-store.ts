/** Where one is signed in, and ending it there. Must not draw. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { LoginEntry } from '../../worker/contract/accounts.ts';
import type { CallProblem } from '../api/call-problem.ts';
import type { AccountApi } from './account-api.ts';
import type { Member } from './use-member.ts';

export interface LoginsState {
  /** Null before the first answer. */
  readonly logins: readonly LoginEntry[] | null;
  /** The one that was ended here last. */
  readonly ended: LoginEntry | null;
  readonly problem: CallProblem | null;
}

export interface LoginsStore {
  readonly state: ReadonlySignal<LoginsState>;
  load(): Promise<void>;
  end(login: LoginEntry): Promise<void>;
}

export interface LoginsPorts {
  readonly api: Pick<AccountApi, 'logins' | 'endLogin'>;
  act: Member['act'];
}

export function createLoginsStore({ api, act }: LoginsPorts): LoginsStore {
  const state = signal<LoginsState>({ logins: null, ended: null, problem: null });
  const change = (fields: Partial<LoginsState>) => {
    state.value = { ...state.peek(), ...fields };
  };
  return {
    state,
    load: async () => {
      const result = await act(() => api.logins());
      if (result.ok) change({ logins: result.value.logins, problem: null });
      else change({ problem: result.problem });
    },
    end: async (login) => {
      const result = await act(() => api.endLogin(login.id));
      // It has ended by itself, or on another device, which is what was wanted.
      const isGone = result.ok || result.problem.code === 'not_found';
      if (!isGone) return change({ problem: result.problem });
      const logins = state.peek().logins?.filter(({ id }) => id !== login.id) ?? null;
      change({ logins, ended: login, problem: null });
    },
  };
}
