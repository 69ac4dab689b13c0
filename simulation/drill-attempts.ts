/** What the customers of a drill ask for: anything that is possible, and some things that are not. */

import type { QueueEntryId, UserId } from '../worker/contract/ids.ts';
import { Stamper } from '../worker/sale/object/stamper.ts';
import type { Attempt, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { loginAfter, type Snapshot } from './ledger.ts';
import { type Scenario, START_MS } from './scenario.ts';
import type { SeededRandom } from './seeded-random.ts';

const GROUP_MAX = 20;
const LATE_MS_MAX = 2_000;
/** Of the attempts: by the same customer, who does more in a day than one may. */
const BUSY_SHARE = 0.25;
/** Of the attempts: by anybody, also of the crowd. */
const CROWD_SHARE = 0.4;
const QUANTITY_MAX = 4;
/** Of the attempts: about what is somebody else's. */
const FOREIGN_SHARE = 0.06;
/** Of the attempts: by a login that may have ended. */
const STALE_SHARE = 0.06;
/** What entries' ids end in where that is little. */
const ENDS = ['0000000a', '0000000b'];
const ENDS_STREAM = 1;

export class DrillAttempts {
  readonly #random: SeededRandom;
  readonly #scenario: Scenario;
  readonly #stamper: Stamper;
  readonly #ends: SeededRandom;
  #keys = 0;

  constructor(random: SeededRandom, scenario: Scenario) {
    this.#random = random;
    this.#scenario = scenario;
    this.#ends = random.fork(ENDS_STREAM);
    this.#stamper = new Stamper({ eventId: scenario.eventId, fillRandom: random.fill });
  }

  /** @param nowMs when the group is sent; those in it arrived before. */
  group(state: Snapshot, nowMs: number): StampedAttempt[] {
    const random = this.#random;
    const isCrowded = this.#scenario.crowd.size > 0;
    const size = random.weighted([
      [isCrowded ? 0 : 2, 0],
      [isCrowded ? 0 : 3, 1],
      [5, random.int(2, 6)],
      [isCrowded ? 9 : 2, random.int(7, GROUP_MAX)],
    ]);
    const times = Array.from({ length: size }, () => nowMs - this.#lateMs());
    return times
      .toSorted((one, other) => one - other)
      .map((atMs) => this.#stamp(this.#attempt(state), Math.max(START_MS, atMs)));
  }

  /** Everybody in the crowd enters. */
  crowd(state: Snapshot, nowMs: number): StampedAttempt[] {
    const { crowd, items } = this.#scenario;
    const [item] = items;
    if (item === undefined) return [];
    const wish = { kind: 'enter' as const, eventItemId: item.id, quantity: 1, minQuantity: 1 };
    return [...crowd].map((customerId) =>
      this.#stamper.stamp({ ...wish, ...this.#signed(state, customerId), key: null }, nowMs),
    );
  }

  #stamp(attempt: Attempt, atMs: number): StampedAttempt {
    const stamped = this.#stamper.stamp(attempt, atMs);
    if (stamped.kind !== 'enter' || !this.#scenario.hasFewEnds) return stamped;
    const end = this.#ends.pick(ENDS);
    return { ...stamped, entryId: (stamped.entryId.slice(0, -end.length) + end) as QueueEntryId };
  }

  #lateMs(): number {
    return this.#random.weighted([
      [3, 0],
      [3, this.#random.int(0, 50)],
      [1, this.#random.int(0, LATE_MS_MAX)],
    ]);
  }

  #attempt(state: Snapshot): Attempt {
    const random = this.#random;
    const { customers } = this.#scenario;
    const [busy = random.pick(customers)] = customers;
    const customerId = random.happens(BUSY_SHARE) ? busy : this.#pickCustomer();
    const signed = this.#signed(state, customerId);
    const isTheirs = (of: { customerId: UserId }) =>
      of.customerId === customerId || random.happens(FOREIGN_SHARE);
    const orders = [...state.orders.values()].filter(isTheirs);
    const open = orders.filter(({ status }) => status === 'pending' || status === 'expired');
    const entries = [...state.queue.entries.values()].filter(isTheirs);
    const item = random.pick(state.items);
    const isFree = item.remaining > 0;
    const kind = random.weighted([
      [isFree ? 2 : 6, 'enter' as const],
      [isFree ? 6 : 1, 'reserve' as const],
      [open.length > 0 ? 3 : 0.2, 'confirm' as const],
      [open.length > 0 ? 3 : 0.2, 'cancel' as const],
      [entries.length > 0 ? 2 : 0, 'leave' as const],
    ]);
    if (kind === 'leave') {
      return { kind, entryId: random.pick(entries).id, ...signed, key: this.#newKey() };
    }
    if ((kind === 'confirm' || kind === 'cancel') && orders.length > 0) {
      const orderId = random.pick(open.length > 0 && random.happens(0.9) ? open : orders).id;
      return { kind, orderId, ...signed, key: random.happens(0.2) ? null : this.#newKey() };
    }
    const { id: eventItemId } = item;
    const quantity = random.happens(0.5) ? 1 : random.int(1, QUANTITY_MAX);
    if (kind !== 'enter') {
      const key = random.weighted([
        [7, this.#newKey()],
        [2, null],
        [1, `k${random.int(1, this.#keys)}`],
      ]);
      return { kind: 'reserve', eventItemId, quantity, ...signed, key };
    }
    const minQuantity = random.int(1, quantity);
    return { kind, eventItemId, quantity, minQuantity, ...signed, key: this.#newKey() };
  }

  /** Not too often somebody of the crowd, who have little to do. */
  #pickCustomer(): UserId {
    const { customers, crowd } = this.#scenario;
    const others = customers.slice(0, customers.length - crowd.size);
    return this.#random.pick(this.#random.happens(CROWD_SHARE) ? customers : others);
  }

  #signed(state: Snapshot, customerId: UserId) {
    const epoch = state.sessionEpochs.get(customerId) ?? 0;
    const ended = state.endedLogins.get(customerId)?.length ?? 0;
    const isStale = this.#random.happens(STALE_SHARE);
    return {
      customerId,
      sessionEpoch: isStale ? Math.max(0, epoch - 1) : epoch,
      loginId: loginAfter(customerId, isStale ? Math.max(0, ended - 1) : ended),
    };
  }

  #newKey(): string {
    return `k${++this.#keys}`;
  }
}
