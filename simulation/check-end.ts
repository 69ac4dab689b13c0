/** What must be true when the faults are over and time has passed. */
import type { AnswerCheck } from './check-answers.ts';
import type { Platform } from './platform.ts';
import type { World } from './world.ts';

export function checkEnd(world: World, platform: Platform, answers: AnswerCheck): void {
  const { store, verdict, clock } = world;
  if (platform.openCalls > 0) verdict.complain('nobody waits for ever', `${platform.openCalls}`);
  for (const order of store.latest.orders.values()) {
    if (order.status !== 'pending') continue;
    const overdueMs = clock.nowMs - order.expiresAtMs;
    verdict.complain('no unit is stuck', `${order.id} is held, ${overdueMs} ms after its end`);
  }
  for (const item of store.latest.items) {
    if (item.held !== 0 || item.remaining + item.sold !== item.total) {
      verdict.complain('no unit is stuck', JSON.stringify(item));
    }
  }
  for (const { attempt, order } of answers.promised) {
    const row = store.latest.orders.get(order.id);
    const told = `${attempt.customerId} ${attempt.kind} ${order.id}, in the end ${row?.status}`;
    if (row === undefined) verdict.complain('nobody was told yes without a row', told);
    const isFinal = order.status === 'confirmed' || order.status === 'cancelled';
    if (isFinal && row?.status !== order.status) verdict.complain('a yes stays a yes', told);
  }
}
