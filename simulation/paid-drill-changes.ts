/** What happens beside the groups of a paid drill: payments begin and go on, and admins do what they do. */
import { makePaymentId, makeRefundId } from '../worker/contract/ids.ts';
import type { AdminChange, OrderRow } from './ledger.ts';
import type { PaymentRow } from './payment-rows.ts';
import type { Scenario } from './scenario.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Store } from './store.ts';
import type { Trace } from './trace.ts';
import type { VirtualClock } from './virtual-clock.ts';

const UNITS_MAX = 3;
/** Of the payments that are told of: over another amount than was asked for. */
const WRONG_SHARE = 0.06;

export interface Parts {
  scenario: Scenario;
  store: Store;
  clock: VirtualClock;
  trace: Trace;
  random: SeededRandom;
}

export class PaidChanges {
  readonly #parts: Parts;
  readonly #random: SeededRandom;

  constructor(parts: Parts, random: SeededRandom) {
    this.#parts = parts;
    this.#random = random;
  }

  begin(): AdminChange | undefined {
    const { clock, scenario } = this.#parts;
    const random = this.#random;
    const open = this.#orders(({ status }) => status === 'pending');
    if (open.length === 0) return undefined;
    const { nowMs } = clock;
    const paymentId = makePaymentId(scenario.eventId, nowMs, random.fill);
    return { kind: 'begin_payment', paymentId, orderId: random.pick(open).id, nowMs };
  }

  /** In the ways in which a provider's payment goes on. */
  tell(): AdminChange | undefined {
    const random = this.#random;
    const { orders } = this.#parts.store.latest;
    const going = this.#payments(({ state, orderId }) => {
      const mayTurnUp = state === 'released' && orders.get(orderId)?.status === 'pending';
      return state === 'open' || state === 'authorised' || mayTurnUp;
    });
    if (going.length === 0) return undefined;
    const { id, state, orderId, amountMinor } = random.pick(going);
    const isKept = orders.get(orderId)?.paymentId === id;
    const next =
      state !== 'authorised'
        ? random.weighted([
            [7, 'authorised' as const],
            [1, 'released' as const],
          ])
        : random.weighted([
            [isKept ? 4 : 0.5, 'captured' as const],
            [isKept ? 2 : 0, 'failed' as const],
            [isKept ? 0 : 1, 'released' as const],
          ]);
    const isWrong = state === 'open' && random.happens(WRONG_SHARE);
    const other = isWrong ? amountMinor + 1 : undefined;
    return { kind: 'payment_told', paymentId: id, state: next, amountMinor: other };
  }

  refund(): AdminChange | undefined {
    const { clock, scenario } = this.#parts;
    const random = this.#random;
    const taken = this.#payments(({ state }) => state === 'captured');
    if (taken.length === 0) return undefined;
    const refundId = makeRefundId(scenario.eventId, clock.nowMs, random.fill);
    const { id: paymentId } = random.pick(taken);
    return { kind: 'refund', refundId, paymentId, units: random.int(0, UNITS_MAX) };
  }

  ofAdmin(): AdminChange {
    const { clock, store, scenario } = this.#parts;
    const random = this.#random;
    const { nowMs } = clock;
    const customerIds = [random.pick(scenario.customers)];
    const { id: eventItemId } = random.pick(store.latest.items);
    return random.weighted<AdminChange>([
      [3, { kind: 'open', nowMs }],
      [0.5, { kind: 'close', nowMs }],
      [3, { kind: 'add_stock', eventItemId, units: random.int(1, UNITS_MAX) }],
      [3, { kind: 'deactivate', customerIds, nowMs }],
      [2, { kind: 'activate', customerIds: [...store.latest.inactive], nowMs }],
      [1, { kind: 'delete_account', customerIds, nowMs }],
      [1, { kind: 'end_logins', customerIds }],
    ]);
  }

  #orders(isWanted: (order: OrderRow) => boolean): OrderRow[] {
    return [...this.#parts.store.latest.orders.values()].filter(isWanted);
  }

  #payments(isWanted: (payment: PaymentRow) => boolean): PaymentRow[] {
    return [...this.#parts.store.latest.payments.values()].filter(isWanted);
  }
}
