/**
 * Runs the purchases of one event for one shopper: joins the reducer with the API. Must not draw.
 * State is read and written in one go, so the second of two clicks already sees the first.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Order, OrderAnswer } from '../worker/contract/orders.ts';
import type { Sending, ShopApi } from './api.ts';
import { type CallProblem, isUnsettled, needsSignIn, type Result } from './state/call-problem.ts';
import type { Price } from './state/money.ts';
import {
  NO_PURCHASE,
  type Purchase,
  type PurchaseAction,
  reducePurchase,
  type Verb,
} from './state/purchase.ts';

export interface Purchases {
  /** By event item id; an item without an entry has no purchase. */
  readonly current: ReadonlySignal<Readonly<Record<string, Purchase>>>;
  /** @param shown what the page shows that a unit costs */
  buy(eventItemId: string, quantity: number, shown?: Price): Promise<void>;
  decide(eventItemId: string, verb: Verb): Promise<void>;
  timeUp(eventItemId: string): void;
  /** Finds holds made before a reload or in another tab. */
  resume(): Promise<void>;
}

export interface PurchasesDeps {
  readonly api: Pick<ShopApi, 'reserve' | 'confirm' | 'cancel' | 'listOrders'>;
  readonly eventId: string;
  newKey(): string;
  /** Orders as they now are, of this event and others. */
  onOrders(orders: readonly Order[]): void;
  onRefused(eventItemId: string, problem: CallProblem): void;
  /** Nobody pressed anything, but the session turned out to be over. */
  onSessionOver(): void;
  /** The stock has changed by what this shopper did. */
  onSettled(): void;
}

export function createPurchases(deps: PurchasesDeps): Purchases {
  const { api, eventId } = deps;
  const current = signal<Readonly<Record<string, Purchase>>>({});

  /** @returns the state after the action, or null if the action did not fit */
  function dispatch(id: string, action: PurchaseAction): Purchase | null {
    const before = current.peek()[id] ?? NO_PURCHASE;
    const after = reducePurchase(before, action);
    if (after === before) return null;
    current.value = { ...current.peek(), [id]: after };
    if ('order' in after) deps.onOrders([after.order]);
    return after;
  }

  function sendingOf(id: string, key: string): Sending {
    return { key, onRetry: (problem) => dispatch(id, { type: 'retrying', problem }) };
  }

  function settle(id: string, result: Result<OrderAnswer>) {
    if (result.ok) {
      dispatch(id, { type: 'answered', order: result.value.order });
      deps.onSettled();
      return;
    }
    const { problem } = result;
    dispatch(id, { type: 'refused', problem });
    deps.onRefused(id, problem);
    // A hold may exist all the same: made by an unanswered call, or in another tab.
    const mayHold = isUnsettled(problem) || problem.code === 'limit_reached';
    if (mayHold && problem.code !== 'offline') void resume();
  }

  async function resume() {
    const history = await api.listOrders();
    if (!history.ok) {
      if (needsSignIn(history.problem)) deps.onSessionOver();
      return;
    }
    deps.onOrders(history.value.orders);
    for (const order of history.value.orders) {
      if (order.eventId === eventId) dispatch(order.eventItemId, { type: 'found', order });
    }
  }

  return {
    current,
    resume,
    timeUp: (id) => void dispatch(id, { type: 'timeUp' }),
    buy: async (id, quantity, shown) => {
      const key = deps.newKey();
      const after = dispatch(id, { type: 'buy', quantity, key, ...(shown && { shown }) });
      if (after?.step !== 'buying') return;
      const { intent } = after;
      const sending = { ...sendingOf(id, intent.key), shown: intent.shown };
      settle(id, await api.reserve(id, intent.quantity, sending));
    },
    decide: async (id, verb) => {
      const after = dispatch(id, { type: 'decide', verb, key: deps.newKey() });
      if (after?.step !== 'deciding') return;
      settle(id, await api[verb](after.order.id, sendingOf(id, after.key)));
    },
  };
}
