/** A customer with a browser: sends attempts, waits, tries again with the same key. */
import type { EventItemId, LoginId, OrderId, UserId } from '../worker/contract/ids.ts';
import type {
  Answer,
  Attempt,
  OrderRecord,
  Refusal,
  ReserveAttempt,
} from '../worker/sale/rules/attempts.ts';
import type { Chance } from './chance.ts';
import type { AnswerCheck } from './check-answers.ts';
import type { Enter } from './edge.ts';
import { type ItemRow, loginAfter } from './ledger.ts';
import type { World } from './world.ts';

const CURRENCY = 'EUR';
const TRIES_MAX = 12;
const WAY_MS_MAX = 40;
const RETRY_MS_MIN = 150;
const RETRY_MS_MAX = 2_500;
/** Refusals that ask to come again. */
const AGAIN = new Set<string>(['busy', 'unavailable', 'rate_limited']);

export interface ShopperPorts {
  world: World;
  /** The way to the object. */
  enter: Enter;
  answers: AnswerCheck;
  /** Order ids that were ever told to somebody, for those who try others' orders. */
  seen: OrderId[];
}

export class Shopper {
  readonly customerId: UserId;
  readonly chance: Chance;
  readonly #ports: ShopperPorts;
  #keys = 0;
  /** What the page shows, and the prices that refusals have told since. */
  #page: readonly Pick<ItemRow, 'id' | 'priceCents'>[];
  readonly #told = new Map<EventItemId, number>();
  #sessionEpoch = 0;
  #loginId: LoginId;

  constructor(ports: ShopperPorts, customerId: UserId, chance: Chance) {
    this.#ports = ports;
    this.customerId = customerId;
    this.#loginId = loginAfter(customerId, 0);
    this.chance = chance;
    this.#page = ports.world.scenario.items;
  }

  get world(): World {
    return this.#ports.world;
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
    const { id: eventItemId, priceCents } = items[more.item ?? -1] ?? this.chance.pick(items);
    const quantity = more.quantity ?? (this.chance.happens(0.8) ? 1 : this.chance.int(1, 4));
    const key = more.key === undefined ? this.newKey() : more.key;
    const attempt = { kind: 'reserve' as const, eventItemId, quantity, ...this.#signed(), key };
    if (!this.#hasPage) return attempt;
    const shownPriceCents = this.#told.get(eventItemId) ?? priceCents;
    return { ...attempt, shownPriceCents, shownCurrency: CURRENCY };
  }

  /** Loads the page anew, with the prices of this moment. */
  look(): void {
    this.#page = this.world.store.latest.items;
    this.#told.clear();
  }

  settle(
    kind: 'confirm' | 'cancel',
    orderId: OrderId,
    key: string | null = this.newKey(),
  ): Attempt {
    return { kind, orderId, ...this.#signed(), key };
  }

  /** Sends once. Undefined if no answer came back, whatever became of it. */
  async send(attempt: Attempt): Promise<Answer | undefined> {
    await this.rest(1, WAY_MS_MAX);
    return this.#arrive(attempt);
  }

  /** Arrives at the edge at that very millisecond, with what is decided then. */
  async sendAt(decide: () => Attempt, arriveAtMs: number): Promise<Answer | undefined> {
    await this.world.clock.sleepUntil(arriveAtMs);
    return this.#arrive(decide());
  }

  /** Sends the same again until it is answered, or the shopper has had enough. */
  async insist(attempt: Attempt): Promise<Answer | undefined> {
    for (let tries = 1; ; tries++) {
      const answer = await this.send(attempt);
      const isFinal = answer && (answer.ok || !AGAIN.has(answer.refusal.code));
      if (isFinal || tries === TRIES_MAX) return answer;
      await this.rest(RETRY_MS_MIN, RETRY_MS_MAX);
    }
  }

  /** Reserves and insists. Undefined without an order. */
  async get(attempt: Attempt = this.reserve()): Promise<OrderRecord | undefined> {
    const answer = await this.insist(attempt);
    return answer?.ok ? answer.order : undefined;
  }

  rest(msMin: number, msMax: number): Promise<void> {
    return this.world.clock.sleep(this.chance.int(msMin, msMax));
  }

  async #arrive(attempt: Attempt): Promise<Answer | undefined> {
    const { enter, answers, seen, world } = this.#ports;
    answers.sending(attempt);
    const answer = await enter(attempt).catch(() => undefined);
    if (answer?.ok) seen.push(answer.order.id);
    if (answer?.ok === false && answer.refusal.code === 'unauthenticated') this.#signIn();
    if (answer?.ok === false && attempt.kind === 'reserve') this.#learn(attempt, answer.refusal);
    await this.rest(1, WAY_MS_MAX);
    if (!world.weather.strikes('answerLost')) return answer;
    world.trace.count('fault: answer lost');
    return undefined;
  }

  #learn({ eventItemId }: ReserveAttempt, refusal: Refusal): void {
    if (refusal.code === 'changed') this.#told.set(eventItemId, refusal.priceCents);
    if (refusal.code === 'not_found') this.look();
  }

  /** Some buy by the API alone and tell nothing of a price. Not drawn, so that seeds stay what they were. */
  get #hasPage(): boolean {
    return this.customerId.charCodeAt(this.customerId.length - 1) % 3 > 0;
  }

  #signed(): Pick<Attempt, 'customerId' | 'sessionEpoch' | 'loginId'> {
    const { customerId } = this;
    return { customerId, sessionEpoch: this.#sessionEpoch, loginId: this.#loginId };
  }

  /** Their logins were ended; from now on they act on a new one. */
  #signIn(): void {
    const { sessionEpochs, endedLogins } = this.world.store.latest;
    this.#sessionEpoch = sessionEpochs.get(this.customerId) ?? 0;
    this.#loginId = loginAfter(this.customerId, endedLogins.get(this.customerId)?.length ?? 0);
  }
}
