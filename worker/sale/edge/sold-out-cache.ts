/**
 * What an isolate at the edge remembers of sales that are sold out: it answers so without a call, for
 * as long as the event's object allowed. Refuses only, never grants. It does not know of orders that
 * were made through other edges since: see early-refusals.ts.
 */
import type { EventId, UserId } from '../../contract/ids.ts';
import { soldOutOf } from '../rules/answers.ts';
import type { Answer, Attempt, EdgeReport, SoldOutNotice } from '../rules/attempts.ts';
import { mayHold } from '../rules/holder-filter.ts';

const EVENTS_MAX = 1_000;
/**
 * Whoever was answered by the object is let through again for one to two of these: the answer may
 * have been lost, and it may have been an order.
 */
const REMEMBER_MS = 2_000;
const REMEMBERED_MAX = 50_000;

export class SoldOutCache {
  readonly #notices = new Map<EventId, SoldOutNotice>();
  /** How often it was answered from here since the last report. */
  readonly #answeredHere = new Map<EventId, number>();
  /** How many calls of a customer are under way; their answer may yet be an order. */
  readonly #calling = new Map<UserId, number>();
  #letThrough = new Set<UserId>();
  #letThroughBefore = new Set<UserId>();
  #rememberedSinceMs = 0;

  /** @returns the refusal that needs no call, or undefined if the object must be asked. */
  answer(eventId: EventId, attempt: Attempt, nowMs: number): Answer | undefined {
    if (attempt.kind !== 'reserve') return undefined;
    const notice = this.#noticeOf(eventId, nowMs);
    const item = notice?.items.find(({ id }) => id === attempt.eventItemId);
    if (item === undefined || this.#mustAsk(eventId, attempt.customerId)) return undefined;
    this.#answeredHere.set(eventId, (this.#answeredHere.get(eventId) ?? 0) + 1);
    return { ok: false, refusal: soldOutOf(item, notice?.queueOpen ?? false), nowMs };
  }

  /** What goes with the next call to the object; the count begins anew. */
  takeReport(eventId: EventId): EdgeReport {
    const soldOutSaid = this.#answeredHere.get(eventId) ?? 0;
    this.#answeredHere.delete(eventId);
    return { noticeTakenAtMs: this.#notices.get(eventId)?.takenAtMs ?? 0, soldOutSaid };
  }

  /** A call to an object has begun for this customer. */
  called(customerId: UserId): void {
    this.#calling.set(customerId, (this.#calling.get(customerId) ?? 0) + 1);
  }

  /** The call has ended, whether or not its answer reaches the customer. */
  answered(customerId: UserId, nowMs: number): void {
    const others = (this.#calling.get(customerId) ?? 0) - 1;
    if (others > 0) this.#calling.set(customerId, others);
    else this.#calling.delete(customerId);
    this.#remember(customerId, nowMs);
  }

  /** Keeps what the object allows; the oldest of too many goes. */
  set(eventId: EventId, notice: SoldOutNotice): void {
    this.#notices.delete(eventId);
    this.#notices.set(eventId, notice);
    if (this.#notices.size <= EVENTS_MAX) return;
    for (const oldest of this.#notices.keys()) {
      this.#notices.delete(oldest);
      this.#answeredHere.delete(oldest);
      return;
    }
  }

  #noticeOf(eventId: EventId, nowMs: number): SoldOutNotice | undefined {
    const notice = this.#notices.get(eventId);
    return notice && nowMs < notice.untilMs ? notice : undefined;
  }

  #mustAsk(eventId: EventId, customerId: UserId): boolean {
    const holders = this.#notices.get(eventId)?.holders;
    return (
      this.#calling.has(customerId) ||
      this.#letThrough.has(customerId) ||
      this.#letThroughBefore.has(customerId) ||
      (holders !== undefined && mayHold(holders, customerId))
    );
  }

  #remember(customerId: UserId, nowMs: number): void {
    const full = this.#letThrough.size >= REMEMBERED_MAX;
    if (full || nowMs - this.#rememberedSinceMs >= REMEMBER_MS) {
      const stale = nowMs - this.#rememberedSinceMs >= 2 * REMEMBER_MS;
      this.#letThroughBefore = stale ? new Set() : this.#letThrough;
      this.#letThrough = new Set();
      this.#rememberedSinceMs = nowMs;
    }
    this.#letThrough.add(customerId);
  }
}
