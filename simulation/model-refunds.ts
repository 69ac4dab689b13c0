/** The model's refunds: decided in a row before the provider has them. */
import type { PaymentId, RefundId } from '../worker/contract/ids.ts';
import { decidedOf, type PaymentRow, type RefundRow } from './payment-rows.ts';

/** What was told before stands behind what was told after it. */
const STATES = ['pending', 'done', 'failed'];

export class ModelRefunds {
  readonly #refunds = new Map<RefundId, RefundRow>();

  get(id: RefundId): RefundRow | undefined {
    return this.#refunds.get(id);
  }

  add(
    { id: paymentId, orderId }: PaymentRow,
    {
      refundId: id,
      amountMinor,
      units,
    }: { refundId: RefundId; amountMinor: number; units: number },
  ): void {
    const before = { state: 'pending', isMade: false, unitsReturned: false } as const;
    this.#refunds.set(id, { id, paymentId, orderId, amountMinor, units, ...before });
  }

  /** All that is left: before its capture, of what was authorised. @returns its id; undefined where nothing is. */
  addLeft(payment: PaymentRow, refundId: RefundId): RefundId | undefined {
    const { state, capturedMinor } = payment;
    const wholeMinor = state === 'authorised' ? payment.amountMinor : capturedMinor;
    const amountMinor = wholeMinor - this.decidedOf(payment.id);
    if (amountMinor <= 0 || this.#refunds.has(refundId)) return undefined;
    this.add(payment, { refundId, amountMinor, units: 0 });
    return refundId;
  }

  /** As the provider has it. @returns whose it is. */
  see(id: RefundId, state: RefundRow['state']): PaymentId | undefined {
    const refund = this.#refunds.get(id);
    if (refund === undefined) return undefined;
    const isOlder = STATES.indexOf(refund.state) > STATES.indexOf(state);
    if (!(refund.isMade && isOlder)) refund.state = state;
    refund.isMade = true;
    return refund.paymentId;
  }

  /** Its payment was released instead. */
  spare(id: RefundId): void {
    const refund = this.#refunds.get(id);
    if (refund?.state === 'pending') refund.state = 'done';
  }

  /** What was decided to be given back: done, or still to come. */
  decidedOf(id: PaymentId): number {
    return decidedOf(id, this.#refunds.values());
  }

  /** Whether any was decided, whatever became of it. */
  isAnyOf(id: PaymentId): boolean {
    return [...this.#refunds.values()].some(({ paymentId }) => paymentId === id);
  }

  /** What the provider has of it. */
  madeOf(id: PaymentId): number {
    return decidedOf(
      id,
      [...this.#refunds.values()].filter(({ isMade }) => isMade),
    );
  }

  snapshot(): Map<RefundId, RefundRow> {
    return new Map([...this.#refunds].map(([id, row]) => [id, { ...row }]));
  }
}
