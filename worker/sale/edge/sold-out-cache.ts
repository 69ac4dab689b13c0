/**
 * The board at the edge, one in each isolate: says sold out for as long as an event's object said
 * it may, without calling it. Owns nothing but its short memory; never grants.
 */
import type { EventId, UserId } from '../../contract/ids.ts';
import type { Answer, Attempt, EdgeNews, SoldOutNotice } from '../rules/attempts.ts';
import { mayHold } from '../rules/holder-filter.ts';

const EVENTS_MAX = 1_000;
/**
 * Whoever was answered by the object is let through again for one to two of these: the answer may
 * have been lost, and it may have been an order.
 */
const REMEMBER_MS = 2_000;
const REMEMBERED_MAX = 50_000;

export class SoldOutBoard {
  readonly #notices = new Map<EventId, SoldOutNotice>();
  /** How often it was said since the object was last told. */
  readonly #said = new Map<EventId, number>();
  /** How many calls of a customer are under way; their answer may yet be an order. */
  readonly #calling = new Map<UserId, number>();
  #letThrough = new Set<UserId>();
  #letThroughBefore = new Set<UserId>();
  #rememberedSinceMs = 0;

  /** @returns the refusal that needs no call, or undefined if the object must be asked. */
  answer(eventId: EventId, attempt: Attempt, nowMs: number): Answer | undefined {
    if (attempt.kind !== 'reserve') return undefined;
    const item = this.#noticeOf(eventId, nowMs)?.items.find(({ id }) => id === attempt.eventItemId);
    if (item === undefined || this.#mustAsk(eventId, attempt.customerId)) return undefined;
    this.#said.set(eventId, (this.#said.get(eventId) ?? 0) + 1);
    const { id: _, nextReleaseAtMs, ...stock } = item;
    return { ok: false, refusal: { code: 'sold_out', stock, nextReleaseAtMs }, nowMs };
  }

  /** What the object is told with the next call; what was counted is handed over. */
  news(eventId: EventId): EdgeNews {
    const soldOutSaid = this.#said.get(eventId) ?? 0;
    this.#said.delete(eventId);
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

  hang(eventId: EventId, notice: SoldOutNotice): void {
    this.#notices.delete(eventId);
    this.#notices.set(eventId, notice);
    if (this.#notices.size <= EVENTS_MAX) return;
    for (const oldest of this.#notices.keys()) {
      this.#notices.delete(oldest);
      this.#said.delete(oldest);
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
