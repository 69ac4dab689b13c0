/**
 * The provider that takes the money of a simulated sale: slow, away, forgetful, and right about what it has.
 * Like the real one it does a change once, however often it is asked.
 */
import type { PaymentId, RefundId } from '../worker/contract/ids.ts';
import type { ProviderRates } from './payment-plan.ts';
import { decidedOf, type PaymentRow, type PresentPayment, type RefundRow } from './payment-rows.ts';
import type { RunContext } from './run-context.ts';
import type { SeededRandom } from './seeded-random.ts';

const TRAVEL_MS_MAX = 60;
const SLOW_MS_MIN = 400;
const SLOW_MS_MAX = 5_000;
const UNHEARD_MS_MAX = 3_000;
const LATE_MS_MAX = 20_000;
const AGAIN_MS_MAX = 5_000;
/** As often an event is told that the shop does not take. */
const TELLS_MAX = 6;
const LAPSE_MS_MIN = 3_000;
const LAPSE_MS_MAX = 45_000;
const REFUND_MS_MAX = 15_000;
const METHODS_STREAM = 1;

interface Held extends PresentPayment {
  amountMinor: number;
  isCapturable: boolean;
  refunds: Map<RefundId, { state: RefundRow['state']; amountMinor: number }>;
}

/** It was not heard, or not answered: whether it was done is not known. */
export class NoAnswer extends Error {}

export class Provider {
  readonly #context: RunContext;
  readonly #random: SeededRandom;
  readonly #payments = new Map<PaymentId, Held>();
  readonly #tell: (id: PaymentId, turn: string) => Promise<void>;
  readonly #methods: SeededRandom;
  #events = 0;

  /** @param tell the shop's webhook, which rejects where it did not keep the event. */
  constructor(
    context: RunContext,
    random: SeededRandom,
    tell: (id: PaymentId, turn: string) => Promise<void>,
  ) {
    this.#context = context;
    this.#random = random;
    this.#tell = tell;
    this.#methods = random.fork(METHODS_STREAM);
  }

  /** What it has by now, whoever knows of it. */
  get payments(): ReadonlyMap<PaymentId, Held> {
    return this.#payments;
  }

  makePage({ id, amountMinor }: Pick<PaymentRow, 'amountMinor' | 'id'>): Promise<void> {
    return this.#call(() => {
      if (this.#payments.has(id)) return;
      const isCapturable = !this.#occurs('uncapturable');
      const present = { state: 'open' as const, isTried: false, capturedMinor: 0 };
      this.#payments.set(id, { ...present, amountMinor, isCapturable, refunds: new Map() });
    });
  }

  read(id: PaymentId): Promise<PresentPayment | undefined> {
    return this.#call(() => this.#presentOf(id));
  }

  /** Ends a page on which nobody has paid. */
  expire(id: PaymentId): Promise<PresentPayment | undefined> {
    return this.#call(() => this.#end(id, 'open'));
  }

  release(id: PaymentId): Promise<PresentPayment | undefined> {
    return this.#call(() => this.#end(id, 'authorised'));
  }

  /** As it is then: it may have been declined. */
  capture(id: PaymentId): Promise<PresentPayment | undefined> {
    return this.#call(() => {
      const held = this.#payments.get(id);
      if (held?.state !== 'authorised' || !held.isCapturable) return this.#presentOf(id);
      this.#checkWanted(id);
      Object.assign(held, { state: 'captured', capturedMinor: held.amountMinor });
      this.#emit(id);
      return this.#presentOf(id);
    });
  }

  refund(id: PaymentId, refundId: RefundId, amountMinor: number): Promise<RefundRow['state']> {
    return this.#call(() => {
      const held = this.#payments.get(id);
      const known = held?.refunds.get(refundId);
      if (known) return known.state;
      if (held?.state !== 'captured') return 'failed';
      const isPending = this.#occurs('refundPending');
      const decided = this.#occurs('refundFailed') ? ('failed' as const) : ('done' as const);
      const refund = { state: isPending ? ('pending' as const) : decided, amountMinor };
      held.refunds.set(refundId, refund);
      this.#checkGivenBack(id, held);
      if (isPending) {
        this.#context.clock.after(this.#random.int(1, REFUND_MS_MAX), () => {
          held.refunds.set(refundId, { state: decided, amountMinor });
        });
      }
      this.#emit(id);
      return refund.state;
    });
  }

  /** A shopper pays on the page. @returns what they see; undefined where the page is over. */
  pay(id: PaymentId): 'authorised' | 'captured' | 'declined' | undefined {
    const held = this.#payments.get(id);
    if (held?.state !== 'open') return undefined;
    if (this.#occurs('declined')) {
      this.#context.trace.count('provider: declined');
      this.#emit(id);
      return 'declined';
    }
    if (this.#methods.happens(this.#context.scenario.provider.atOnce)) return this.#take(id, held);
    Object.assign(held, { state: 'authorised', isTried: true });
    this.#context.note(`paid ${id.slice(-6)}`);
    this.#emit(id);
    if (this.#occurs('lapsing')) {
      this.#context.clock.after(this.#random.int(LAPSE_MS_MIN, LAPSE_MS_MAX), () => {
        if (held.state !== 'authorised') return;
        this.#context.trace.count('provider: lapsed');
        held.state = 'failed';
        this.#emit(id);
      });
    }
    return 'authorised';
  }

  /** By a method that cannot be authorised first. */
  #take(id: PaymentId, held: Held): 'captured' {
    Object.assign(held, { state: 'captured', isTried: true, capturedMinor: held.amountMinor });
    this.#context.trace.count('provider: taken at once');
    this.#context.note(`taken ${id.slice(-6)}`);
    this.#emit(id);
    return 'captured';
  }

  #presentOf(id: PaymentId): PresentPayment | undefined {
    const held = this.#payments.get(id);
    if (held === undefined) return undefined;
    const { state, isTried, capturedMinor } = held;
    return { state, isTried, capturedMinor };
  }

  #end(id: PaymentId, state: 'open' | 'authorised'): PresentPayment | undefined {
    const held = this.#payments.get(id);
    if (held?.state === state) {
      held.state = 'released';
      this.#emit(id);
    }
    return this.#presentOf(id);
  }

  /** Told late, twice, in another order, or never; and again where the shop was away. */
  #emit(id: PaymentId): void {
    const { trace, clock } = this.#context;
    if (this.#occurs('forgotten')) return trace.count('fault: event forgotten');
    const turn = `event/${++this.#events}`;
    const isTwice = this.#occurs('twice');
    if (isTwice) trace.count('fault: event twice');
    for (const _ of isTwice ? [1, 2] : [1]) {
      const isLate = this.#occurs('late');
      if (isLate) trace.count('fault: event late');
      clock.after(this.#random.int(1, isLate ? LATE_MS_MAX : TRAVEL_MS_MAX), () =>
        this.#deliver(id, turn, 1),
      );
    }
  }

  #deliver(id: PaymentId, turn: string, tells: number): void {
    this.#tell(id, turn).catch(() => {
      if (tells === TELLS_MAX) return;
      this.#context.clock.after(this.#random.int(1, AGAIN_MS_MAX), () =>
        this.#deliver(id, turn, tells + 1),
      );
    });
  }

  async #call<T>(work: () => T): Promise<T> {
    const { clock, scenario, trace } = this.#context;
    const random = this.#random;
    const isSlow = this.#occurs('slow');
    await clock.sleep(isSlow ? random.int(SLOW_MS_MIN, SLOW_MS_MAX) : random.int(1, TRAVEL_MS_MAX));
    const { outages } = scenario.provider;
    const isAway = outages.some(({ fromMs, toMs }) => clock.nowMs >= fromMs && clock.nowMs < toMs);
    if (isAway || this.#occurs('unheard')) {
      trace.count(isAway ? 'fault: provider away' : 'fault: provider unheard');
      await clock.sleep(random.int(1, UNHEARD_MS_MAX));
      throw new NoAnswer('the provider did not hear');
    }
    const value = work();
    await clock.sleep(random.int(1, TRAVEL_MS_MAX));
    if (this.#occurs('unanswered')) {
      trace.count('fault: provider unanswered');
      throw new NoAnswer('the provider was not heard');
    }
    return value;
  }

  #occurs(fault: keyof ProviderRates): boolean {
    const { clock, scenario } = this.#context;
    return (
      clock.nowMs < scenario.faultsEndAtMs && this.#random.happens(scenario.provider.rates[fault])
    );
  }

  #checkWanted(id: PaymentId): void {
    const { store, violations } = this.#context;
    const { orderId } = store.latest.payments.get(id) ?? {};
    const order = orderId && store.latest.orders.get(orderId);
    if (order?.status !== 'confirmed' || order.paymentId !== id)
      violations.record('money is taken only for an order that rests on it', id);
  }

  #checkGivenBack(id: PaymentId, { refunds, capturedMinor }: Held): void {
    const rows = [...refunds].map(([refundId, refund]) => ({
      ...refund,
      id: refundId,
      paymentId: id,
    }));
    if (decidedOf(id, rows) > capturedMinor)
      this.#context.violations.record('never more is given back than was taken', id);
  }
}
