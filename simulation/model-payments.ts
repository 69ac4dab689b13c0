/** The model's payments: which of them pays, what is to be done about the others, and units that come back. */
import type { PaymentId, RefundId } from '../worker/contract/ids.ts';
import type { LedgerAnswer, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import type { OrderRow } from './ledger.ts';
import { yes } from './model-answers.ts';
import { end, type ModelOrders, type Moment } from './model-orders.ts';
import type { OutboxRow } from './outbox-rows.ts';
import type { PaymentChange, PaymentRow, RefundRow } from './payment-rows.ts';

type ReturnUnits = Extract<StampedAttempt, { kind: 'return_units' }>;

export class ModelPayments {
  readonly #payments = new Map<PaymentId, PaymentRow>();
  readonly #refunds = new Map<RefundId, RefundRow>();
  readonly #orders: ModelOrders;
  readonly #outbox: OutboxRow[];
  #hasRows = false;

  constructor(orders: ModelOrders, outbox: OutboxRow[]) {
    this.#orders = orders;
    this.#outbox = outbox;
  }

  change(change: PaymentChange): void {
    if (change.kind === 'begin_payment') return this.#begin(change);
    const payment = this.#payments.get(change.paymentId);
    if (payment === undefined) return;
    const { id: paymentId, orderId } = payment;
    if (change.kind === 'refund') {
      const { refundId: id, units } = change;
      this.#refunds.set(id, { id, paymentId, orderId, units, unitsReturned: false });
      return;
    }
    payment.state = change.state;
    payment.amountMinor = change.amountMinor ?? payment.amountMinor;
    this.#show(orderId);
  }

  #begin({ paymentId: id, orderId, nowMs }: Extract<PaymentChange, { kind: 'begin_payment' }>) {
    const order = this.#orders.get(orderId);
    if (order?.status !== 'pending' || !order.payOnline || order.expiresAtMs <= nowMs) return;
    if (this.#of(order).some(({ state }) => state === 'open' || state === 'authorised')) return;
    order.paying = true;
    const { currency, quantity, unitPriceCents } = order;
    const amountMinor = quantity * unitPriceCents;
    this.#payments.set(id, { id, orderId, state: 'open', amountMinor, currency });
    this.#show(orderId);
  }

  /** Whether a payment pays for exactly this order. */
  pays(id: PaymentId, order: OrderRow): boolean {
    const payment = this.#payments.get(id);
    return (
      payment?.orderId === order.id &&
      payment.state === 'authorised' &&
      payment.currency === order.currency &&
      payment.amountMinor === order.quantity * order.unitPriceCents
    );
  }

  /** The order was confirmed by it: it is captured, and what else was begun is ended. */
  confirmed(order: OrderRow, id: PaymentId, nowMs: number): void {
    this.#hasRows = true;
    order.paymentId = id;
    this.#show(order.id);
    this.#add('payment.capture', { id, key: `capture/${id}` }, nowMs);
    const others = this.#of(order).filter((other) => other.id !== id);
    this.#release(others, nowMs);
  }

  /** It did not confirm what it was to confirm: nothing is kept of it. */
  refused(id: PaymentId, nowMs: number): void {
    this.#hasRows = true;
    const { state } = this.#payments.get(id) ?? {};
    if (state !== 'authorised' && state !== 'captured') return;
    this.#add('payment.release', { id, key: `release/${id}/refused` }, nowMs);
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
    return { payments: copied(this.#payments), refunds: copied(this.#refunds) };
  }

  #of({ id }: OrderRow): PaymentRow[] {
    return [...this.#payments.values()].filter(({ orderId }) => orderId === id);
  }

  /** What the order tells: of the payment that confirmed it, else of the last one. */
  #show(id: OrderRow['id']): void {
    const order = this.#orders.get(id);
    if (order === undefined) return;
    const all = this.#of(order);
    const shown = all.find((one) => one.id === order.paymentId) ?? all.at(-1);
    order.payment = shown
      ? { status: shown.state, amountCents: shown.amountMinor, refundedCents: 0 }
      : null;
  }

  #release(payments: PaymentRow[], nowMs: number): void {
    for (const { id, state } of payments) {
      if (state === 'open' || state === 'authorised')
        this.#add('payment.release', { id, key: `release/${id}` }, nowMs);
    }
  }

  #add(kind: string, { id, key }: { id: PaymentId; key: string }, nowMs: number): void {
    if (this.#outbox.some((row) => row.key === key)) return;
    const times = { createdAtMs: nowMs, dueAtMs: nowMs, dropAfterMs: null };
    this.#outbox.push({
      kind,
      key,
      userId: null,
      payload: { paymentId: id },
      priority: 0,
      ...times,
    });
  }
}

function copied<Id, Row>(rows: Map<Id, Row>): Map<Id, Row> {
  return new Map([...rows].map(([id, row]) => [id, { ...row }]));
}
