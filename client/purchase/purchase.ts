/**
 * One shopper's purchase of one item, from Buy to its end: a pure reducer. Must not call the API;
 * an action that does not fit the step returns the very same state, so the caller sees that there
 * is nothing to do.
 */
import type { Order } from '../../worker/contract/orders.ts';
import { type CallProblem, isUnsettled } from '../api/call-problem.ts';
import type { Price } from '../format/money.ts';

/** What one press of Buy asked for. Kept while its outcome is unknown, so a new press repeats it. */
interface Intent {
  readonly key: string;
  readonly quantity: number;
  /** What the page showed beside the button. */
  readonly shown?: Price;
}

export type Verb = 'confirm' | 'cancel';

export type Purchase =
  | { readonly step: 'idle'; readonly problem?: CallProblem; readonly unsettled?: Intent }
  | { readonly step: 'buying'; readonly intent: Intent; readonly problem?: CallProblem }
  | {
      readonly step: 'held';
      readonly order: Order;
      readonly problem?: CallProblem;
      readonly unsettled?: { readonly verb: Verb; readonly key: string };
    }
  | {
      readonly step: 'deciding';
      readonly order: Order;
      readonly verb: Verb;
      readonly key: string;
      readonly problem?: CallProblem;
    }
  | EndedPurchase;

export interface EndedPurchase {
  readonly step: 'confirmed' | 'cancelled' | 'expired';
  readonly order: Order;
  /** Why it expired, where that is known. */
  readonly problem?: CallProblem;
}

export type PurchaseAction =
  | ({ readonly type: 'buy' } & Intent)
  | { readonly type: 'decide'; readonly verb: Verb; readonly key: string }
  /** The API answered with the order as it now is. */
  | { readonly type: 'answered'; readonly order: Order }
  /** The API refused, or gave no answer, for good. */
  | { readonly type: 'refused'; readonly problem: CallProblem }
  /** A call failed and is being made again. */
  | { readonly type: 'retrying'; readonly problem: CallProblem }
  | { readonly type: 'timeUp' }
  /** An order of this item was found in the shopper's history. */
  | { readonly type: 'found'; readonly order: Order };

export const NO_PURCHASE: Purchase = { step: 'idle' };

export function reducePurchase(purchase: Purchase, action: PurchaseAction): Purchase {
  switch (action.type) {
    case 'buy':
      return buy(purchase, action);
    case 'decide':
      return decide(purchase, action);
    case 'answered':
      return isUnderWay(purchase) ? ofOrder(action.order) : purchase;
    case 'refused':
      return refuse(purchase, action.problem);
    case 'retrying':
      return isUnderWay(purchase) ? { ...purchase, problem: action.problem } : purchase;
    case 'timeUp':
      // While confirm or cancel is under way its answer decides: it may have been in time.
      return purchase.step === 'held' ? { step: 'expired', order: purchase.order } : purchase;
    case 'found':
      return find(purchase, action.order);
    default:
      return action satisfies never;
  }
}

/** The hold to show, if there is one. */
export function heldOrder(purchase: Purchase): Order | null {
  return purchase.step === 'held' || purchase.step === 'deciding' ? purchase.order : null;
}

/** What a unit costs now, where the last press was refused because the page showed another price. */
export function newPriceOf(purchase: Purchase): Price | undefined {
  const isTold = purchase.step === 'idle' && purchase.problem?.code === 'changed';
  return isTold ? purchase.problem?.price : undefined;
}

/** Moments at which stock is known to change: holds that end. Epoch milliseconds. */
export function momentsOf(purchases: Iterable<Purchase>): number[] {
  return [...purchases].flatMap((purchase) => {
    const order = heldOrder(purchase);
    if (order !== null) return Date.parse(order.expiresAt);
    const next = purchase.step === 'idle' ? purchase.problem?.nextReleaseAt : undefined;
    return next === undefined ? [] : Date.parse(next);
  });
}

function isUnderWay(purchase: Purchase) {
  return purchase.step === 'buying' || purchase.step === 'deciding';
}

function buy(purchase: Purchase, { quantity, key, shown }: Intent): Purchase {
  if (isUnderWay(purchase) || purchase.step === 'held') return purchase;
  const unsettled = purchase.step === 'idle' ? purchase.unsettled : undefined;
  // The first press may have been granted unseen; its key makes this one count as the same.
  const isSame =
    unsettled?.quantity === quantity &&
    unsettled.shown?.priceCents === shown?.priceCents &&
    unsettled.shown?.currency === shown?.currency;
  const intent = isSame ? unsettled : { quantity, key, ...(shown && { shown }) };
  return { step: 'buying', intent };
}

function decide(purchase: Purchase, { verb, key }: { verb: Verb; key: string }): Purchase {
  if (purchase.step !== 'held') return purchase;
  const { order, unsettled } = purchase;
  return {
    step: 'deciding',
    order,
    verb,
    key: unsettled?.verb === verb ? unsettled.key : key,
  };
}

function refuse(purchase: Purchase, problem: CallProblem): Purchase {
  if (purchase.step === 'buying') {
    const { intent } = purchase;
    return { step: 'idle', problem, ...(isUnsettled(problem) && { unsettled: intent }) };
  }
  if (purchase.step !== 'deciding') return purchase;
  const { order, verb, key } = purchase;
  switch (problem.code) {
    case 'order_confirmed':
      return { step: 'confirmed', order: { ...order, status: 'confirmed' } };
    case 'order_cancelled':
      return { step: 'cancelled', order: { ...order, status: 'cancelled' } };
    case 'hold_expired':
    case 'event_ended':
      return { step: 'expired', order: { ...order, status: 'expired' }, problem };
    default:
      return {
        step: 'held',
        order,
        problem,
        ...(isUnsettled(problem) && { unsettled: { verb, key } }),
      };
  }
}

function find(purchase: Purchase, order: Order): Purchase {
  if (isUnderWay(purchase)) return purchase;
  if (purchase.step === 'held' && purchase.order.id === order.id) {
    // What became of its payment is news.
    return order.status === 'pending' ? { ...purchase, order } : ofOrder(order);
  }
  const isNews = purchase.step === 'idle' || purchase.order.id !== order.id;
  return order.status === 'pending' && purchase.step !== 'held' && isNews
    ? ofOrder(order)
    : purchase;
}

function ofOrder(order: Order): Purchase {
  return { step: order.status === 'pending' ? 'held' : order.status, order };
}
