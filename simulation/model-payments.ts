/** The model's payments: which of them pays, what is to be done about the others, and units that come back. */
import type { PaymentId, RefundId } from '../worker/contract/ids.ts';
import type { LedgerAnswer, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import type { OrderRow } from './ledger.ts';
import { yes } from './model-answers.ts';
import { end, type ModelOrders, type Moment } from './model-orders.ts';
import { ModelPaymentOutbox } from './model-payment-outbox.ts';
import { ModelRefunds } from './model-refunds.ts';
import { totalOfOrder } from './order-totals.ts';
import { cancelRefundIdOf, type OutboxRow } from './outbox-rows.ts';
import {
  isExactly,
  type PaymentChange,
  type PaymentRow,
  type PresentPayment,
  type RefundRow,
  shownPayment,
} from './payment-rows.ts';

type ReturnUnits = Extract<StampedAttempt, { kind: 'return_units' }>;
type Of<Kind extends PaymentChange['kind']> = Extract<PaymentChange, { kind: Kind }>;

export class ModelPayments {
  readonly #payments = new Map<PaymentId, PaymentRow>();
  readonly #refunds = new ModelRefunds();
  readonly #orders: ModelOrders;
  readonly #outbox: ModelPaymentOutbox;
  #hasRows = false;

  constructor(orders: ModelOrders, outbox: OutboxRow[]) {
    this.#orders = orders;
    this.#outbox = new ModelPaymentOutbox(outbox);
  }

  change(change: PaymentChange): void {
    if (change.kind === 'begin_payment') return this.#begin(change);
    if (change.kind === 'row_ended') return this.#outbox.end(change.key, change.outcome);
    if (change.kind === 'refund_seen') return this.#seeRefund(change.refundId, change.state);
    if (change.kind === 'refund_spared') return this.#refunds.spare(change.refundId);
    const payment = this.#payments.get(change.paymentId);
    if (payment === undefined) return;
    this.#changeOf(payment, change);
    this.#show(payment.orderId);
  }

  #changeOf(
    payment: PaymentRow,
    change: Exclude<
      PaymentChange,
      Of<'begin_payment' | 'refund_seen' | 'refund_spared' | 'row_ended'>
    >,
  ): void {
    const { id } = payment;
    switch (change.kind) {
      case 'payment_told':
        payment.state = change.state;
        payment.amountMinor = change.amountMinor ?? payment.amountMinor;
        payment.currency = change.currency ?? payment.currency;
        payment.capturedMinor =
          change.state === 'captured' ? (change.capturedMinor ?? payment.amountMinor) : 0;
        return;
      case 'page_opened':
        return this.#openPage(payment, change.nowMs);
      case 'page_missing':
        if (payment.state === 'open' && !payment.hasPage) payment.state = 'released';
        return;
      case 'payment_seen':
        return this.#see(payment, change);
      case 'queue_release':
        return this.#outbox.add('release', { id, turn: change.turn }, change.nowMs);
      case 'queue_look':
        return this.#outbox.add('look', { id, turn: change.turn }, change.nowMs);
      case 'decide_refund':
        this.#refunds.add(payment, change);
        return this.#outbox.addRefund(change.refundId, change.nowMs);
      case 'refund_whole':
        return this.#refundWhole(payment, change);
      default:
        change satisfies never;
    }
  }

  #begin({ paymentId: id, orderId, nowMs }: Of<'begin_payment'>) {
    const order = this.#orders.get(orderId);
    if (order?.status !== 'pending' || !order.payOnline || order.expiresAtMs <= nowMs) return;
    if (this.#of(order).some((payment) => this.#isGoingOn(payment))) return;
    order.paying = true;
    this.#payments.set(id, {
      id,
      orderId,
      state: 'open',
      amountMinor: totalOfOrder(order),
      currency: order.currency,
      capturedMinor: 0,
      refundedMinor: 0,
      hasPage: false,
      isTried: false,
      begunAtMs: nowMs,
    });
    this.#show(orderId);
  }

  /** Where nobody may pay on it any more, it is ended. */
  #openPage(payment: PaymentRow, nowMs: number): void {
    payment.hasPage = true;
    const isWanted = this.#orders.get(payment.orderId)?.status === 'pending';
    if (payment.state !== 'open' || !isWanted)
      this.#outbox.add('release', { id: payment.id, turn: 'session' }, nowMs);
  }

  /** A state never goes back, and an end stays, except where money turns up behind one. */
  #see(payment: PaymentRow, { present, nowMs }: Of<'payment_seen'>): void {
    const { state, isTried, capturedMinor }: PresentPayment = present;
    // Taken at once: whatever becomes of its order, somebody sees to it.
    if (state === 'captured' && payment.state !== 'captured' && !this.#isOrders(payment))
      this.#outbox.add('release', { id: payment.id, turn: 'taken' }, nowMs);
    const isOpen = payment.state === 'open' || payment.state === 'authorised';
    const isPaidAfterAll = payment.state === 'released' && !payment.isTried;
    if (state === 'captured') payment.state = state;
    else if (state === 'authorised' && (payment.state === 'open' || isPaidAfterAll))
      payment.state = state;
    else if ((state === 'released' || state === 'failed') && isOpen)
      payment.state = this.#isMissed(payment) ? 'failed' : 'released';
    payment.isTried ||= isTried;
    const isTaken = payment.state === 'captured';
    payment.capturedMinor = isTaken ? Math.max(payment.capturedMinor, capturedMinor) : 0;
  }

  /** Its order rests on it, and not all of it was to be given back. */
  #isMissed(payment: PaymentRow): boolean {
    return this.#isOrders(payment) && payment.amountMinor > this.#refunds.decidedOf(payment.id);
  }

  #isOrders({ id, orderId }: PaymentRow): boolean {
    return this.#orders.get(orderId)?.paymentId === id;
  }

  /** It may still be paid or confirm its order. */
  #isGoingOn({ id, state }: PaymentRow): boolean {
    if (state === 'captured') return !this.#refunds.isAnyOf(id);
    return state === 'open' || state === 'authorised';
  }

  #refundWhole(payment: PaymentRow, { refundId, nowMs }: Of<'refund_whole'>): void {
    if (payment.state !== 'captured' || this.#isOrders(payment)) return;
    if (this.#refunds.addLeft(payment, refundId)) this.#outbox.addRefund(refundId, nowMs);
  }

  /** All that is left of what an order rests on, once. @returns whether anything was. */
  refundLeft({ paymentId }: OrderRow, nowMs: number): boolean {
    const payment = paymentId === null ? undefined : this.#payments.get(paymentId);
    const refundId = payment && this.#refunds.addLeft(payment, cancelRefundIdOf(payment.id));
    if (refundId) this.#outbox.addRefund(refundId, nowMs);
    return refundId !== undefined;
  }

  #seeRefund(refundId: RefundId, state: RefundRow['state']): void {
    const paymentId = this.#refunds.see(refundId, state);
    const payment = paymentId && this.#payments.get(paymentId);
    if (!payment) return;
    payment.refundedMinor = Math.min(payment.capturedMinor, this.#refunds.madeOf(payment.id));
    this.#show(payment.orderId);
  }

  /** Whether a payment pays for exactly this order. */
  pays(id: PaymentId, order: OrderRow): boolean {
    const payment = this.#payments.get(id);
    if (payment === undefined || !isExactly(payment, order)) return false;
    const isWhole = payment.capturedMinor === payment.amountMinor && !this.#refunds.isAnyOf(id);
    return payment.state === 'authorised' || (payment.state === 'captured' && isWhole);
  }

  /** The order was confirmed by it: it is captured, and what else was begun is ended. */
  confirmed(order: OrderRow, id: PaymentId, nowMs: number): void {
    this.#hasRows = true;
    order.paymentId = id;
    this.#show(order.id);
    if (this.#payments.get(id)?.state === 'authorised') this.#outbox.add('capture', { id }, nowMs);
    const others = this.#of(order).filter((other) => other.id !== id);
    this.#release(others, nowMs);
  }

  /** It did not confirm what it was to confirm: nothing is kept of it. */
  refused(id: PaymentId, nowMs: number): void {
    this.#hasRows = true;
    const { state } = this.#payments.get(id) ?? {};
    if (state !== 'authorised' && state !== 'captured') return;
    this.#outbox.release(id, 'refused', nowMs);
  }

  /** Its hold has ended. One that has only expired may still be confirmed: whoever releases it asks first. */
  holdEnded(order: OrderRow, nowMs: number, how: 'in the line' | 'beside'): void {
    if (!order.paying) return;
    // Beside the line nobody is told of it.
    if (how !== 'beside') this.#hasRows = true;
    this.#release(this.#of(order), nowMs);
  }

  cancel(order: OrderRow, { settlement, nowMs }: Moment): void {
    end(order, 'cancelled', settlement);
    this.holdEnded(order, nowMs, 'in the line');
  }

  returnUnits(attempt: ReturnUnits): LedgerAnswer {
    const order = this.#orders.get(attempt.orderId);
    if (order?.customerId !== attempt.customerId) return { refusal: 'not_found' };
    const left = order.status === 'confirmed' ? order.quantity - order.unitsReturned : 0;
    let units = left;
    if ('refundId' in attempt) {
      const refund = this.#refunds.get(attempt.refundId);
      if (refund?.orderId !== order.id) return { refusal: 'not_found' };
      units = refund.unitsReturned ? 0 : Math.min(left, refund.units);
      refund.unitsReturned = true;
    } else {
      const hasFailed = this.#payments.get(attempt.paymentId)?.state === 'failed';
      if (order.paymentId !== attempt.paymentId || !hasFailed) return { refusal: 'not_found' };
    }
    order.unitsReturned += units;
    return yes(order, units === 0);
  }

  /** Whether rows were written since it was asked last. */
  takeHasRows(): boolean {
    const had = this.#hasRows;
    this.#hasRows = false;
    return had;
  }

  snapshot(): { payments: Map<PaymentId, PaymentRow>; refunds: Map<RefundId, RefundRow> } {
    return {
      payments: new Map([...this.#payments].map(([id, row]) => [id, { ...row }])),
      refunds: this.#refunds.snapshot(),
    };
  }

  #of({ id }: OrderRow): PaymentRow[] {
    return [...this.#payments.values()].filter(({ orderId }) => orderId === id);
  }

  #show(id: OrderRow['id']): void {
    const order = this.#orders.get(id);
    if (order) order.payment = shownPayment(order, this.#payments.values());
  }

  #release(payments: PaymentRow[], nowMs: number): void {
    for (const { id, state } of payments) {
      if (state === 'open' || state === 'authorised') this.#outbox.release(id, undefined, nowMs);
    }
  }
}
