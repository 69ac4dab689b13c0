/**
 * Answers must be true: each answer that leaves the object is compared with the rows that are
 * committed at that moment, and kept until the end of the run.
 */
import type { OrderId } from '../worker/contract/ids.ts';
import { HOLDERS_AGAIN_MS, PENDING_MAX } from '../worker/sale/object/admission.ts';
import { WAIT_MS_MAX } from '../worker/sale/object/group-commit.ts';
import type { Answer, Attempt, OrderAttempt, Refusal } from '../worker/sale/rules/attempts.ts';
import { VIEW_AGE_MS_MAX } from '../worker/sale/rules/early-refusals.ts';
import type { OrderRecord } from '../worker/sale/rules/order-record.ts';
import { isByShop, type ShopAttempt } from '../worker/sale/rules/shop-attempts.ts';
import { STORE_TIMEOUT_MS } from '../worker/stores/store-timeout.ts';
import { idOf, isAboutQueue, requestOf } from './attempt-texts.ts';
import { whyNotExpired, whyNotSoldOut } from './check-hold-told.ts';
import { checkEntryTold, isKnown, whyNotRefused } from './check-queue-told.ts';
import type { OrderRow } from './ledger.ts';
import type { OpenCall } from './open-call.ts';
import { OPEN_FINDINGS } from './open-findings.ts';
import type { RunContext } from './run-context.ts';
import { SKEW_MS_MAX } from './scenario.ts';

type Yes = Extract<Answer, { kind: 'order' }>;

interface Promised {
  attempt: OrderAttempt | ShopAttempt;
  order: OrderRecord;
}

export class AnswerCheck {
  readonly #context: RunContext;
  /** By customer and key: what it was sent with, how often, and which order it got. */
  readonly #keys = new Map<string, { requests: Set<string>; sent: number; orderId?: OrderId }>();
  /** How often a customer asked for an item, with whatever key. */
  readonly #asked = new Map<string, number>();
  readonly #promised: Promised[] = [];
  #waiting = 0;

  constructor(context: RunContext) {
    this.#context = context;
  }

  /** Every attempt that was ever answered with success. */
  get promised(): readonly Promised[] {
    return this.#promised;
  }

  /** Before an attempt leaves a shopper. */
  sending(attempt: Attempt): void {
    this.#waiting++;
    const { key, customerId } = attempt;
    if (attempt.kind === 'reserve') {
      const name = `${customerId} ${attempt.eventItemId}`;
      this.#asked.set(name, (this.#asked.get(name) ?? 0) + 1);
    }
    if (key == null) return;
    const name = `${customerId} ${key}`;
    const known = this.#keys.get(name) ?? { requests: new Set(), sent: 0 };
    known.requests.add(requestOf(attempt));
    known.sent++;
    this.#keys.set(name, known);
  }

  /** A call that ended without answers. */
  gone(call: OpenCall): void {
    this.#waiting -= call.attempts.length;
  }

  check(call: OpenCall, answers: Answer[]): void {
    const { record: violated } = this.#context.violations;
    if (answers.length !== call.attempts.length) {
      violated('every attempt is answered', `${answers.length} of ${call.attempts.length}`);
    }
    for (const [n, attempt] of call.attempts.entries()) {
      this.#waiting--;
      const answer = answers[n];
      if (answer === undefined) return violated('every attempt is answered', requestOf(attempt));
      const outcome = answer.ok ? `${attempt.kind} ${idOf(answer)}` : answer.refusal.code;
      this.#context.trace.count(`answer: ${answer.ok ? attempt.kind : outcome}`);
      this.#context.note(`answer ${attempt.customerId.slice(-4)} ${attempt.key} ${outcome}`);
      if (!answer.ok) this.#checkNo(call, attempt, answer.refusal);
      else if (answer.kind === 'order' && !isAboutQueue(attempt)) this.#checkYes(attempt, answer);
      else if (answer.kind === 'entry' && isAboutQueue(attempt))
        checkEntryTold(this.#context, attempt, answer);
      else violated('an answer is of the kind that was asked for', `${attempt.kind} ${outcome}`);
    }
  }

  #checkYes(attempt: Promised['attempt'], { order, replayed }: Yes): void {
    const { store, violations } = this.#context;
    const row = store.latest.orders.get(order.id);
    const told = `${attempt.customerId} ${requestOf(attempt)} told ${JSON.stringify(order)}`;
    if (row === undefined || row.customerId !== attempt.customerId) {
      return violations.record('yes is said only after there is a row', told);
    }
    const isSame =
      row.expiresAtMs === order.expiresAtMs &&
      row.unitPriceCents === order.unitPriceCents &&
      row.quantity === order.quantity &&
      row.eventItemId === order.eventItemId;
    if (!isSame) violations.record('what is told is what is written', told);
    const wanted = {
      reserve: order.status,
      confirm: 'confirmed',
      confirm_paid: 'confirmed',
      cancel: 'cancelled',
      return_units: order.status,
    } as const;
    if (order.status !== wanted[attempt.kind] || !store.statusesOf(order.id).has(order.status)) {
      violations.record('a yes names a state that was committed', told);
    }
    if (attempt.kind === 'reserve' && attempt.shownPriceCents !== undefined) {
      const isAsShown = attempt.shownPriceCents === order.unitPriceCents;
      if (!isAsShown) violations.record('nobody buys at a price that was not shown', told);
    }
    this.#checkKey(attempt, { order, replayed, told });
    this.#promised.push({ attempt, order });
  }

  #checkKey(
    attempt: Promised['attempt'],
    yes: { order: OrderRecord; replayed: boolean; told: string },
  ): void {
    if (attempt.kind !== 'reserve') return;
    const { record: violated } = this.#context.violations;
    const { order, replayed, told } = yes;
    const key = this.#keys.get(`${attempt.customerId} ${attempt.key}`);
    const asked = key?.sent ?? this.#asked.get(`${attempt.customerId} ${attempt.eventItemId}`);
    const isOffer = this.#context.store.latest.orders.get(order.id)?.entryId;
    if (replayed && asked === 1 && !isOffer)
      violated('a first answer is not called a repeated one', told);
    if (key === undefined) return;
    if (key.orderId !== undefined && key.orderId !== order.id) {
      violated('the same key gets the same order', `${told}, before ${key.orderId}`);
    }
    key.orderId = order.id;
  }

  #checkNo(call: OpenCall, attempt: Attempt, refusal: Refusal): void {
    const why =
      this.#whyWrong(call, attempt, refusal) ?? this.#whyNotRepeated(call, attempt, refusal);
    if (why === undefined) return;
    const asked = `${attempt.customerId} ${requestOf(attempt)} at ${call.atMs}`;
    this.#context.violations.record(
      `a shopper is told ${refusal.code} only when it is so`,
      `${asked}: ${why}, told ${JSON.stringify(refusal)}`,
    );
  }

  /** Undefined if the refusal is right, or of a kind that is not known here. */
  #whyWrong(call: OpenCall, attempt: Attempt, refusal: Refusal): string | undefined {
    const { faults, store } = this.#context;
    // An early refusal may come from a snapshot of this age.
    const states = store.statesSince(call.arrivedMs - VIEW_AGE_MS_MAX - 2 * SKEW_MS_MAX);
    const why = whyNotRefused(this.#context, { attempt, refusal, states });
    if (why) return why;
    switch (refusal.code) {
      case 'sold_out':
        return whyNotSoldOut(attempt, refusal, states);
      case 'not_open':
        return states.some(({ opensAtMs }) => call.atMs < opensAtMs) ? undefined : 'it is open';
      case 'closed':
        return states.some(({ closesAtMs }) => call.atMs >= closesAtMs)
          ? undefined
          : 'it is not over';
      case 'hold_expired':
        return whyNotExpired(this.#context, call, attempt);
      case 'idempotency_key_reused': {
        const key = this.#keys.get(`${attempt.customerId} ${attempt.key}`);
        return key && key.requests.size > 1 ? undefined : 'the key has one request';
      }
      case 'internal':
        return faults.isCulprit(attempt) ? undefined : 'the store did not refuse it for good';
      case 'unavailable':
        return this.#whyNotUnavailable(call);
      case 'email_unverified':
        return store.wasUnverifiedSince(attempt.customerId, call.arrivedMs)
          ? undefined
          : 'the address was verified before';
      case 'busy':
        return this.#waiting >= PENDING_MAX ? undefined : `${this.#waiting} wait`;
      case 'not_found':
        return isKnown(this.#context, attempt, states) ? 'it is there' : undefined;
      case 'rate_limited':
        return isByShop(attempt) ? 'it is the shop’s own' : undefined;
      default:
        return undefined;
    }
  }

  #whyNotUnavailable({ arrivedMs }: OpenCall): string | undefined {
    const { faults, clock } = this.#context;
    if (faults.disruptedUntilMs < arrivedMs) return 'the store was there';
    const waitedMs = clock.nowMs - arrivedMs;
    return waitedMs < WAIT_MS_MAX ? `it waited only ${waitedMs} ms` : undefined;
  }

  /** A repeated request gets the order it made before, even if the sale is over or sold out. */
  #whyNotRepeated(call: OpenCall, attempt: Attempt, refusal: Refusal): string | undefined {
    const { store, faults, hadTwoObjects } = this.#context;
    const isAboutSale =
      /^(sold_out|closed|not_open|not_found|limit_reached|email_unverified)$/.test(refusal.code) ||
      (refusal.code === 'changed' && attempt.key !== null);
    if (attempt.kind !== 'reserve' || !isAboutSale || hadTwoObjects()) return undefined;
    if (call.isAtEdge && OPEN_FINDINGS.edgesForgetHolders) return undefined;
    for (const order of store.latest.orders.values()) {
      if (order.customerId !== attempt.customerId) continue;
      // The key may have come with an item that is not there.
      if (refusal.code === 'not_found' && order.eventItemId !== attempt.eventItemId) continue;
      const isTheirs =
        attempt.key === null
          ? order.eventItemId === attempt.eventItemId && order.status === 'pending'
          : order.reserveKey === attempt.key;
      const wasThere = (store.committedAtMs(order.id) ?? call.arrivedMs) < call.arrivedMs;
      const isOver = order.status === 'expired' || order.status === 'cancelled';
      if (!isTheirs || !wasThere || order.expiresAtMs <= call.atMs || isOver) continue;
      if (refusal.code === 'not_open' && order.reservedAtMs > call.atMs) continue;
      const wasEvicted = faults.evictedAtMs >= store.sentAtMs(order.id) - SKEW_MS_MAX;
      if (wasEvicted && OPEN_FINDINGS.commitsOfTheEvictedAreUnknown) continue;
      if (this.#isOfLostGroup(order, call) && OPEN_FINDINGS.offersOfLostGroupsAreUnknown) continue;
      return `it has ${order.id}, ${order.status}`;
    }
    return undefined;
  }

  /** An offer that a group made which had been given up and sent again by then. */
  #isOfLostGroup({ id, entryId }: OrderRow, { arrivedMs }: OpenCall): boolean {
    const { store } = this.#context;
    const untilMs = (store.committedAtMs(id) ?? 0) + HOLDERS_AGAIN_MS;
    return entryId !== null && store.lateMs(id) >= STORE_TIMEOUT_MS && arrivedMs <= untilMs;
  }
}
