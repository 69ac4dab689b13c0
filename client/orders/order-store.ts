/** One order as its page shows it: polled, and told of what the shopper's other windows do. Must not draw. */
import { computed, effect, type ReadonlySignal } from '@preact/signals';
import type { OrderHistoryEntry } from '../../worker/contract/orders.ts';
import { type CallProblem, needsSignIn } from '../api/call-problem.ts';
import type { OrderUpdates } from '../holds/order-updates.ts';
import { createPolled, type PollingPorts } from '../page/polled.ts';
import { paceOfOrders } from './order-pace.ts';
import type { OrdersApi } from './orders-api.ts';

export interface OrderStore {
  /** Null before the first answer. */
  readonly order: ReadonlySignal<OrderHistoryEntry | null>;
  /** Why it is missing or out of date. */
  readonly problem: ReadonlySignal<CallProblem | null>;
  refresh(): void;
  /** Begins to ask and to listen. @returns the end of it */
  start(): () => void;
}

export interface OrderPorts extends PollingPorts {
  readonly api: OrdersApi;
  readonly orderId: string;
  readonly userId: string;
  readonly orderUpdates: Pick<OrderUpdates, 'subscribe'>;
  /** Nobody pressed anything, but the session turned out to be over. */
  onSessionOver(): void;
}

export function createOrderStore(ports: OrderPorts): OrderStore {
  const { api, orderId, orderUpdates, userId } = ports;
  const polled = createPolled<OrderHistoryEntry>(
    {
      first: null,
      load: () => api.order(orderId),
      pace: (order) => paceOfOrders(order ? [order] : []),
      keep: () => {},
    },
    ports,
  );
  const problem = computed(() => polled.state.value.problem);
  return {
    order: computed(() => polled.state.value.value),
    problem,
    refresh: polled.refresh,
    start: () => {
      const ends = [
        polled.start(),
        orderUpdates.subscribe(userId, polled.refresh),
        effect(() => {
          if (problem.value && needsSignIn(problem.value)) ports.onSessionOver();
        }),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}
