/**
 * One order as its page shows it: polled, told of what the shopper's other windows do, and asked about
 * while a payment of it is on its way. Must not draw.
 */
import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals-core';
import type { Order } from '../../worker/contract/orders.ts';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import { type CallProblem, needsSignIn } from '../api/call-problem.ts';
import type { HeldOrder, Holds } from '../holds/holds.ts';
import type { OrderUpdates } from '../holds/order-updates.ts';
import { createPolled, type PollingPorts } from '../page/polled.ts';
import type { PaymentApi } from '../payment/payment-api.ts';
import { type CheckState, createPaymentCheck, isMoving } from '../payment/payment-check.ts';
import type { Return } from '../payment/stage.ts';
import { paceOfOrders } from './order-pace.ts';
import type { OrdersApi } from './orders-api.ts';

export interface OrderStore {
  /** Null before the first answer. */
  readonly order: ReadonlySignal<OwnOrder | null>;
  /** Why it is missing or out of date. */
  readonly problem: ReadonlySignal<CallProblem | null>;
  /** Whether it is being asked what became of the payment. */
  readonly check: ReadonlySignal<CheckState>;
  refresh(): void;
  /** Asks what became of the payment. */
  look(): void;
  /** Begins to ask and to listen. @returns the end of it */
  start(): () => void;
}

export interface OrderPorts extends PollingPorts {
  readonly api: OrdersApi & Pick<PaymentApi, 'look'>;
  readonly orderId: string;
  readonly userId: string;
  /** From the provider's page, where the customer comes from there. */
  readonly cameBack: Return;
  readonly holds: Pick<Holds, 'learn'>;
  readonly orderUpdates: OrderUpdates;
  /** Nobody pressed anything, but the session turned out to be over. */
  onSessionOver(): void;
}

export function createOrderStore(ports: OrderPorts): OrderStore {
  const { api, cameBack, holds, orderId, orderUpdates, userId } = ports;
  const polled = createPolled<OwnOrder>(
    {
      first: null,
      load: () => api.order(orderId),
      pace: (order) => paceOfOrders(order ? [order] : []),
      keep: () => {},
    },
    ports,
  );
  const order = computed(() => polled.state.value.value);
  const problem = computed(() => polled.state.value.problem);
  const check = createPaymentCheck({ api, orderId, onLooked });
  let isFound = false;

  function onLooked(now: Order) {
    const before = order.peek();
    if (before === null || !hasChanged(before, now)) return;
    polled.patch((known) => ({ ...known, ...now }));
    // What the answer has not: when, and why not.
    polled.refresh();
    if (now.status !== before.status) orderUpdates.publish(userId, [named(now, before)]);
  }
  function onOrder(now: OwnOrder | null) {
    if (now === null) return;
    holds.learn([now]);
    if (!isFound) ask(now);
    isFound = true;
  }
  /** Once, where its customer may not have paid yet. */
  function ask(now: OwnOrder | null) {
    if (now === null || !isMoving(now) || check.state.peek() === 'running') return;
    const mayBePaid = cameBack === 'returned' || now.payment?.status !== 'open';
    check.start(mayBePaid ? 'until_known' : 'once');
  }

  return {
    order,
    problem,
    check: check.state,
    refresh: polled.refresh,
    look: () => check.start('until_known'),
    start: () => {
      const ends = [
        polled.start(),
        check.stop,
        ports.onWake(() => ask(order.peek())),
        orderUpdates.subscribe(userId, polled.refresh),
        effect(() => {
          const now = order.value;
          untracked(() => onOrder(now));
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

function hasChanged(before: Order, now: Order): boolean {
  return (
    before.status !== now.status ||
    before.payment?.status !== now.payment?.status ||
    before.payment?.refundedCents !== now.payment?.refundedCents
  );
}

function named(order: Order, { itemName }: OwnOrder): HeldOrder {
  return { ...order, itemName };
}
