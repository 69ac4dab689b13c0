/** One commit of the store, as the checks see it. */
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import type { Snapshot } from './ledger.ts';

/** What one transaction did to a sale. */
export interface Commit {
  before: Snapshot;
  after: Snapshot;
  group: StampedAttempt[];
  nowMs: number;
  settlement: Settlement;
}
