/**
 * What callers are told must be true: each answer that leaves the object is held against the rows
 * that are committed at that moment, and remembered until the end of the run.
 */
import type { OrderId } from '../worker/contract/ids.ts';
import { LINE_LENGTH_MAX, WAIT_MS_MAX } from '../worker/sale/object/group-commit.ts';
import type { Answer, Attempt, OrderRecord, Refusal } from '../worker/sale/rules/attempts.ts';
import { VIEW_AGE_MS_MAX } from '../worker/sale/rules/early-refusals.ts';
import { OPEN } from './open-findings.ts';
import type { OpenCall } from './platform.ts';
import { SKEW_MS_MAX } from './scenario.ts';
import type { Standing } from './store.ts';
import type { World } from './world.ts';

/** After a fault, the longest that a group may lag behind before it is sent again. */
const LAG_MS_MAX = 2_500;

type Yes = Extract<Answer, { ok: true }>;

export class AnswerCheck {
  readonly #world: World;
  /** By customer and key: what it was sent with, how often, and which order it got. */
  readonly #keys = new Map<string, { requests: Set<string>; sent: number; orderId?: OrderId }>();
  /** How often a customer asked for an item, with whatever key. */
  readonly #asked = new Map<string, number>();
  readonly #promised: { attempt: Attempt; order: OrderRecord }[] = [];
  #waiting = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Everything that anybody was ever told yes to. */
  get promised(): readonly { attempt: Attempt; order: OrderRecord }[] {
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
    if (key === null) return;
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
    const { complain } = this.#world.verdict;
    if (answers.length !== call.attempts.length) {
      complain('every attempt is answered', `${answers.length} of ${call.attempts.length}`);
    }
    for (const [n, attempt] of call.attempts.entries()) {
      this.#waiting--;
      const answer = answers[n];
      if (answer === undefined) return complain('every attempt is answered', requestOf(attempt));
      const said = answer.ok ? `${attempt.kind} ${answer.order.id}` : answer.refusal.code;
      this.#world.trace.count(`answer: ${answer.ok ? attempt.kind : said}`);
      this.#world.note(`told ${attempt.customerId.slice(-4)} ${attempt.key} ${said}`);
      if (answer.ok) this.#checkYes(attempt, answer);
      else this.#checkNo(call, attempt, answer.refusal);
    }
  }

  #checkYes(attempt: Attempt, { order, replayed }: Yes): void {
    const { store, verdict } = this.#world;
    const row = store.latest.orders.get(order.id);
    const told = `${attempt.customerId} ${requestOf(attempt)} told ${JSON.stringify(order)}`;
    if (row === undefined || row.customerId !== attempt.customerId) {
      return verdict.complain('yes is said only after there is a row', told);
    }
    const isSame =
      row.expiresAtMs === order.expiresAtMs &&
      row.unitPriceCents === order.unitPriceCents &&
      row.quantity === order.quantity &&
      row.eventItemId === order.eventItemId;
    if (!isSame) verdict.complain('what is told is what is written', told);
    const wanted = { reserve: order.status, confirm: 'confirmed', cancel: 'cancelled' } as const;
    if (order.status !== wanted[attempt.kind] || !store.statusesOf(order.id).has(order.status)) {
      verdict.complain('a yes names a state that was committed', told);
    }
    if (attempt.kind === 'reserve' && attempt.shownPriceCents !== undefined) {
      const isAsShown = attempt.shownPriceCents === order.unitPriceCents;
      if (!isAsShown) verdict.complain('nobody buys at a price that was not shown', told);
    }
    this.#checkKey(attempt, { order, replayed, told });
    this.#promised.push({ attempt, order });
  }

  #checkKey(attempt: Attempt, yes: { order: OrderRecord; replayed: boolean; told: string }): void {
    if (attempt.kind !== 'reserve') return;
    const { complain } = this.#world.verdict;
    const { order, replayed, told } = yes;
    const key = this.#keys.get(`${attempt.customerId} ${attempt.key}`);
    const asked = key?.sent ?? this.#asked.get(`${attempt.customerId} ${attempt.eventItemId}`);
    if (replayed && asked === 1) complain('a first answer is not called a repeated one', told);
    if (key === undefined) return;
    if (key.orderId !== undefined && key.orderId !== order.id) {
      complain('the same key gets the same order', `${told}, before ${key.orderId}`);
    }
    key.orderId = order.id;
  }

  #checkNo(call: OpenCall, attempt: Attempt, refusal: Refusal): void {
    const why =
      this.#whyWrong(call, attempt, refusal) ?? this.#whyNotRepeated(call, attempt, refusal);
    if (why === undefined) return;
    const asked = `${attempt.customerId} ${requestOf(attempt)} at ${call.atMs}`;
    const said = JSON.stringify(refusal);
    this.#world.verdict.complain(
      `a shopper is told ${refusal.code} only when it is so`,
      `${asked}: ${why}, told ${said}`,
    );
  }

  /** Undefined if the refusal is right, or of a kind that is not known here. */
  #whyWrong(call: OpenCall, attempt: Attempt, refusal: Refusal): string | undefined {
    const { weather, store } = this.#world;
    // An early refusal leans on a view that may be that old.
    const standings = store.standingsSince(call.arrivedMs - VIEW_AGE_MS_MAX - 2 * SKEW_MS_MAX);
    switch (refusal.code) {
      case 'sold_out':
        return this.#whyNotSoldOut(attempt, refusal, standings);
      case 'not_open':
        return standings.some(({ opensAtMs }) => call.atMs < opensAtMs) ? undefined : 'it is open';
      case 'closed':
        return standings.some(({ closesAtMs }) => call.atMs >= closesAtMs)
          ? undefined
          : 'it is not over';
      case 'limit_reached': {
        const { limit, held, bought } = refusal;
        const quantity = attempt.kind === 'reserve' ? attempt.quantity : 0;
        return held + bought + quantity > limit ? undefined : 'it fits';
      }
      case 'hold_expired':
        return this.#whyNotExpired(call, attempt);
      case 'idempotency_key_reused': {
        const key = this.#keys.get(`${attempt.customerId} ${attempt.key}`);
        return key && key.requests.size > 1 ? undefined : 'the key has one request';
      }
      case 'internal':
        return weather.isCulprit(attempt) ? undefined : 'the store did not refuse it for good';
      case 'unavailable':
        return this.#whyNotUnavailable(call);
      case 'busy':
        return this.#waiting >= LINE_LENGTH_MAX ? undefined : `${this.#waiting} wait`;
      case 'not_found':
        return this.#isKnown(attempt, standings) ? 'it is there' : undefined;
      default:
        return undefined;
    }
  }

  #whyNotUnavailable({ arrivedMs }: OpenCall): string | undefined {
    const { weather, clock } = this.#world;
    if (weather.disturbedUntilMs < arrivedMs) return 'the store was there';
    const waitedMs = clock.nowMs - arrivedMs;
    return waitedMs < WAIT_MS_MAX ? `it waited only ${waitedMs} ms` : undefined;
  }

  /** Whoever has an order for this very request is given it, whatever the sale has come to. */
  #whyNotRepeated(call: OpenCall, attempt: Attempt, refusal: Refusal): string | undefined {
    const { store, weather, hadTwoObjects } = this.#world;
    const isAboutSale =
      /^(sold_out|closed|not_open|limit_reached)$/.test(refusal.code) ||
      (refusal.code === 'changed' && attempt.key !== null);
    if (attempt.kind !== 'reserve' || !isAboutSale || hadTwoObjects()) return undefined;
    if (call.isAtEdge && OPEN.edgesForgetHolders) return undefined;
    for (const order of store.latest.orders.values()) {
      if (order.customerId !== attempt.customerId) continue;
      const isTheirs =
        attempt.key === null
          ? order.eventItemId === attempt.eventItemId && order.status === 'pending'
          : order.reserveKey === attempt.key;
      const wasThere = (store.committedAtMs(order.id) ?? call.arrivedMs) < call.arrivedMs;
      const isOver = order.status === 'expired' || order.status === 'cancelled';
      if (!isTheirs || !wasThere || order.expiresAtMs <= call.atMs || isOver) continue;
      const wasEvicted = weather.evictedAtMs >= order.reservedAtMs - SKEW_MS_MAX;
      if (wasEvicted && OPEN.commitsOfTheEvictedAreUnknown) continue;
      return `it has ${order.id}, ${order.status}`;
    }
    return undefined;
  }

  #whyNotSoldOut(
    attempt: Attempt,
    refusal: Extract<Refusal, { code: 'sold_out' }>,
    standings: Standing[],
  ): string | undefined {
    if (attempt.kind !== 'reserve') return 'it is no reservation';
    const { total, remaining, held, sold } = refusal.stock;
    if (remaining + held + sold !== total) return 'the counts do not add up';
    if (remaining >= attempt.quantity) return 'its own counts say that there are units';
    const wasShort = standings.some(
      (standing) => (standing.remaining.get(attempt.eventItemId) ?? 0) < attempt.quantity,
    );
    return wasShort ? undefined : 'there were units all the time';
  }

  #whyNotExpired({ arrivedMs, atMs }: OpenCall, attempt: Attempt): string | undefined {
    if (attempt.kind === 'reserve') return 'it is a reservation';
    const row = this.#world.store.latest.orders.get(attempt.orderId);
    if (row === undefined) return 'there is no such order';
    if (attempt.kind === 'cancel' || atMs >= row.expiresAtMs) return undefined;
    const wasPrompt = this.#world.weather.disturbedUntilMs + LAG_MS_MAX < arrivedMs;
    return wasPrompt ? `it came ${row.expiresAtMs - atMs} ms before the end` : undefined;
  }

  #isKnown(attempt: Attempt, standings: Standing[]): boolean {
    const { store } = this.#world;
    if (attempt.kind === 'reserve') {
      return standings.every(({ remaining }) => remaining.has(attempt.eventItemId));
    }
    return store.latest.orders.get(attempt.orderId)?.customerId === attempt.customerId;
  }
}

function requestOf(attempt: Attempt): string {
  return attempt.kind === 'reserve'
    ? `reserve ${attempt.quantity} of ${attempt.eventItemId} at ${attempt.shownPriceCents}`
    : `${attempt.kind} ${attempt.orderId}`;
}
