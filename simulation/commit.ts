/** One commit of the store, as the checks see it. Pure. */
import type {
  OrderAttempt,
  ReserveAttempt,
  Settlement,
  StampedAttempt,
} from '../worker/sale/rules/attempts.ts';
import type { Snapshot } from './ledger.ts';

export type Reserve = ReserveAttempt & StampedAttempt;

/** What one transaction did to a sale. */
export interface Commit {
  before: Snapshot;
  after: Snapshot;
  group: StampedAttempt[];
  /** All reserves of the groups before, for orders that nobody in this one asked for. */
  reservesBefore: readonly Reserve[];
  nowMs: number;
  settlement: Settlement;
}

export type OfOrder = OrderAttempt & Extract<StampedAttempt, { orderId: unknown }>;

/** Whether it is about an order, and not about the queue. */
export function isOfOrder(attempt: StampedAttempt): attempt is OfOrder {
  return 'orderId' in attempt;
}

export function isReserve(attempt: StampedAttempt): attempt is Reserve {
  return attempt.kind === 'reserve';
}
