/** All that is checked of a commit. */
import { checkChain } from './check-chain.ts';
import { checkEntryChanges } from './check-entries.ts';
import { checkInvariants } from './check-invariants.ts';
import { checkLedgerAnswers } from './check-ledger-answers.ts';
import { checkMoney } from './check-money.ts';
import { checkOrderChanges } from './check-order-changes.ts';
import { checkNewRows } from './check-outbox.ts';
import { checkPayments } from './check-payments.ts';
import { checkQueueAnswers } from './check-queue-answers.ts';
import { checkQueueLaws } from './check-queue-laws.ts';
import type { Commit } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';

export type Check = (commit: Commit, violated: ReportViolation) => void;
/** Of each commit of a sale with a provider, or in which nobody pays. */
export const CHECKS: Check[] = [
  ({ after }: Commit, violated: ReportViolation) => checkInvariants(after, violated),
  ({ after }: Commit, violated: ReportViolation) => checkMoney(after, violated),
  checkPayments,
  checkOrderChanges,
  checkEntryChanges,
  checkQueueLaws,
  checkChain,
  checkNewRows,
  checkLedgerAnswers,
  checkQueueAnswers,
];
