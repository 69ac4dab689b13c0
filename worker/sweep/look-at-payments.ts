/**
 * Every minute: payments that could have changed for long, and of which nobody has heard, are looked at. The
 * provider's webhook may be lost, and its shopper may not come back.
 */
import type { Needs } from '../deps/deps.ts';
import { queueLooksAtUnsettled } from '../stores/postgres/payment-reconciliation.ts';

/** Longer than most people take to pay. */
const UNSETTLED_MS = 15 * 60_000;
/** Each is looked at once in this time. */
const LOOK_EVERY_MS = 30 * 60_000;
/** More wait for the next sweep. */
const LOOKS_PER_SWEEP_MAX = 500;

export type LookAtPaymentsNeeds = Needs<{
  outbox: 'wakePayments';
  payments: 'provider';
  stores: 'db';
  platform: 'nowMs';
}>;

/** Throws a Fault where the database is away. */
export async function lookAtPayments(deps: LookAtPaymentsNeeds): Promise<void> {
  if (deps.payments.provider === undefined) return;
  const nowMs = deps.platform.nowMs();
  const count = await queueLooksAtUnsettled(deps.stores.db, {
    begunBeforeMs: nowMs - UNSETTLED_MS,
    turn: `sweep/${Math.floor(nowMs / LOOK_EVERY_MS)}`,
    nowMs,
    limit: LOOKS_PER_SWEEP_MAX,
  });
  if (count > 0) deps.outbox.wakePayments();
}
