/**
 * Asks what became of a payment, again and again for a minute: whoever comes back from the provider's
 * page is told as soon as it is known. Must not draw.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Order } from '../../worker/contract/orders.ts';
import { isUnsettled } from '../api/call-problem.ts';
import type { PaymentApi } from './payment-api.ts';

/** `over`: it was asked as often as it is, and is not known yet. */
export type CheckState = 'idle' | 'over' | 'running';

export interface PaymentCheck {
  readonly state: ReadonlySignal<CheckState>;
  /** @param howOften `once`, or until it is known, for a minute */
  start(howOften: 'once' | 'until_known'): void;
  stop(): void;
}

export interface PaymentCheckPorts {
  readonly api: Pick<PaymentApi, 'look'>;
  readonly orderId: string;
  /** Of the order as it is now. */
  onLooked(order: Order): void;
}

/** Before each question. The shop asks its provider once a second at most. */
export const CHECK_WAITS_MS = [
  0, 1_500, 2_000, 2_000, 3_000, 4_000, 5_000, 7_000, 8_000, 9_000, 9_000, 9_000,
] as const;

export function createPaymentCheck({ api, orderId, onLooked }: PaymentCheckPorts): PaymentCheck {
  const state = signal<CheckState>('idle');
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the latest start: what an earlier one still waits for is not heard any more. */
  let run = 0;

  async function ask(waits: readonly number[], ownRun: number) {
    const result = await api.look(orderId);
    if (ownRun !== run) return;
    if (result.ok) onLooked(result.value.order);
    const isKnown = result.ok ? !isMoving(result.value.order) : !isUnsettled(result.problem);
    const [waitMs, ...later] = waits;
    if (isKnown) state.value = 'idle';
    else if (waitMs === undefined) state.value = 'over';
    else timer = setTimeout(() => void ask(later, ownRun), waitMs);
  }

  function stop() {
    clearTimeout(timer);
    run += 1;
    state.value = 'idle';
  }

  return {
    state,
    stop,
    start: (howOften) => {
      stop();
      state.value = 'running';
      void ask(howOften === 'once' ? [] : CHECK_WAITS_MS.slice(1), run);
    },
  };
}

/** Whether more is to become of its payment without anybody pressing anything. */
export function isMoving({ status, payment }: Pick<Order, 'payment' | 'status'>): boolean {
  if (payment === null || status === 'confirmed') return false;
  return (
    payment.status === 'open' || payment.status === 'authorised' || payment.status === 'captured'
  );
}
