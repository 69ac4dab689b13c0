/**
 * The order history as its screen shows it: the latest page, which is polled, older ones on request,
 * and what the shopper's other windows do. Must not draw, nor know a browser.
 */
import { computed, effect, type ReadonlySignal } from '@preact/signals-core';
import type { OrderHistory, OrderHistoryEntry } from '../../worker/contract/orders.ts';
import type { ShopApi } from '../api/api.ts';
import { type CallProblem, needsSignIn } from '../api/call-problem.ts';
import type { Holds } from '../holds/holds.ts';
import type { OrderUpdates } from '../holds/order-updates.ts';
import { createLaterPages, type More, type Page } from '../page/later-pages.ts';
import type { FirstAnswer } from '../page/page-data.ts';
import type { PageMemory } from '../page/page-memory.ts';
import { createPolled, type PollingPorts } from '../page/polled.ts';
import { paceOfOrders } from './order-pace.ts';

export interface OrdersStore {
  /** Newest first, as far as they were loaded. Null before the first answer. */
  readonly orders: ReadonlySignal<More<OrderHistoryEntry> | null>;
  /** Why they are missing or out of date. */
  readonly problem: ReadonlySignal<CallProblem | null>;
  refresh(): void;
  /** Begins to ask and to listen. @returns the end of it */
  start(): () => void;
}

export interface OrdersPorts extends PollingPorts {
  readonly api: Pick<ShopApi, 'listOrders'>;
  readonly userId: string;
  readonly holds: Pick<Holds, 'learn'>;
  readonly orderUpdates: Pick<OrderUpdates, 'subscribe'>;
  /** Where the lists are found again after the browser's Back. */
  readonly memory: Pick<PageMemory, 'read' | 'write'>;
  /** Nobody pressed anything, but the session turned out to be over. */
  onSessionOver(): void;
}

type Orders = Page<OrderHistoryEntry>;
const LATER = 'later orders';

export function createOrdersStore(ports: OrdersPorts): OrdersStore {
  const { api, holds, memory, orderUpdates, userId } = ports;
  const keptAs = `orders ${userId}`;
  const polled = createPolled<OrderHistory>(
    {
      first: memory.read(keptAs) as FirstAnswer<OrderHistory> | undefined,
      load: () => api.listOrders(),
      pace: (history) => paceOfOrders(history?.orders ?? []),
      keep: (answer) => memory.write(keptAs, answer),
    },
    ports,
  );
  const withLater = createLaterPages<OrderHistoryEntry>({
    kept: memory.read(LATER) as Orders | undefined,
    keep: (later) => memory.write(LATER, later),
    loadPage: async (cursor) => {
      const result = await api.listOrders({ cursor });
      return result.ok ? { ok: true, value: pageOf(result.value) } : result;
    },
  });
  const latest = computed(() => polled.state.value.value);
  const problem = computed(() => polled.state.value.problem);

  return {
    orders: computed(() => latest.value && withLater(pageOf(latest.value))),
    problem,
    refresh: polled.refresh,
    start: () => {
      const ends = [
        polled.start(),
        orderUpdates.subscribe(userId, polled.refresh),
        effect(() => {
          if (latest.value) holds.learn(latest.value.orders);
        }),
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

function pageOf({ orders, nextCursor }: OrderHistory): Orders {
  return { entries: orders, nextCursor };
}
