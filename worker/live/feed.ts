/**
 * Tells an event's fan-out objects how its stock stands: a few times a second at most, the last
 * state always, and never in the line's way. One call to each object at a time, so that what hangs
 * costs its own viewers and nobody else.
 */
import { SHARDS } from './shards.ts';
import type { LiveState } from './snapshot.ts';
import { everyMsFor, UNWATCHED_EVERY_MS, WATCHED_EVERY_MS, waitMs } from './throttle.ts';

/** Calls for one state to an object that does not answer; the next settlement begins anew. */
export const TRIES_MAX = 5;
/** Failures are told once in this time. */
export const REPORT_EVERY_MS = 60_000;

export interface FeedPorts {
  /** @returns how many watch there. May throw anything. */
  send(shard: number, state: LiveState): Promise<number>;
  nowMs(): number;
  /** Calls back once, never before the caller is done. */
  after(ms: number, then: () => void): void;
  report(error: unknown): void;
}

interface Lane {
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
  readonly #lanes: Lane[] = Array.from({ length: SHARDS }, (_, shard) => ({
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
    for (const lane of this.#lanes) {
      lane.tries = 0;
      this.#plan(lane);
    }
  }

  #plan(lane: Lane): void {
    if (lane.isBusy || lane.sent === this.#newest || lane.tries >= TRIES_MAX) return;
    lane.isBusy = true;
    this.#ports.after(waitMs(lane, this.#ports.nowMs()), () => void this.#send(lane));
  }

  async #send(lane: Lane): Promise<void> {
    const state = this.#newest;
    if (state === undefined) return;
    lane.sentAtMs = this.#ports.nowMs();
    lane.tries++;
    try {
      lane.everyMs = everyMsFor(await this.#ports.send(lane.shard, state));
      lane.sent = state;
      lane.tries = 0;
    } catch (error) {
      lane.everyMs = UNWATCHED_EVERY_MS;
      this.#report(error);
    }
    lane.isBusy = false;
    this.#plan(lane);
  }

  #report(error: unknown): void {
    const nowMs = this.#ports.nowMs();
    const isTold = this.#reportedAtMs !== undefined && nowMs - this.#reportedAtMs < REPORT_EVERY_MS;
    if (isTold) return;
    this.#reportedAtMs = nowMs;
    this.#ports.report(error);
  }
}
