/** Gives each attempt the time of its arrival, and the id of what it is to make. */
import {
  type EventId,
  type FillRandom,
  makeOrderId,
  makeQueueEntryId,
} from '../../contract/ids.ts';
import type { Attempt, StampedAttempt } from '../rules/attempts.ts';

export class Stamper {
  readonly #eventId: EventId;
  readonly #fillRandom: FillRandom;
  #idMs = 0;

  constructor({ eventId, fillRandom }: { eventId: EventId; fillRandom: FillRandom }) {
    this.#eventId = eventId;
    this.#fillRandom = fillRandom;
  }

  stamp(attempt: Attempt, atMs: number): StampedAttempt {
    if (attempt.kind !== 'reserve' && attempt.kind !== 'enter') return { ...attempt, atMs };
    // In order of arrival also within a millisecond, so that the first of several holds is known.
    this.#idMs = Math.max(atMs, this.#idMs + 1);
    return attempt.kind === 'reserve'
      ? { ...attempt, orderId: makeOrderId(this.#eventId, this.#idMs, this.#fillRandom), atMs }
      : {
          ...attempt,
          entryId: makeQueueEntryId(this.#eventId, this.#idMs, this.#fillRandom),
          atMs,
        };
  }
}
