/** What must be true when the faults are over and time has passed. */
import type { AnswerCheck } from './check-answers.ts';
import { isUnstated } from './check-statements.ts';
import type { Platform } from './platform.ts';
import { isServing, isUndrawn, unservedEntry } from './queue-facts.ts';
import type { RunContext } from './run-context.ts';

export function checkFinalState(
  context: RunContext,
  platform: Platform,
  answers: AnswerCheck,
): void {
  const { store, violations } = context;
  if (platform.openCalls > 0) violations.record('nobody waits for ever', `${platform.openCalls}`);
  const { attempts, outcomes } = platform.figures ?? { attempts: 0, outcomes: {} };
  const counted = Object.values(outcomes).reduce((sum, times) => sum + times, 0);
  if (counted !== attempts) {
    const told = `${attempts} came, counted are ${JSON.stringify(outcomes)}`;
    violations.record('every attempt is counted once', told);
  }
  checkNothingIsHeld(context);
  checkNobodyIsForgotten(context);
  checkDrawIsStated(context);
  for (const { attempt, order } of answers.promised) {
    const row = store.latest.orders.get(order.id);
    const told = `${attempt.customerId} ${attempt.kind} ${order.id}, in the end ${row?.status}`;
    if (row === undefined) violations.record('nobody was told yes without a row', told);
    const isFinal = order.status === 'confirmed' || order.status === 'cancelled';
    if (isFinal && row?.status !== order.status) violations.record('a yes stays a yes', told);
  }
}

/** While the sale is open, who waits for what is free is served, and what is to be drawn is drawn. */
function checkNobodyIsForgotten({ store, violations, clock }: RunContext): void {
  const { latest } = store;
  const isOpen = clock.nowMs >= latest.opensAtMs && clock.nowMs < latest.closesAtMs;
  const unserved = isServing(latest, clock.nowMs) ? unservedEntry(latest) : undefined;
  if (unserved) violations.record('nobody waits for what is free for ever', unserved.id);
  if (isOpen && isUndrawn(latest.queue) && latest.queue.entries.size > 0)
    violations.record('what is to be drawn is drawn', `${latest.queue.entries.size} entries`);
}

/** Also where the sale is over or closed. */
function checkDrawIsStated({ store, violations }: RunContext): void {
  const { queue } = store.latest;
  if (isUnstated(queue))
    violations.record('what becomes of a draw is stated', JSON.stringify(queue.proof));
}

/** Published or not: what is held ends. */
function checkNothingIsHeld({ store, violations, clock }: RunContext): void {
  for (const order of store.latest.orders.values()) {
    if (order.status !== 'pending') continue;
    const overdueMs = clock.nowMs - order.expiresAtMs;
    violations.record('no unit is stuck', `${order.id} is held, ${overdueMs} ms after its end`);
  }
  for (const item of store.latest.items) {
    if (item.held !== 0 || item.remaining + item.sold !== item.total) {
      violations.record('no unit is stuck', JSON.stringify(item));
    }
  }
}
