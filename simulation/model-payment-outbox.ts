/** The model's rows of the outbox that are about payments. */
import type { PaymentId, RefundId } from '../worker/contract/ids.ts';
import type { OutboxRow } from './outbox-rows.ts';

export class ModelPaymentOutbox {
  readonly #rows: OutboxRow[];

  constructor(rows: OutboxRow[]) {
    this.#rows = rows;
  }

  /** One that is there already is not added again. */
  add(
    what: 'capture' | 'look' | 'release',
    { id, turn }: { id: PaymentId; turn?: string | undefined },
    nowMs: number,
  ): void {
    const key = turn === undefined ? `${what}/${id}` : `${what}/${id}/${turn}`;
    const isLook = what === 'look';
    const payload = isLook ? { paymentId: id, providerEventId: null } : { paymentId: id };
    this.#push({ kind: `payment.${what}`, key, payload, priority: isLook ? 1 : 0 }, nowMs);
  }

  /** By the ledger: one that has ended is due again. */
  release(id: PaymentId, turn: string | undefined, nowMs: number): void {
    const key = turn === undefined ? `release/${id}` : `release/${id}/${turn}`;
    const n = this.#rows.findIndex((row) => row.key === key && row.outcome !== null);
    const ended = this.#rows[n];
    if (ended === undefined) return this.add('release', { id, turn }, nowMs);
    this.#rows[n] = { ...ended, createdAtMs: nowMs, dueAtMs: nowMs, outcome: null };
  }

  addRefund(refundId: RefundId, nowMs: number): void {
    const key = `refund/${refundId}`;
    this.#push({ kind: 'payment.refund', key, payload: { refundId }, priority: 1 }, nowMs);
  }

  end(key: string, outcome: string): void {
    const n = this.#rows.findIndex((row) => row.key === key && row.outcome === null);
    const row = this.#rows[n];
    if (row) this.#rows[n] = { ...row, outcome };
  }

  #push(row: Pick<OutboxRow, 'kind' | 'key' | 'payload' | 'priority'>, nowMs: number): void {
    if (this.#rows.some(({ key }) => key === row.key)) return;
    const times = { createdAtMs: nowMs, dueAtMs: nowMs, dropAfterMs: null, outcome: null };
    this.#rows.push({ ...row, userId: null, ...times });
  }
}
