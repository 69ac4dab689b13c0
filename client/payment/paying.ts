/** From the press of the button to the provider's page. Must not draw, nor know a browser. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Address } from '../../worker/contract/address.ts';
import { type CallProblem, isUnsettled } from '../api/call-problem.ts';
import type { PaymentApi } from './payment-api.ts';

export interface PayingState {
  readonly isAsking: boolean;
  /** Where the page is being left for; null where it is not. */
  readonly leavingFor: string | null;
  readonly problem: CallProblem | null;
}

export interface Paying {
  readonly state: ReadonlySignal<PayingState>;
  /** @param address where the order goes, where it does not say so itself */
  pay(address?: Address): Promise<void>;
  /** The page is there again, as the browser kept it. */
  cameBack(): void;
}

export interface PayingPorts {
  readonly api: Pick<PaymentApi, 'pay'>;
  readonly orderId: string;
  /** Leaves the page, in the same tab. */
  leaveFor(url: string): void;
  /** The order is not as this page has it: it cannot be paid for here any more. */
  onChanged(): void;
}

const AT_REST: PayingState = { isAsking: false, leavingFor: null, problem: null };

export function createPaying({ api, orderId, leaveFor, onChanged }: PayingPorts): Paying {
  const state = signal(AT_REST);
  return {
    state,
    pay: async (address) => {
      const { isAsking, leavingFor } = state.peek();
      if (isAsking || leavingFor !== null) return;
      state.value = { ...AT_REST, isAsking: true };
      const result = await api.pay(orderId, address);
      if (!result.ok) {
        state.value = { ...AT_REST, problem: result.problem };
        if (!isUnsettled(result.problem)) onChanged();
        return;
      }
      const { redirectUrl } = result.value.payment;
      state.value = { ...AT_REST, leavingFor: redirectUrl };
      if (redirectUrl === null) onChanged();
      else leaveFor(redirectUrl);
    },
    cameBack: () => {
      if (state.peek().leavingFor !== null) state.value = AT_REST;
    },
  };
}
