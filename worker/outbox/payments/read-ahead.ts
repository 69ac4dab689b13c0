/**
 * What captures and looks of one lease are about, read for all of them in one round trip. Rows of one payment are
 * leased one at a time, so nobody else of the outbox changes it meanwhile. What is not read, or was read too
 * long ago, is read by the row itself.
 */
import type { LeasedPayments } from '../../stores/postgres/leased-payments.ts';
import type { LeasedRow } from '../../stores/postgres/outbox-work.ts';
import type { EventToLookAt } from '../../stores/postgres/payment-events.ts';
import type { PaymentWork } from '../../stores/postgres/payment-work.ts';

/** A row is begun no later than this after what it is about was read. */
export const AHEAD_MS_MAX = 500;

type Capture = LeasedRow<'payment.capture'>;
type Look = LeasedRow<'payment.look'>;

export interface ReadAheadPorts {
  /** Throws a Fault. */
  read(ids: {
    paymentIds: Capture['payload']['paymentId'][];
    eventIds: string[];
  }): Promise<LeasedPayments>;
  nowMs(): number;
}

export class ReadAhead {
  readonly #ports: ReadAheadPorts;
  #known: (LeasedPayments & { readAtMs: number }) | undefined;

  constructor(ports: ReadAheadPorts) {
    this.#ports = ports;
  }

  /** What was read for rows of before is forgotten. Never throws. */
  async readFor(rows: readonly LeasedRow[]): Promise<void> {
    this.#known = undefined;
    const paymentIds = rows.filter(isCapture).map(({ payload }) => payload.paymentId);
    const eventIds = rows.filter(isLook).flatMap(({ payload }) => payload.providerEventId ?? []);
    // One row reads as much by itself.
    if (paymentIds.length + eventIds.length < 2) return;
    const readAtMs = this.#ports.nowMs();
    try {
      this.#known = { ...(await this.#ports.read({ paymentIds, eventIds })), readAtMs };
    } catch {
      // Each row reads for itself, and fails by itself.
    }
  }

  paymentOf({ payload }: Capture): PaymentWork | undefined {
    return this.#fresh()?.payments.get(payload.paymentId);
  }

  eventOf({ payload }: Look): EventToLookAt | undefined {
    return this.#fresh()?.events.get(payload.providerEventId ?? '');
  }

  #fresh(): LeasedPayments | undefined {
    const known = this.#known;
    if (known === undefined || this.#ports.nowMs() - known.readAtMs > AHEAD_MS_MAX)
      return undefined;
    return known;
  }
}

function isCapture(row: LeasedRow): row is Capture {
  return row.kind === 'payment.capture';
}

function isLook(row: LeasedRow): row is Look {
  return row.kind === 'payment.look';
}
