/** What happens by itself when its time has come. */
import { authenticate } from './checkout.ts';
import { settle } from './delayed-payments.ts';
import { openDispute } from './disputes.ts';
import { endAuthorisation } from './intents.ts';
import { moveRefund } from './refunds.ts';
import { endSession } from './sessions.ts';
import { type Timer, timerKey } from './state.ts';
import { find, type World } from './world.ts';

/** In the order of their times; what one of them starts is done in the next run. */
export function runTimers(world: World): void {
  const { state } = world;
  const nowMs = world.nowMs();
  // Each payment keeps two of them for days, and this is called with each request.
  if (nextTimerAtMs(world) > nowMs) return;
  world.soonestTimerMs = undefined;
  const due = [...state.timers.values()].filter(({ atMs }) => atMs <= nowMs);
  for (const timer of due) state.timers.delete(timerKey(timer));
  for (const timer of due.toSorted((a, b) => a.atMs - b.atMs)) run(world, timer);
}

/** When the first of them is due, in milliseconds; Infinity where there is none. Never later than it is. */
export function nextTimerAtMs(world: World): number {
  if (world.soonestTimerMs === undefined) {
    let soonestMs = Infinity;
    for (const { atMs } of world.state.timers.values()) soonestMs = Math.min(soonestMs, atMs);
    world.soonestTimerMs = soonestMs;
  }
  return world.soonestTimerMs;
}

function run(world: World, { kind, id }: Timer): void {
  const { sessions } = world.state;
  switch (kind) {
    case 'session_over': {
      const record = find(sessions, id, 'checkout.session');
      if (record.object.status === 'open') endSession(world, record);
      return;
    }
    case 'authentication_over':
      authenticate(world, find(sessions, id, 'checkout.session'), true);
      return;
    case 'authorisation_over':
      endAuthorisation(world, id);
      return;
    case 'dispute_opens':
      openDispute(world, id);
      return;
    case 'payment_settles':
      settle(world, find(sessions, id, 'checkout.session'));
      return;
    case 'refund_moves':
      moveRefund(world, id);
      return;
    default:
      kind satisfies never;
  }
}
