/**
 * The items that wait for their group, in order of arrival, and who has waited too long. Knows nothing
 * of how groups are committed.
 */

/** An item from its arrival until its group was committed, or given up. */
export interface Pending<Item> {
  readonly item: Item;
  readonly arrivedAtMs: number;
}

export interface Waiting<Item, Answer> extends Pending<Item> {
  /** Of a promise, so that only the first answer counts: a group is sent again with those given up. */
  resolve(answer: Answer): void;
}

interface PendingItemsOptions<Item, Answer> {
  /** Who has waited this long is answered by `giveUp`. */
  waitMsMax: number;
  giveUp: (item: Item) => Answer;
  nowMs(): number;
}

export class PendingItems<Item, Answer> {
  readonly #options: PendingItemsOptions<Item, Answer>;
  readonly #items: Waiting<Item, Answer>[] = [];

  constructor(options: PendingItemsOptions<Item, Answer>) {
    this.#options = options;
  }

  get length(): number {
    return this.#items.length;
  }

  add(item: Item, arrivedAtMs: number): Promise<Answer> {
    return new Promise((resolve) => {
      this.#items.push({ item, arrivedAtMs, resolve });
    });
  }

  /** Takes out the next group: the oldest of those that still wait. */
  takeGroup(sizeOf: (waiting: number) => number): Waiting<Item, Answer>[] {
    this.giveUpOnOldest();
    return this.#items.splice(0, sizeOf(this.#items.length));
  }

  /** Answers those of a group who have waited their time, and returns the others. */
  giveUpOnOld(group: readonly Waiting<Item, Answer>[]): Waiting<Item, Answer>[] {
    const { waitMsMax, giveUp, nowMs } = this.#options;
    const now = nowMs();
    return group.filter(({ item, arrivedAtMs, resolve }) => {
      const stillWaits = now - arrivedAtMs < waitMsMax;
      if (!stillWaits) resolve(giveUp(item));
      return stillWaits;
    });
  }

  /** They stand in order of arrival, so the old ones are in front. */
  giveUpOnOldest(): void {
    const { waitMsMax, nowMs } = this.#options;
    const now = nowMs();
    const young = this.#items.findIndex(({ arrivedAtMs }) => now - arrivedAtMs < waitMsMax);
    const old = young === -1 ? this.#items.length : young;
    this.giveUpOnOld(this.#items.splice(0, old));
  }
}
