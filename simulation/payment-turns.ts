/** Which rows of the outbox about payments may be worked off, as worker/stores/postgres/outbox-turns.ts has it. */
import type { PaymentId } from '../worker/contract/ids.ts';
import type { OutboxRow } from './outbox-rows.ts';
import type { RunContext } from './run-context.ts';

/** While one of these waits, others of its payment go on. */
const OVERTAKEN = new Set(['payment.capture', 'payment.look']);

interface Lease {
  createdAtMs: number;
  untilMs: number;
  dueAtMs: number;
}

export class PaymentTurns {
  readonly #context: RunContext;
  readonly #leases = new Map<string, Lease>();

  constructor(context: RunContext) {
    this.#context = context;
  }

  get openRows(): OutboxRow[] {
    return this.#context.store.latest.outbox.filter(
      ({ kind, outcome }) => outcome === null && kind.startsWith('payment.'),
    );
  }

  /** Of one payment one at a time, in the order in which they were written. */
  due(): OutboxRow[] {
    const { nowMs } = this.#context.clock;
    const taken = new Set<PaymentId>();
    const due: OutboxRow[] = [];
    const rows = this.openRows.toSorted(byAge);
    for (const row of rows) if (this.leaseOf(row).untilMs > nowMs) taken.add(this.#paymentOf(row));
    for (const row of rows) {
      const id = this.#paymentOf(row);
      const isWaiting = this.leaseOf(row).dueAtMs > nowMs;
      if (!taken.has(id) && !isWaiting) due.push(row);
      if (!(isWaiting && OVERTAKEN.has(row.kind))) taken.add(id);
    }
    return due;
  }

  leaseOf({ key, createdAtMs }: OutboxRow): Lease {
    const known = this.#leases.get(key);
    // One that had ended and is due again is a new one.
    if (known?.createdAtMs === createdAtMs) return known;
    const lease = { createdAtMs, untilMs: 0, dueAtMs: 0 };
    this.#leases.set(key, lease);
    return lease;
  }

  #paymentOf({ payload }: OutboxRow): PaymentId {
    if ('paymentId' in payload) return payload.paymentId;
    const { refunds } = this.#context.store.latest;
    const refund = 'refundId' in payload ? refunds.get(payload.refundId) : undefined;
    if (refund === undefined) throw new Error('a row is about no payment');
    return refund.paymentId;
  }
}

function byAge(one: OutboxRow, other: OutboxRow): number {
  return one.createdAtMs - other.createdAtMs || (one.key < other.key ? -1 : 1);
}
