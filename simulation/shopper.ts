/** A customer with a browser: sends attempts, waits, tries again with the same key. */
import type {
  EventItemId,
  LoginId,
  OrderId,
  QueueEntryId,
  UserId,
} from '../worker/contract/ids.ts';
import type {
  Answer,
  Attempt,
  CustomerAttempt,
  EnterAttempt,
  EntryRecord,
  Refusal,
  ReserveAttempt,
} from '../worker/sale/rules/attempts.ts';
import type { OrderRecord } from '../worker/sale/rules/order-record.ts';
import type { AnswerCheck } from './check-answers.ts';
import type { SendAttempt } from './edges.ts';
import { type ItemRow, loginAfter, type OrderRow } from './ledger.ts';
import { paysAt, type Visit } from './paying.ts';
import type { PaymentDesk } from './payment-desk.ts';
import type { RunContext } from './run-context.ts';
import type { SeededRandom } from './seeded-random.ts';

const CURRENCY = 'EUR';
const TRIES_MAX = 12;
const WAY_MS_MAX = 40;
const RETRY_MS_MIN = 150;
const RETRY_MS_MAX = 2_500;
/** Refusals that ask to come again. */
const AGAIN = new Set<string>(['busy', 'unavailable', 'rate_limited']);
/** How often somebody opens the link that verifies their address, and how long it takes them. */
const VERIFIES_SHARE = 0.7;
const VERIFY_MS_MAX = 3_000;

export interface ShopperPorts {
  context: RunContext;
  /** Sends an attempt to the object by an edge. */
  send: SendAttempt;
  answers: AnswerCheck;
  /** Order ids that anybody was ever given, for those who try others' orders. */
  seen: OrderId[];
  /** Where orders are paid; undefined in sales in which nobody pays. */
  desk: PaymentDesk | undefined;
}

export class Shopper {
  readonly customerId: UserId;
  readonly random: SeededRandom;
  readonly #ports: ShopperPorts;
  #keys = 0;
  /** What the page shows, and newer prices from refusals. */
  #page: readonly Pick<ItemRow, 'id' | 'itemId' | 'priceCents'>[];
  readonly #newerPrices = new Map<EventItemId, number>();
  #sessionEpoch = 0;
  #loginId: LoginId;

  constructor(ports: ShopperPorts, customerId: UserId, random: SeededRandom) {
    this.#ports = ports;
    this.customerId = customerId;
    this.#loginId = loginAfter(customerId, 0);
    this.random = random;
    this.#page = ports.context.scenario.items;
  }

  get context(): RunContext {
    return this.#ports.context;
  }

  get seen(): readonly OrderId[] {
    return this.#ports.seen;
  }

  newKey(): string {
    return `k${++this.#keys}`;
  }

  reserve(
    more: Partial<{ key: string | null; quantity: number; item: number }> = {},
  ): ReserveAttempt {
    const items = this.#page;
    const { id: eventItemId, priceCents } = items[more.item ?? -1] ?? this.random.pick(items);
    const quantity = more.quantity ?? (this.random.happens(0.8) ? 1 : this.random.int(1, 4));
    const key = more.key === undefined ? this.newKey() : more.key;
    const attempt = { kind: 'reserve' as const, eventItemId, quantity, ...this.#signed(), key };
    if (!this.#hasPage) return attempt;
    const shownPriceCents = this.#newerPrices.get(eventItemId) ?? priceCents;
    return { ...attempt, shownPriceCents, shownCurrency: CURRENCY };
  }

  /** All sizes of one item of the page, as numbers for `reserve`; one if it has none. */
  pickSizes(): number[] {
    const picked = this.random.pick(this.#page);
    return [...this.#page.keys()].filter((n) => this.#page[n]?.itemId === picked.itemId);
  }

  /** Loads the page anew, with the prices of this moment. */
  look(): void {
    this.#page = this.context.store.latest.items;
    this.#newerPrices.clear();
  }

  settle(
    kind: 'confirm' | 'cancel',
    orderId: OrderId,
    key: string | null = this.newKey(),
  ): Attempt {
    return { kind, orderId, ...this.#signed(), key };
  }

  /** The number of an item of the page, for `reserve` and `enter`. */
  pickItem(): number {
    return this.random.int(0, this.#page.length - 1);
  }

  /** A wish for as many units as they want, or for some of them. */
  enter(more: Partial<{ item: number; quantity: number; minQuantity: number }> = {}): EnterAttempt {
    const items = this.#page;
    const { id: eventItemId } = items[more.item ?? -1] ?? this.random.pick(items);
    const quantity = more.quantity ?? (this.random.happens(0.6) ? 1 : this.random.int(1, 4));
    const minQuantity = more.minQuantity ?? this.random.int(1, quantity);
    return {
      kind: 'enter',
      eventItemId,
      quantity,
      minQuantity,
      ...this.#signed(),
      key: this.newKey(),
    };
  }

  leave(entryId: QueueEntryId): Attempt {
    return { kind: 'leave', entryId, ...this.#signed(), key: this.newKey() };
  }

  /** Sends once. Undefined if no answer came back, whatever became of it. */
  async send(attempt: Attempt): Promise<Answer | undefined> {
    await this.rest(1, WAY_MS_MAX);
    return this.#arrive(attempt);
  }

  /** Arrives at the edge at that very millisecond, with what is decided then. */
  async sendAt(decide: () => Attempt, arriveAtMs: number): Promise<Answer | undefined> {
    await this.context.clock.sleepUntil(arriveAtMs);
    return this.#arrive(decide());
  }

  /** Sends the same again until it is answered, at most TRIES_MAX times. */
  async sendUntilAnswered(attempt: Attempt): Promise<Answer | undefined> {
    for (let tries = 1; ; tries++) {
      const answer = await this.send(attempt);
      const isFinal =
        answer && (answer.ok || !(AGAIN.has(answer.refusal.code) || this.#isVerifiedSince(answer)));
      if (isFinal || tries === TRIES_MAX) return answer;
      await this.rest(RETRY_MS_MIN, RETRY_MS_MAX);
    }
  }

  /** Reserves, and sends until answered. Undefined without an order. */
  async get(attempt: Attempt = this.reserve()): Promise<OrderRecord | undefined> {
    const answer = await this.sendUntilAnswered(attempt);
    return answer?.ok && answer.kind === 'order' ? answer.order : undefined;
  }

  /** Enters, and sends until answered. Undefined without an entry. */
  async getEntry(attempt: EnterAttempt): Promise<EntryRecord | undefined> {
    const answer = await this.sendUntilAnswered(attempt);
    return answer?.ok && answer.kind === 'entry' ? answer.entry : undefined;
  }

  /** Pays at the provider, and comes back or not; nobody pays where nothing is to be paid. */
  async pay(orderId: OrderId, visit: Visit = {}): Promise<void> {
    const { desk, context } = this.#ports;
    if (desk) await paysAt(desk, { orderId, context, random: this.random, visit });
  }

  /** As it is written by now. */
  orderOf(id: OrderId): OrderRow {
    const row = this.context.store.latest.orders.get(id);
    if (row === undefined) throw new Error(`${id} is no row`);
    return row;
  }

  rest(msMin: number, msMax: number): Promise<void> {
    return this.context.clock.sleep(this.random.int(msMin, msMax));
  }

  async #arrive(attempt: Attempt): Promise<Answer | undefined> {
    const { send, answers, seen, context } = this.#ports;
    answers.sending(attempt);
    const answer = await send(attempt).catch(() => undefined);
    if (answer?.ok && answer.kind === 'order') seen.push(answer.order.id);
    if (answer?.ok === false && answer.refusal.code === 'unauthenticated') this.#signIn();
    if (answer?.ok === false && answer.refusal.code === 'email_unverified') await this.#verify();
    if (answer?.ok === false && attempt.kind === 'reserve') this.#learn(attempt, answer.refusal);
    await this.rest(1, WAY_MS_MAX);
    if (!context.faults.occurs('answerLost')) return answer;
    context.trace.count('fault: answer lost');
    return undefined;
  }

  #learn({ eventItemId }: ReserveAttempt, refusal: Refusal): void {
    if (refusal.code === 'changed') this.#newerPrices.set(eventItemId, refusal.priceCents);
    if (refusal.code === 'not_found') this.look();
  }

  /** Some use the API alone and send no price. Not drawn, so that older seeds play as before. */
  get #hasPage(): boolean {
    return this.customerId.charCodeAt(this.customerId.length - 1) % 3 > 0;
  }

  #signed(): Pick<CustomerAttempt, 'customerId' | 'sessionEpoch' | 'loginId'> {
    const { customerId } = this;
    return { customerId, sessionEpoch: this.#sessionEpoch, loginId: this.#loginId };
  }

  /** Refused for an address that is verified by now: it is tried again. */
  #isVerifiedSince(answer: Answer): boolean {
    const isRefused = !answer.ok && answer.refusal.code === 'email_unverified';
    return isRefused && !this.context.store.latest.unverified.has(this.customerId);
  }

  /** With the store away, the link does nothing. */
  async #verify(): Promise<void> {
    const { clock, faults, store, trace } = this.context;
    if (!this.random.happens(VERIFIES_SHARE)) return;
    const afterMs = this.random.int(1, VERIFY_MS_MAX);
    await new Promise<void>((done) => {
      clock.after(afterMs, async () => {
        if (!faults.isStoreDown(clock.nowMs)) {
          trace.count('verified');
          await store.change({ kind: 'verify_email', customerIds: [this.customerId] }, clock.nowMs);
        }
        done();
      });
    });
  }

  /** Their logins were ended; from now on they act on a new one. */
  #signIn(): void {
    const { sessionEpochs, endedLogins } = this.context.store.latest;
    this.#sessionEpoch = sessionEpochs.get(this.customerId) ?? 0;
    this.#loginId = loginAfter(this.customerId, endedLogins.get(this.customerId)?.length ?? 0);
  }
}
