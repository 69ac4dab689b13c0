/** What the model's sale has on sale, and what its sizes are called. */
import { type EventId, type EventItemId, makeEventItemId } from '../worker/contract/ids.ts';
import type { AdminChange, PlannedItem } from './ledger.ts';
import type { SizedItem } from './sizes.ts';

export class ModelItems {
  readonly #eventId: EventId;
  #items: SizedItem[];
  #numbersUsed: number;
  /** By the variant's id, also of those that are not on sale. */
  readonly #labels: Map<string, string>;

  constructor({ eventId, items }: { eventId: EventId; items: SizedItem[] }) {
    this.#eventId = eventId;
    this.#items = items.map((item) => ({ ...item }));
    this.#numbersUsed = items.length;
    this.#labels = new Map(items.flatMap(({ size }) => (size ? [[size.id, size.label]] : [])));
  }

  get all(): readonly SizedItem[] {
    return this.#items;
  }

  find(id: EventItemId): SizedItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  /** As it is called now; null without sizes. */
  labelOf({ size }: SizedItem): string | null {
    return size ? (this.#labels.get(size.id) ?? size.label) : null;
  }

  change(change: AdminChange): void {
    if (change.kind === 'rename_variants') {
      for (const { id, label } of change.labels) this.#labels.set(id, label);
    }
    if (change.kind === 'add_stock' || change.kind === 'edit_price') {
      const item = this.find(change.eventItemId);
      if (item && change.kind === 'add_stock') item.stock += change.units;
      if (item && change.kind === 'edit_price') item.priceCents = change.priceCents;
    }
  }

  /** Whether a plan takes nothing from whoever waits: the same items and prices, no less stock, no lower limits. */
  isKeptBy(plan: PlannedItem[]): boolean {
    return takesNothing(
      this.#items.map(({ size, limit, ...item }) => {
        return { ...item, variantId: size?.id ?? null, limitPerCustomer: limit };
      }),
      plan,
    );
  }

  /** @returns of how many items that stay the stock is another one. */
  replace(plan: PlannedItem[]): number {
    const before = new Map(this.#items.map(({ id, stock }) => [id, stock]));
    this.#items = plan.map((planned) => this.#plan(planned));
    return this.#items.filter(({ id, stock }) => (before.get(id) ?? stock) !== stock).length;
  }

  /** What stays keeps its id, and what comes is given one that none has had. */
  #plan({ itemId, variantId, priceCents, stock, limitPerCustomer: limit }: PlannedItem): SizedItem {
    const known = this.#items.find(
      (item) => item.itemId === itemId && (item.size?.id ?? null) === variantId,
    );
    const id = known?.id ?? makeEventItemId(this.#eventId, ++this.#numbersUsed);
    const label = this.#labels.get(variantId ?? '') ?? '';
    const size = variantId === null ? undefined : { id: variantId, label };
    return { id, itemId, priceCents, stock, limit, size };
  }
}

/** Whether a plan has the same items and prices as another, no less stock and no lower limits. */
export function takesNothing(
  before: readonly PlannedItem[],
  plan: readonly PlannedItem[],
): boolean {
  if (before.length !== plan.length) return false;
  return before.every((item) => {
    const planned = plan.find(
      ({ itemId, variantId }) => itemId === item.itemId && variantId === item.variantId,
    );
    return (
      planned?.priceCents === item.priceCents &&
      planned.stock >= item.stock &&
      planned.limitPerCustomer >= item.limitPerCustomer
    );
  });
}
