/**
 * The way from the edge to the event's object, one in each isolate: answers sold out where the cache
 * knows it, and else passes attempts on. Under load several of them go as one batch, because what a
 * purchase costs is mostly the call. Decides nothing about stock.
 */
import type { EventId } from '../../contract/ids.ts';
import { crossRequestPromise } from '../../platform/cross-request-promise.ts';
import { Fault } from '../../platform/faults.ts';
import type { Answer, Attempt, AttemptResult, EdgeReport } from '../rules/attempts.ts';
import { SoldOutCache } from './sold-out-cache.ts';

/** Calls to one object under way from this isolate, from which on its attempts are collected. */
export const CALLS_BEFORE_BATCHING = 4;
/** How long a batch is collected. */
export const COLLECT_MS = 1;
/** A batch this large goes at once. */
export const BATCH_SIZE_MAX = 100;
/** A batch that should have gone this long ago has lost its timer; the next attempt sends it. */
export const COLLECT_MS_MAX = 50;
/**
 * An attempt without an answer by then gets a fault. The object answers all but a few sooner: it sends
 * nothing that is older than WAIT_MS_MAX, and the ledger is given STORE_TIMEOUT_MS for a group.
 */
export const ANSWER_MS_MAX = 12_000;

export interface BatcherPorts {
  /** Whether attempts of several requests may go in one call. */
  shares: boolean;
  /** One call to the event's object, see SaleObject.attempt. Throws a Fault. */
  call(eventId: EventId, attempts: Attempt[], report: EdgeReport): Promise<AttemptResult>;
  nowMs(): number;
  /** Calls back once, as part of the request that asks for it. @returns what calls it off. */
  after(ms: number, then: () => void): () => void;
  /** Lets work go on when whoever began it has gone away. */
  keep(work: Promise<unknown>): void;
}

/** An attempt that waits here for its answer. */
interface Pending {
  attempt: Attempt;
  answer(answer: Answer): void;
  fail(error: unknown): void;
}

/** Attempts on one event that are collected for one call. */
interface Batch {
  pending: Pending[];
  begunAtMs: number;
  /** Ends the work that keeps the request alive which began the batch. */
  done: () => void;
}

export class Batcher {
  readonly #ports: BatcherPorts;
  readonly #soldOut = new SoldOutCache();
  /** Per event: calls under way, and the batch that is being collected. */
  readonly #calls = new Map<EventId, number>();
  readonly #batches = new Map<EventId, Batch>();

  constructor(ports: BatcherPorts) {
    this.#ports = ports;
  }

  /** One attempt and its answer. Throws a Fault if its outcome is unknown; trying again is safe. */
  attempt(eventId: EventId, attempt: Attempt): Promise<Answer> {
    const known = this.#soldOut.answer(eventId, attempt, this.#ports.nowMs());
    if (known !== undefined) return Promise.resolve(known);
    this.#soldOut.called(attempt.customerId);
    return this.#answered(eventId, attempt);
  }

  /**
   * Each attempt of a batch waits in a request of its own: its timer keeps that request awake, and
   * ends the waiting should the request that sends the batch be lost.
   */
  async #answered(eventId: EventId, attempt: Attempt): Promise<Answer> {
    const { promise, resolve: answer, reject: fail } = crossRequestPromise<Answer>();
    const callOff = this.#ports.after(ANSWER_MS_MAX, () =>
      fail(new Fault('no answer from the event object in time', { retryable: true })),
    );
    try {
      this.#add(eventId, { attempt, answer, fail });
      return await promise;
    } finally {
      callOff();
    }
  }

  #add(eventId: EventId, one: Pending): void {
    const batch = this.#batches.get(eventId);
    if (batch !== undefined) {
      batch.pending.push(one);
      const isFull = batch.pending.length >= BATCH_SIZE_MAX;
      const isLost = this.#ports.nowMs() - batch.begunAtMs > COLLECT_MS_MAX;
      if (isFull || isLost) this.#flush(eventId, batch);
      return;
    }
    const fewCalls = (this.#calls.get(eventId) ?? 0) < CALLS_BEFORE_BATCHING;
    if (fewCalls || !this.#ports.shares) {
      this.#ports.keep(this.#call(eventId, [one]));
      return;
    }
    this.#begin(eventId, one);
  }

  #begin(eventId: EventId, first: Pending): void {
    const { nowMs, after, keep } = this.#ports;
    const { promise, resolve: done } = crossRequestPromise<void>();
    const batch = { pending: [first], begunAtMs: nowMs(), done };
    this.#batches.set(eventId, batch);
    after(COLLECT_MS, () => this.#flush(eventId, batch));
    keep(promise);
  }

  /** Sends a batch, once: when its time is over, or when it is full. */
  #flush(eventId: EventId, batch: Batch): void {
    if (this.#batches.get(eventId) !== batch) return;
    this.#batches.delete(eventId);
    this.#ports.keep(this.#call(eventId, batch.pending).then(batch.done));
  }

  async #call(eventId: EventId, pending: Pending[]): Promise<void> {
    const attempts = pending.map(({ attempt }) => attempt);
    this.#calls.set(eventId, (this.#calls.get(eventId) ?? 0) + 1);
    try {
      const report = this.#soldOut.takeReport(eventId);
      const { answers, notice } = await this.#ports.call(eventId, attempts, report);
      if (notice !== undefined) this.#soldOut.set(eventId, notice);
      for (const [n, { answer }] of pending.entries()) {
        const given = answers[n];
        if (given === undefined) throw new Error('an attempt was not answered');
        answer(given);
      }
    } catch (error) {
      for (const { fail } of pending) fail(error);
    } finally {
      this.#ended(eventId, attempts);
    }
  }

  #ended(eventId: EventId, attempts: Attempt[]): void {
    const nowMs = this.#ports.nowMs();
    for (const { customerId } of attempts) this.#soldOut.answered(customerId, nowMs);
    const others = (this.#calls.get(eventId) ?? 0) - 1;
    if (others > 0) this.#calls.set(eventId, others);
    else this.#calls.delete(eventId);
  }
}
