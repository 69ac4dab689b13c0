/**
 * Sends the state of an event's sale to its fan-out objects: a few times a second at most, always
 * the last state, and without delaying a settlement. One call to each object at a time, so that an
 * object that does not answer delays only its own viewers.
 */
import { SHARDS } from './shards.ts';
import type { LiveState } from './snapshot.ts';
import { everyMsFor, UNWATCHED_EVERY_MS, WATCHED_EVERY_MS, waitMs } from './throttle.ts';

/** Calls for one state to an object that does not answer; the next settlement begins anew. */
export const TRIES_MAX = 5;
/** Failures are reported once in this time. */
export const REPORT_EVERY_MS = 60_000;

export interface FeedPorts {
  /** @returns the number of viewers there. May throw anything. */
  send(shard: number, state: LiveState): Promise<number>;
  nowMs(): number;
  /** Calls back once, never before the caller is done. */
  after(ms: number, then: () => void): void;
  report(error: unknown): void;
}

interface ShardState {
  shard: number;
  sent: LiveState | undefined;
  sentAtMs: number | undefined;
  everyMs: number;
  tries: number;
  /** A call is under way or a timer runs. */
  isBusy: boolean;
}

export class Feed {
  readonly #ports: FeedPorts;
  readonly #shards: ShardState[] = Array.from({ length: SHARDS }, (_, shard) => ({
    shard,
    sent: undefined,
    sentAtMs: undefined,
    everyMs: WATCHED_EVERY_MS,
    tries: 0,
    isBusy: false,
  }));
  #newest: LiveState | undefined;
  #reportedAtMs: number | undefined;

  constructor(ports: FeedPorts) {
    this.#ports = ports;
  }

  /** Keeps the state and returns; nothing is sent before the caller is done. Never throws. */
  publish(state: LiveState): void {
    this.#newest = state;
    for (const target of this.#shards) {
      target.tries = 0;
      this.#plan(target);
    }
  }

  #plan(target: ShardState): void {
    if (target.isBusy || target.sent === this.#newest || target.tries >= TRIES_MAX) return;
    target.isBusy = true;
    this.#ports.after(waitMs(target, this.#ports.nowMs()), () => void this.#send(target));
  }

  async #send(target: ShardState): Promise<void> {
    const state = this.#newest;
    if (state === undefined) return;
    target.sentAtMs = this.#ports.nowMs();
    target.tries++;
    try {
      target.everyMs = everyMsFor(await this.#ports.send(target.shard, state));
      target.sent = state;
      target.tries = 0;
    } catch (error) {
      target.everyMs = UNWATCHED_EVERY_MS;
      this.#report(error);
    }
    target.isBusy = false;
    this.#plan(target);
  }

  #report(error: unknown): void {
    const nowMs = this.#ports.nowMs();
    const isReported =
      this.#reportedAtMs !== undefined && nowMs - this.#reportedAtMs < REPORT_EVERY_MS;
    if (isReported) return;
    this.#reportedAtMs = nowMs;
    this.#ports.report(error);
  }
}
