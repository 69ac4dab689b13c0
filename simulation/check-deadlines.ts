/** Promises with a deadline: holds are freed in time, and nobody waits for an answer for ever. */

import type { OrderId, QueueEntryId } from '../worker/contract/ids.ts';
import { BEACON_RETRY_MS, PUBLISHED_AFTER_MS } from '../worker/draw/draw-event.ts';
import { WAIT_MS_MAX } from '../worker/sale/object/group-commit.ts';
import { ALARM_PAUSE_MS } from '../worker/sale/rules/wake-times.ts';
import { STORE_TIMEOUT_MS } from '../worker/stores/store-timeout.ts';
import { COMMIT_MS_MAX } from './alarm-storage.ts';
import type { Snapshot } from './ledger.ts';
import { releasedAtMs } from './payment-rows.ts';
import { OVERDUE_MS, type Platform, SWEEP_EVERY_MS } from './platform.ts';
import { isServing, isUndrawn, unservedEntry } from './queue-facts.ts';
import type { RunContext } from './run-context.ts';
import { SKEW_MS_MAX } from './scenario.ts';

/** With the store reachable and the alarm not lost, a hold is freed this soon after its end. */
const FREED_MS_MAX = 1_000 + SKEW_MS_MAX;
/** The group commit's longest pause before it sends a group again. */
const RETRY_PAUSE_MS_MAX = 1_000;
/** Once the faults have passed, the pauses that were made for them run out first. */
const RECOVERY_MS_MAX = ALARM_PAUSE_MS + RETRY_PAUSE_MS_MAX;
/** Nobody waits longer for an answer: the maximum wait, and the try that was on its way by then. */
const ANSWER_MS_MAX = WAIT_MS_MAX + RETRY_PAUSE_MS_MAX + STORE_TIMEOUT_MS + 100;
/** A hold that nobody's alarm knows of waits for the sweep. */
const SWEPT_MS_MAX = OVERDUE_MS + SWEEP_EVERY_MS + FREED_MS_MAX;

interface Due {
  id: OrderId;
  expiresAtMs: number;
}

export class DeadlineCheck {
  readonly #context: RunContext;
  readonly #platform: Platform;
  #seen: Snapshot | undefined;
  /** The hold that ends first, among those that an alarm knows of and among the others. */
  #next: Due | undefined;
  #nextUnknown: Due | undefined;

  /** Somebody who waits and could be served, and since when they could. */
  #unserved: QueueEntryId | undefined;
  #servingSinceMs: number | undefined;

  constructor(context: RunContext, platform: Platform) {
    this.#context = context;
    this.#platform = platform;
  }

  /** After every step. */
  check(): void {
    const { clock, store, faults, violations } = this.#context;
    if (this.#seen !== store.latest) this.#look(store.latest);
    const recoveredMs = faults.disruptedUntilMs + RECOVERY_MS_MAX;
    const late = this.#next;
    if (late && clock.nowMs > Math.max(late.expiresAtMs, recoveredMs) + FREED_MS_MAX) {
      const overdueMs = clock.nowMs - late.expiresAtMs;
      violations.record('a hold is freed within a second of its end', `${late.id} ${overdueMs} ms`);
    }
    const lost = this.#nextUnknown;
    if (lost && clock.nowMs > Math.max(lost.expiresAtMs, recoveredMs) + SWEPT_MS_MAX) {
      violations.record('the sweep frees what no alarm knows of', lost.id);
    }
    this.#checkUnserved(recoveredMs);
    this.#checkDraw(recoveredMs);
    const call = this.#platform.oldestCall;
    if (call && clock.nowMs - call.arrivedMs > ANSWER_MS_MAX) {
      const [first] = call.attempts;
      violations.record(
        'everybody is answered in time',
        `${clock.nowMs - call.arrivedMs} ms: ${JSON.stringify(first)}`,
      );
    }
  }

  /** A unit that is free goes to whoever waits for it, also where nobody sends anything. */
  #checkUnserved(recoveredMs: number): void {
    const { clock, store, violations } = this.#context;
    if (this.#unserved === undefined || !isServing(store.latest, clock.nowMs)) {
      this.#servingSinceMs = undefined;
      return;
    }
    this.#servingSinceMs ??= clock.nowMs;
    const sinceMs = Math.max(this.#servingSinceMs, recoveredMs);
    if (clock.nowMs <= sinceMs + FREED_MS_MAX) return;
    const detail = `${this.#unserved} waits for ${clock.nowMs - this.#servingSinceMs} ms`;
    violations.record('a free unit goes to whoever waits within a second', detail);
  }

  /** Entries are locked, and drawn as soon as the beacon has their seed, also where nobody sends anything. */
  #checkDraw(recoveredMs: number): void {
    const { clock, store, scenario, violations } = this.#context;
    const { queue, opensAtMs, closesAtMs } = store.latest;
    const closeMs = queue.plan.entriesCloseAtMs;
    if (closeMs === null || queue.entries.size === 0 || clock.nowMs >= closesAtMs) return;
    const isUnlocked =
      queue.draw === null && clock.nowMs > Math.max(closeMs, recoveredMs) + FREED_MS_MAX;
    if (isUnlocked)
      violations.record('entries are locked within a second', `${clock.nowMs - closeMs} ms`);
    const { silentMs, failing } = scenario.beacon;
    // A beacon that was silent is asked again after a pause.
    const pauseMs = silentMs > 0 ? BEACON_RETRY_MS : 0;
    const round = queue.proof?.start.beacon;
    const knownMs = round ? round.roundAtMs + Math.max(silentMs, PUBLISHED_AFTER_MS) : 0;
    const dueMs = Math.max(scenario.startsAtMs, knownMs, opensAtMs, recoveredMs);
    if (failing === 0 && isUndrawn(queue) && clock.nowMs > dueMs + pauseMs + FREED_MS_MAX)
      violations.record('a draw is drawn within a second', `${clock.nowMs - dueMs} ms`);
  }

  #look(snapshot: Snapshot): void {
    this.#seen = snapshot;
    this.#unserved = unservedEntry(snapshot)?.id;
    this.#next = undefined;
    this.#nextUnknown = undefined;
    for (const order of snapshot.orders.values()) {
      if (order.status !== 'pending') continue;
      const { id } = order;
      const expiresAtMs = releasedAtMs(order);
      const committedAtMs = this.#context.store.committedAtMs(id) ?? 0;
      const isKnown = this.#context.store.lateMs(id) < COMMIT_MS_MAX;
      if (isKnown) this.#next = earlier(this.#next, { id, expiresAtMs });
      else {
        // A duplicate may come so late that its hold has ended before it is written.
        const endsAtMs = Math.max(expiresAtMs, committedAtMs);
        this.#nextUnknown = earlier(this.#nextUnknown, { id, expiresAtMs: endsAtMs });
      }
    }
  }
}

function earlier(one: Due | undefined, other: Due): Due {
  return one === undefined || other.expiresAtMs < one.expiresAtMs ? other : one;
}
