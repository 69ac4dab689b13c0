/** How time passes: timers run, events are delivered, and tests may hurry both. */
import { ApiError } from './api-error.ts';
import type { Control } from './control.ts';
import { takeDisputeStep } from './disputes.ts';
import { providerFaultsSchema } from './provider-faults.ts';
import { nextTimerAtMs, runTimers } from './timers.ts';
import type { Webhooks } from './webhooks.ts';
import { deliver, type World } from './world.ts';

/** The longest sleep; the clock of the machine may be set meanwhile. */
const SLEEP_MS_MAX = 60_000;

export interface Course extends Control {
  runTimers(): void;
  /** Does what is due, and sleeps until more is. */
  goOn(): Promise<void>;
  stop(): void;
}

interface Parts {
  world: World;
  webhooks: Webhooks;
  /** Called when the state may have changed, and before anybody hears of it. */
  changed(): void;
  report(error: unknown): void;
}

export function createCourse({ world, webhooks, changed, report }: Parts): Course {
  const { state } = world;
  let sleep: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function goOn(): Promise<void> {
    if (isStopped) return;
    runTimers(world);
    changed();
    await webhooks.deliverDue();
    changed();
    if (isStopped) return;
    clearTimeout(sleep);
    const next = Math.min(webhooks.nextAtMs() ?? Infinity, nextTimerAtMs(world));
    const ms = Math.min(Math.max(next - world.nowMs(), 1), SLEEP_MS_MAX);
    sleep = setTimeout(() => void goOn().catch(report), ms).unref();
  }

  return {
    goOn,
    runTimers: () => runTimers(world),
    stop() {
      isStopped = true;
      clearTimeout(sleep);
    },
    setFaults(faults) {
      world.faults = providerFaultsSchema.parse(faults);
    },
    async advance(ms) {
      state.clockAheadMs += ms;
      await goOn();
    },
    setWebhook(endpoint) {
      webhooks.endpoint = endpoint;
    },
    async dispute(paymentId, step) {
      try {
        takeDisputeStep(world, paymentId, step);
      } catch (error) {
        if (error instanceof ApiError) return false;
        throw error;
      }
      await goOn();
      return true;
    },
    async redeliver(eventId) {
      const event = state.events.get(eventId);
      if (event === undefined) return false;
      deliver(world, event, 0);
      await goOn();
      return true;
    },
  };
}
