/**
 * Which attempts may wait for a group. Owns the limit on how many wait, and what the object remembers
 * of its sale to refuse early: how the last settlement left the event, who may have an order, who
 * tries how often. Never grants; knows neither group commit nor ledger.
 */
import type { EventState } from '../../contract/event-state.ts';
import type { UserId } from '../../contract/ids.ts';
import { RETRY_AFTER_MS } from '../../contract/problems.ts';
import { isQueueOpen } from '../rules/answers.ts';
import type {
  Attempt,
  Refusal,
  Settlement,
  SoldOutNotice,
  StampedAttempt,
} from '../rules/attempts.ts';
import { hasNoFreeUnit, refuseEarly, VIEW_AGE_MS_MAX, type View } from '../rules/early-refusals.ts';
import { addHolder, type HolderBits, makeHolders, mayHold } from '../rules/holder-filter.ts';
import { mayOffer } from '../rules/queue-steps.ts';
import { RateLimiter } from '../rules/rate-limiter.ts';
import { isByShop } from '../rules/shop-attempts.ts';

/** Holds that end and are bought again bring more customers than there are units. */
const CUSTOMERS_PER_UNIT = 2;
/** Attempts that wait for their group; past it the answer is `busy`. About two seconds of work. */
export const PENDING_MAX = 5_000;
/** So many more may wait that the shop sends by itself: somebody has paid. They are tried again by the outbox. */
export const SHOP_PENDING_EXTRA = 500;
/**
 * So long after this object woke, the holders are read once more: the one before it may have been
 * evicted while a group was on its way, and by then that group is committed or lost. So they are after a
 * group that may have made offers and was not answered, since it may be committed behind the one that was.
 */
export const HOLDERS_AGAIN_MS = 30_000;

export class Admission {
  readonly #rates = new RateLimiter();
  #view: View | undefined;
  /** Everybody granted an order since this object woke, and once complete, before that too. */
  #holders: HolderBits | undefined;
  /** When those from before were last asked for; undefined until they are known. */
  #holdersAskedAtMs: number | undefined;
  /** When a group that may have made offers was last sent in vain. */
  #offersDoubtedAtMs: number | undefined;
  /** When the first group of this object was sent, which is soon after it woke. */
  #wokeAtMs: number | undefined;
  /** How many attempts of a customer wait for their answer, which may yet be an order. */
  readonly #waiting = new Map<UserId, number>();
  /** Those whose group was given up with an unknown outcome, until the filter takes them. */
  readonly #doubtful = new Set<UserId>();

  /**
   * @param at.waiting how many attempts wait for a group already.
   * @returns why the attempt does not wait for one too, or undefined if it does.
   */
  refuse(attempt: Attempt, at: { nowMs: number; waiting: number }): Refusal | undefined {
    const { nowMs, waiting } = at;
    const busy: Refusal = { code: 'busy', retryAfterMs: RETRY_AFTER_MS };
    if (isByShop(attempt)) return waiting < PENDING_MAX + SHOP_PENDING_EXTRA ? undefined : busy;
    const retryAfterMs = this.#rates.take(attempt.customerId, nowMs);
    if (retryAfterMs > 0) return { code: 'rate_limited', retryAfterMs };
    const mayHaveOrder = () => this.#mayHaveOrder(attempt.customerId);
    const early = this.#view && refuseEarly(this.#view, attempt, { nowMs, mayHaveOrder });
    if (early) return early;
    return waiting < PENDING_MAX ? undefined : busy;
  }

  /** An attempt of this customer waits from now on. */
  entered(customerId: UserId): void {
    this.#waiting.set(customerId, (this.#waiting.get(customerId) ?? 0) + 1);
  }

  /** It was answered. */
  left(customerId: UserId): void {
    const others = (this.#waiting.get(customerId) ?? 0) - 1;
    if (others > 0) this.#waiting.set(customerId, others);
    else this.#waiting.delete(customerId);
  }

  /** An attempt was sent and never answered, so an order may yet be found for its customer. */
  doubt(customerId: UserId): void {
    this.#doubtful.add(customerId);
  }

  /** Whether the next settlement may make offers, as far as the last one showed. */
  mayOffer(at: Parameters<typeof mayOffer>[1]): boolean {
    return this.#view?.event ? mayOffer(this.#view.event, at) : false;
  }

  /**
   * A group was sent and not answered: whom it may have made offers is read before anybody is refused early.
   * @returns whether it may have made any.
   */
  doubtOffers(nowMs: number): boolean {
    if (this.#view?.event?.queue === undefined) return false;
    this.#holdersAskedAtMs = undefined;
    this.#offersDoubtedAtMs = nowMs;
    return true;
  }

  /** Takes over what a settlement showed, and whom it gave an order, whether they asked or not. */
  learn(settlement: Settlement | null, group: StampedAttempt[], takenAtMs: number): void {
    this.#view = { event: settlement, takenAtMs };
    this.#wokeAtMs ??= takenAtMs;
    if (settlement === null) return;
    this.#holders ??= makeHolders(unitsOf(settlement) * CUSTOMERS_PER_UNIT);
    for (const customerId of this.#doubtful) addHolder(this.#holders, customerId);
    this.#doubtful.clear();
    for (const [n, { customerId }] of group.entries()) {
      const answer = settlement.answers[n];
      if (answer && 'order' in answer) addHolder(this.#holders, customerId);
    }
    for (const { customerId } of settlement.unaskedOrders) addHolder(this.#holders, customerId);
  }

  /**
   * Whether the ledger is to be asked who had an order before this object woke. Sold out, a draw that is
   * still to come, and not found while the event is not published, are answered early only once they are
   * known; some may be known only later, so they are asked for twice.
   */
  get wantsHolders(): boolean {
    if (!this.#view?.event) return false;
    const { event, takenAtMs } = this.#view;
    return this.#areHoldersDue(takenAtMs) && refusesStrangers(event, takenAtMs);
  }

  /** @param askedAtMs when the ledger was asked for them. */
  learnHolders(customerIds: UserId[], askedAtMs: number): void {
    if (this.#holders === undefined) return;
    for (const customerId of customerIds) addHolder(this.#holders, customerId);
    const isBeforeDoubt = askedAtMs <= (this.#offersDoubtedAtMs ?? 0);
    if (!isBeforeDoubt) this.#holdersAskedAtMs = askedAtMs;
  }

  /** What the edge may answer by itself, if it does not know it yet. */
  notice(nowMs: number, knownTakenAtMs: number): SoldOutNotice | undefined {
    if (!this.#view?.event || !this.#holders || this.#holdersAskedAtMs === undefined) {
      return undefined;
    }
    const { event, takenAtMs } = this.#view;
    const isOpen = nowMs >= event.opensAtMs && nowMs < event.closesAtMs;
    const items = event.items.filter((item) => hasNoFreeUnit(item, nowMs));
    const releases = items.flatMap(({ nextReleaseAtMs }) => nextReleaseAtMs ?? []);
    const untilMs = Math.min(takenAtMs + VIEW_AGE_MS_MAX, event.closesAtMs, ...releases);
    const isNewer = takenAtMs > knownTakenAtMs && nowMs < untilMs;
    if (!isOpen || items.length === 0 || !isNewer) return undefined;
    const queueOpen = isQueueOpen(event);
    return { takenAtMs, untilMs, items, queueOpen, holders: this.#holders };
  }

  #areHoldersDue(nowMs: number): boolean {
    const sinceMs = Math.max(this.#wokeAtMs ?? nowMs, this.#offersDoubtedAtMs ?? 0);
    const againAtMs = sinceMs + HOLDERS_AGAIN_MS;
    const askedAtMs = this.#holdersAskedAtMs;
    return askedAtMs === undefined || (askedAtMs < againAtMs && nowMs >= againAtMs);
  }

  #mayHaveOrder(customerId: UserId): boolean {
    if (this.#holdersAskedAtMs === undefined || !this.#holders) return true;
    return this.#waiting.has(customerId) || mayHold(this.#holders, customerId);
  }
}

/** Whether somebody without an order is refused, whatever they ask for or one item of several. */
function refusesStrangers({ published, queue, opensAtMs, items }: EventState, nowMs: number) {
  const isUndrawn = (queue?.drawAtMs ?? null) !== null && nowMs >= opensAtMs;
  return !published || isUndrawn || items.some((item) => hasNoFreeUnit(item, nowMs));
}

function unitsOf({ items }: EventState): number {
  return items.reduce((sum, { total }) => sum + total, 0);
}
