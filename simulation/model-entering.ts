/** Why the model lets nobody into the queue of an item. Pure. */
import { LIMITS } from '../worker/contract/values.ts';
import type { LedgerAnswer, StampedEnter } from '../worker/sale/rules/attempts.ts';
import type { ModelAccounts } from './model-accounts.ts';
import type { ModelDraw } from './model-draw.ts';
import type { ModelOrders } from './model-orders.ts';
import type { ModelWindow } from './model-window.ts';
import type { EntryRow } from './queue-rows.ts';
import type { Scenario } from './scenario.ts';
import type { SizedItem } from './sizes.ts';

const DAY_MS = 86_400_000;

export interface EnteringFacts {
  window: ModelWindow;
  scenario: Scenario;
  accounts: ModelAccounts;
  orders: ModelOrders;
  draw: ModelDraw;
  item: SizedItem;
  /** Whether somebody who waits for the item comes before whoever reserves it. */
  isAhead: boolean;
  lastSeq: number;
  /** Those of the customer, for this item. */
  entries: EntryRow[];
  /** What the others who share their limit wait for at least. */
  waitingOfOthers: number;
  nowMs: number;
}

/** @returns undefined where they may enter. */
export function whyNotEntered(
  attempt: StampedEnter,
  facts: EnteringFacts,
): LedgerAnswer | undefined {
  const { window, draw, scenario, accounts, orders, item } = facts;
  if (!window.isPublished) return { refusal: 'not_found' };
  if (attempt.atMs >= window.closesAtMs) return { refusal: 'closed' };
  if (!draw.isPlanned && attempt.atMs < window.opensAtMs) return { refusal: 'not_open' };
  if (draw.takesNoMore) {
    if (!scenario.queuePlan.waitlist) return { refusal: 'queue_closed' };
    const isFree = orders.count(item).remaining > 0 && !facts.isAhead;
    if (isFree) return { refusal: 'stock_available' };
  }
  const isVerified = accounts.isVerified(attempt.customerId);
  if (scenario.requireVerifiedEmail && !isVerified) return { refusal: 'email_unverified' };
  if (facts.lastSeq >= LIMITS.queueEntriesPerEventMax) return { refusal: 'queue_full' };
  return overLimit(attempt, facts) ?? tooOften(facts);
}

/** Somebody who could not be served now if it were their turn, or who would wait with others for too much. */
function overLimit(attempt: StampedEnter, facts: EnteringFacts): LedgerAnswer | undefined {
  const { limit } = facts.item;
  const taken = facts.orders.takenBy(attempt, facts.nowMs);
  const { waitingOfOthers: waiting } = facts;
  const most = taken.held + taken.bought + waiting + attempt.minQuantity;
  if (most <= limit && attempt.quantity <= limit) return undefined;
  return { refusal: 'limit_reached', limit, ...taken, ...(waiting > 0 && { waiting }) };
}

function tooOften({ entries, nowMs }: EnteringFacts): LedgerAnswer | undefined {
  const times = entries.map(({ enteredAtMs }) => enteredAtMs).filter((ms) => ms > nowMs - DAY_MS);
  if (times.length < LIMITS.queueEntriesPerDayMax) return undefined;
  return { refusal: 'rate_limited', retryAfterMs: Math.min(...times) + DAY_MS - nowMs };
}
