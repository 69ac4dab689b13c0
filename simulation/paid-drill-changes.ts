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
const OTHER_CURRENCY = 'USD';
/** In every so many drills one may pay by what is taken at once, too. */
const AT_ONCE_EVERY = 4;
const AT_ONCE_SHARE = 0.4;
const PART_SHARE = 0.15;
const AT_ONCE_STREAM = 1;
/** Of the payments that are told of: over another amount than was asked for, or in another currency. */
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
  /** Undefined where all money is authorised first. */
  readonly #atOnce: SeededRandom | undefined;

  constructor(parts: Parts, random: SeededRandom, seed: number) {
    this.#parts = parts;
    this.#random = random;
    this.#atOnce = seed % AT_ONCE_EVERY === 0 ? random.fork(AT_ONCE_STREAM) : undefined;
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
            // Also one that no order rests on, which the provider is not to say.
            [isKept ? 2 : 0.5, 'failed' as const],
            [isKept ? 0 : 1, 'released' as const],
          ]);
    const wrong = random.pick([{ amountMinor: amountMinor + 1 }, { currency: OTHER_CURRENCY }]);
    const isWrong = state === 'open' && random.happens(WRONG_SHARE);
    const told = { kind: 'payment_told', paymentId: id, ...(isWrong && wrong) } as const;
    if (next !== 'authorised' || this.#atOnce?.happens(AT_ONCE_SHARE) !== true)
      return { ...told, state: next };
    const isPart = amountMinor > 1 && this.#atOnce.happens(PART_SHARE);
    return { ...told, state: 'captured', ...(isPart && { capturedMinor: amountMinor - 1 }) };
  }

  refund(): AdminChange | undefined {
    const { clock, scenario } = this.#parts;
    const random = this.#random;
    const taken = this.#payments(({ state }) => state === 'captured');
    if (taken.length === 0) return undefined;
    const refundId = makeRefundId(scenario.eventId, clock.nowMs, random.fill);
    const {
      id: paymentId,
      amountMinor: wholeMinor,
      capturedMinor,
      refundedMinor,
    } = random.pick(taken);
    const leftMinor = Math.min(wholeMinor, capturedMinor) - refundedMinor;
    const amountMinor = random.happens(0.4) ? leftMinor : random.int(0, leftMinor);
    const units = random.int(0, UNITS_MAX);
    const { nowMs } = clock;
    return { kind: 'decide_refund', refundId, paymentId, amountMinor, units, nowMs };
  }

  /** The provider has it, or not. */
  refunded(): AdminChange | undefined {
    const random = this.#random;
    const { nowMs } = this.#parts.clock;
    const refunds = [...this.#parts.store.latest.refunds.values()];
    if (refunds.length === 0) return undefined;
    const { id: refundId, paymentId, amountMinor } = random.pick(refunds);
    const state = random.pick(['pending', 'done', 'done', 'failed'] as const);
    return { kind: 'refund_seen', refundId, paymentId, amountMinor, state, nowMs };
  }

  /** A row of the outbox was worked off. */
  ended(): AdminChange | undefined {
    const random = this.#random;
    const open = this.#parts.store.latest.outbox.filter(
      ({ kind, outcome }) => kind.startsWith('payment.') && outcome === null,
    );
    if (open.length === 0) return undefined;
    const { key } = random.pick(open);
    const outcome = random.pick(['done', 'dropped', 'given_up'] as const);
    return { kind: 'row_ended', key, outcome, nowMs: this.#parts.clock.nowMs };
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
