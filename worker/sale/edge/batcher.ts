/**
 * The gate at the edge, one in each isolate: says sold out where the board knows it, and else passes
 * attempts on to the event's object. In a rush several of them go as one list, because what a
 * purchase costs is mostly the call. Decides nothing about stock.
 */
import type { EventId } from '../../contract/ids.ts';
import { crossRequestPromise } from '../../platform/cross-request-promise.ts';
import { Fault } from '../../platform/faults.ts';
import type { Answer, Attempt, AttemptResult, EdgeNews } from '../rules/attempts.ts';
import { SoldOutBoard } from './sold-out-cache.ts';

/** Calls to one object under way from this isolate, from which on its attempts are collected. */
export const RUSH_CALLS = 4;
/** How long a list is collected. */
export const COLLECT_MS = 1;
/** A list this long goes at once. */
export const LIST_LENGTH_MAX = 100;
/** A list that should have gone this long ago has lost its caller; the next attempt takes it along. */
export const COLLECT_MS_MAX = 50;
/**
 * An attempt without an answer by then gets a fault. The object answers all but a few sooner: it sends
 * nothing that is older than WAIT_MS_MAX, and the ledger is given STORE_TIMEOUT_MS for a group.
 */
export const ANSWER_MS_MAX = 12_000;

export interface GatePorts {
  /** Whether attempts of several requests may go in one call. */
  shares: boolean;
  /** One call to the event's object, see SaleObject.attempt. Throws a Fault. */
  call(eventId: EventId, attempts: Attempt[], news: EdgeNews): Promise<AttemptResult>;
  nowMs(): number;
  /** Calls back once, as part of the request that asks for it. @returns what calls it off. */
  after(ms: number, then: () => void): () => void;
  /** Lets work go on when whoever began it has gone away. */
  keep(work: Promise<unknown>): void;
}

/** Somebody who waits here for an answer. */
interface Visitor {
  attempt: Attempt;
  answer(answer: Answer): void;
  fail(error: unknown): void;
}

interface List {
  visitors: Visitor[];
  begunAtMs: number;
  /** Ends when the list was answered. */
  passedOn: () => void;
}

export class Gate {
  readonly #ports: GatePorts;
  readonly #board = new SoldOutBoard();
  /** Per event: calls under way, and the list that is being collected. */
  readonly #calls = new Map<EventId, number>();
  readonly #lists = new Map<EventId, List>();

  constructor(ports: GatePorts) {
    this.#ports = ports;
  }

  /** One attempt and its answer. Throws a Fault if its outcome is unknown; trying again is safe. */
  attempt(eventId: EventId, attempt: Attempt): Promise<Answer> {
    const known = this.#board.answer(eventId, attempt, this.#ports.nowMs());
    if (known !== undefined) return Promise.resolve(known);
    this.#board.called(attempt.customerId);
    return this.#wait((visitor) => this.#enter(eventId, visitor), attempt);
  }

  /**
   * Whoever leads a list runs in a request of their own, and so does each who follows: a follower's
   * own timer keeps its request awake, and ends its waiting should the leader be lost.
   */
  async #wait(enter: (visitor: Visitor) => void, attempt: Attempt): Promise<Answer> {
    const { promise, resolve: answer, reject: fail } = crossRequestPromise<Answer>();
    const callOff = this.#ports.after(ANSWER_MS_MAX, () =>
      fail(new Fault('the gate had no answer in time', { retryable: true })),
    );
    try {
      enter({ attempt, answer, fail });
      return await promise;
    } finally {
      callOff();
    }
  }

  #enter(eventId: EventId, visitor: Visitor): void {
    const list = this.#lists.get(eventId);
    if (list !== undefined) {
      list.visitors.push(visitor);
      const isFull = list.visitors.length >= LIST_LENGTH_MAX;
      const isLost = this.#ports.nowMs() - list.begunAtMs > COLLECT_MS_MAX;
      if (isFull || isLost) this.#close(eventId, list);
      return;
    }
    const isCalm = (this.#calls.get(eventId) ?? 0) < RUSH_CALLS;
    if (isCalm || !this.#ports.shares) {
      this.#ports.keep(this.#passOn(eventId, [visitor]));
      return;
    }
    this.#collect(eventId, visitor);
  }

  #collect(eventId: EventId, leader: Visitor): void {
    const { nowMs, after, keep } = this.#ports;
    const { promise, resolve: passedOn } = crossRequestPromise<void>();
    const list = { visitors: [leader], begunAtMs: nowMs(), passedOn };
    this.#lists.set(eventId, list);
    after(COLLECT_MS, () => this.#close(eventId, list));
    keep(promise);
  }

  /** Passes a list on, once: when its time is over, or when it is full. */
  #close(eventId: EventId, list: List): void {
    if (this.#lists.get(eventId) !== list) return;
    this.#lists.delete(eventId);
    this.#ports.keep(this.#passOn(eventId, list.visitors).then(list.passedOn));
  }

  async #passOn(eventId: EventId, visitors: Visitor[]): Promise<void> {
    const attempts = visitors.map(({ attempt }) => attempt);
    this.#calls.set(eventId, (this.#calls.get(eventId) ?? 0) + 1);
    try {
      const news = this.#board.news(eventId);
      const { answers, notice } = await this.#ports.call(eventId, attempts, news);
      if (notice !== undefined) this.#board.hang(eventId, notice);
      for (const [n, { answer }] of visitors.entries()) {
        const given = answers[n];
        if (given === undefined) throw new Error('an attempt was not answered');
        answer(given);
      }
    } catch (error) {
      for (const { fail } of visitors) fail(error);
    } finally {
      this.#left(eventId, attempts);
    }
  }

  #left(eventId: EventId, attempts: Attempt[]): void {
    const nowMs = this.#ports.nowMs();
    for (const { customerId } of attempts) this.#board.answered(customerId, nowMs);
    const others = (this.#calls.get(eventId) ?? 0) - 1;
    if (others > 0) this.#calls.set(eventId, others);
    else this.#calls.delete(eventId);
  }
}
