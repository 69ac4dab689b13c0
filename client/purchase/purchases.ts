/**
 * Runs the purchases of one event for one shopper: joins the reducer with the API. Must not draw.
 * State is read and written in one go, so the second of two clicks already sees the first.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Order, OrderAnswer, OrderHistoryEntry } from '../../worker/contract/orders.ts';
import type { Sending, ShopApi } from '../api/api.ts';
import { type CallProblem, isUnsettled, needsSignIn, type Result } from '../api/call-problem.ts';
import type { Price } from '../format/money.ts';
import type { HeldOrder, Holds } from '../holds/holds.ts';
import type { OrderUpdates } from '../holds/order-updates.ts';
import { type OwnOrders, withOrders } from './own-orders.ts';
import {
  NO_PURCHASE,
  type Purchase,
  type PurchaseAction,
  reducePurchase,
  type Verb,
} from './purchase.ts';

export interface Purchases {
  /** By event item id; an item without an entry has no purchase. */
  readonly current: ReadonlySignal<Readonly<Record<string, Purchase>>>;
  /** What the shopper has bought of this event. */
  readonly own: ReadonlySignal<OwnOrders>;
  /** @param shown what the page shows that a unit costs */
  buy(eventItemId: string, quantity: number, shown?: Price): Promise<void>;
  decide(eventItemId: string, verb: Verb): Promise<void>;
  timeUp(eventItemId: string): void;
  /** Finds what was held or bought before a reload or on another device. */
  resume(): Promise<void>;
  /** Begins to look for that, and at what the shopper's other windows do. @returns the end of it */
  start(): () => void;
}

export interface PurchasesPorts {
  readonly api: Pick<ShopApi, 'reserve' | 'confirm' | 'cancel' | 'listOrders'>;
  readonly eventId: string;
  /** Undefined while nobody is signed in, and there is no history to ask for. */
  readonly userId: string | undefined;
  readonly holds: Pick<Holds, 'learn'>;
  readonly orderUpdates: OrderUpdates;
  newKey(): string;
  /** What an item of this event is called. */
  nameOf(eventItemId: string): string | undefined;
  onRefused(eventItemId: string, problem: CallProblem): void;
  /** Nobody pressed anything, but the session turned out to be over. */
  onSessionOver(): void;
  /** The stock has changed by what this shopper did. */
  onSettled(): void;
  /** Calls back when the page comes back to life. @returns a function that stops it */
  onWake(wake: () => void): () => void;
}

/** Longer than a history takes to come; what is bought before it is refused by the server, if at all. */
const OWN_ORDERS_WAIT_MS_MAX = 3_000;
/** The most that a page of the history may have. */
const HISTORY_PAGE = 100;

/** The latest orders; and the event's, where so much was ordered since that they are on a later page. */
async function readHistory(
  api: PurchasesPorts['api'],
  eventId: string,
): Promise<Result<readonly OrderHistoryEntry[]>> {
  const latest = await api.listOrders({ limit: HISTORY_PAGE });
  if (!latest.ok) return latest;
  const { orders, nextCursor } = latest.value;
  if (nextCursor === null) return { ok: true, value: orders };
  const ofEvent = await api.listOrders({ eventId, limit: HISTORY_PAGE });
  return { ok: true, value: ofEvent.ok ? [...orders, ...ofEvent.value.orders] : orders };
}

export function createPurchases(ports: PurchasesPorts): Purchases {
  const { api, eventId, userId, holds, orderUpdates } = ports;
  const { current, own, dispatch, learn, stopWaiting } = createState({
    eventId,
    isSignedIn: userId !== undefined,
    onOrders: (orders) => holds.learn(orders.map(named)),
  });

  function named(order: HeldOrder): HeldOrder {
    // The history has the name that the item had when it was held.
    if ('itemName' in order) return order;
    const itemName = ports.nameOf(order.eventItemId);
    return itemName === undefined ? order : { ...order, itemName };
  }

  const sendingOf = (id: string, key: string): Sending => ({
    key,
    onRetry: (problem) => dispatch(id, { type: 'retrying', problem }),
  });

  function settle(id: string, result: Result<OrderAnswer>) {
    const action = result.ok
      ? ({ type: 'answered', order: result.value.order } as const)
      : ({ type: 'refused', problem: result.problem } as const);
    const after = dispatch(id, action);
    if (userId !== undefined && after && 'order' in after) {
      orderUpdates.publish(userId, [named(after.order)]);
    }
    if (result.ok) {
      ports.onSettled();
      return;
    }
    const { problem } = result;
    ports.onRefused(id, problem);
    // A hold may exist all the same: made by an unanswered call, or in another tab.
    const mayHold = isUnsettled(problem) || problem.code === 'limit_reached';
    if (mayHold && problem.code !== 'offline') void resume();
  }

  async function resume() {
    const history = await readHistory(api, eventId);
    if (history.ok) {
      holds.learn(history.value.map(named));
      learn(history.value);
    } else if (needsSignIn(history.problem)) ports.onSessionOver();
    stopWaiting();
  }

  return {
    current,
    own,
    resume,
    start: () => follow(ports, { resume: () => void resume(), learn, stopWaiting }),
    timeUp: (id) => void dispatch(id, { type: 'timeUp' }),
    buy: async (id, quantity, shown) => {
      const key = ports.newKey();
      const after = dispatch(id, { type: 'buy', quantity, key, ...(shown && { shown }) });
      if (after?.step !== 'buying') return;
      const { intent } = after;
      const sending = { ...sendingOf(id, intent.key), shown: intent.shown };
      settle(id, await api.reserve(id, intent.quantity, sending));
    },
    decide: async (id, verb) => {
      const after = dispatch(id, { type: 'decide', verb, key: ports.newKey() });
      if (after?.step !== 'deciding') return;
      settle(id, await api[verb](after.order.id, sendingOf(id, after.key)));
    },
  };
}

interface Following {
  resume(): void;
  learn(orders: readonly Order[]): void;
  stopWaiting(): void;
}

function follow(
  { userId, onWake, orderUpdates }: PurchasesPorts,
  { resume, learn, stopWaiting }: Following,
): () => void {
  if (userId === undefined) return () => {};
  resume();
  // Offers what may be refused rather than wait any longer for what was bought before.
  const late = setTimeout(stopWaiting, OWN_ORDERS_WAIT_MS_MAX);
  const stopWake = onWake(resume);
  const stopUpdates = orderUpdates.subscribe(userId, learn);
  return () => {
    clearTimeout(late);
    stopWake();
    stopUpdates();
  };
}

interface StateOptions {
  readonly eventId: string;
  readonly isSignedIn: boolean;
  /** Orders as they now are. */
  onOrders(orders: readonly Order[]): void;
}

/** What is known of the event's items, and what changes it. */
function createState({ eventId, isSignedIn, onOrders }: StateOptions) {
  const current = signal<Readonly<Record<string, Purchase>>>({});
  const own = signal<OwnOrders>({ isLoading: isSignedIn, confirmed: new Map() });

  /** @returns the state after the action, or null if the action did not fit */
  function dispatch(id: string, action: PurchaseAction): Purchase | null {
    const before = current.peek()[id] ?? NO_PURCHASE;
    const after = reducePurchase(before, action);
    if (after === before) return null;
    current.value = { ...current.peek(), [id]: after };
    if ('order' in after) {
      own.value = withOrders(own.peek(), [after.order]);
      onOrders([after.order]);
    }
    return after;
  }

  function learn(orders: readonly Order[]) {
    const ofEvent = orders.filter((order) => order.eventId === eventId);
    own.value = withOrders(own.peek(), ofEvent);
    for (const order of ofEvent) dispatch(order.eventItemId, { type: 'found', order });
  }

  function stopWaiting() {
    if (own.peek().isLoading) own.value = { ...own.peek(), isLoading: false };
  }

  return { current, own, dispatch, learn, stopWaiting };
}
