/** The items of an event's form: of one item, or of each of its variants, in words as typed. Pure. */
import type { Item, Variant } from '../../../worker/contract/catalogue.ts';
import type { EventInput } from '../../../worker/contract/event-input.ts';
import type { EventDetail, EventItem } from '../../../worker/contract/events.ts';
import type { ItemId, VariantId } from '../../../worker/contract/ids.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { DRAFT_FAULTS, faultOf, wholeOf } from '../forms/draft-faults.ts';
import { minorUnitsOf, typedMoney } from '../forms/money-input.ts';

export interface VariantLine {
  readonly variantId: VariantId;
  readonly label: string;
  /** Without one it is not sold. */
  readonly stock: string;
  /** In major units; the item's where it is empty. */
  readonly price: string;
}

export interface ItemDraft {
  readonly itemId: string;
  readonly name: string;
  /** In major units. */
  readonly price: string;
  /** Of an item without variants. */
  readonly stock: string;
  readonly limit: string;
  /** Empty for an item without variants. */
  readonly variants: readonly VariantLine[];
}

type InputLine = EventInput['items'][number];

export function newLine({ id, name, variants }: Item): ItemDraft {
  return { itemId: id, name, price: '', stock: '', limit: '1', variants: variants.map(unsold) };
}

/** The event items of one catalogue item are one line, at the price that most of them have. */
export function itemDraftsOf({ items, currency }: Pick<EventDetail, 'items' | 'currency'>) {
  return groupedByItem(items).map((group) => lineOf(group, currency));
}

/** The event items of each catalogue item, in the order of the first of each. */
export function groupedByItem(items: readonly EventItem[]): readonly ItemGroup[] {
  return items
    .filter((item, n) => items.findIndex(({ itemId }) => itemId === item.itemId) === n)
    .map((first) => ({ first, all: items.filter(({ itemId }) => itemId === first.itemId) }));
}

export interface ItemGroup {
  readonly first: EventItem;
  readonly all: readonly EventItem[];
}

function lineOf({ first, all }: ItemGroup, currency: string): ItemDraft {
  const { itemId, name, stock, limitPerCustomer } = first;
  const usual = usualPriceOf(all);
  const variants = all.flatMap((one): VariantLine[] => {
    if (!one.variant) return [];
    const { id: variantId, label } = one.variant;
    const price = one.priceCents === usual ? '' : typedMoney(one.priceCents, currency);
    return [{ variantId, label, stock: String(one.stock.total), price }];
  });
  return {
    itemId,
    name,
    price: typedMoney(usual, currency),
    stock: variants.length > 0 ? '' : String(stock.total),
    limit: String(limitPerCustomer),
    variants,
  };
}

/** The first of several that are equally common. */
function usualPriceOf(items: readonly EventItem[]): number {
  const times = (price: number) => items.filter(({ priceCents }) => priceCents === price).length;
  const prices = items.map(({ priceCents }) => priceCents);
  return prices.toSorted((a, b) => times(b) - times(a))[0] ?? 0;
}

/** What is sold, with each variant of the catalogue that is not, behind the one that it follows there. */
export function withUnsold(
  lines: readonly VariantLine[],
  catalogue: readonly Variant[] = [],
): readonly VariantLine[] {
  const all = lines.map((line) => {
    const label = catalogue.find(({ id }) => id === line.variantId)?.label ?? line.label;
    return { ...line, label };
  });
  for (const [n, variant] of catalogue.entries()) {
    if (all.some(({ variantId }) => variantId === variant.id)) continue;
    const before = catalogue[n - 1]?.id;
    all.splice(all.findIndex(({ variantId }) => variantId === before) + 1, 0, unsold(variant));
  }
  return all;
}

function unsold({ id: variantId, label }: Variant): VariantLine {
  return { variantId, label, stock: '', price: '' };
}

export function isSold({ stock }: VariantLine): boolean {
  return stock.trim() !== '';
}

/** Of those that can be read. */
export function unitsOf(lines: readonly VariantLine[]): number {
  return lines.reduce((units, { stock }) => units + (wholeOf(stock) ?? 0), 0);
}

interface Reading {
  /** Which of the form's items. */
  readonly n: number;
  readonly currency: string;
  /** Takes in each field that cannot be read, by the API's own paths. */
  readonly errors: FieldError[];
}

/** Only the variants that are sold are sent, and by their places among these the API names them. */
export function readItem(item: ItemDraft, reading: Reading): InputLine {
  const { itemId, price, stock, limit, variants } = item;
  const path = `items.${reading.n}`;
  const priceCents = readPrice(`${path}.priceCents`, price, reading);
  const units =
    variants.length > 0
      ? { variants: readVariants(variants, reading) }
      : { stock: readWhole(`${path}.stock`, stock, reading.errors) };
  const limitPerCustomer = readWhole(`${path}.limitPerCustomer`, limit, reading.errors);
  return { itemId: itemId as ItemId, priceCents, ...units, limitPerCustomer };
}

function readVariants(variants: readonly VariantLine[], reading: Reading) {
  const { n, errors } = reading;
  const sold = variants.filter(isSold);
  if (sold.length === 0) {
    errors.push({ path: `items.${n}.variants`, message: DRAFT_FAULTS.variants });
  }
  return sold.map(({ variantId, stock, price }, nth) => {
    const path = `items.${n}.variants.${nth}`;
    const units = { variantId, stock: readWhole(`${path}.stock`, stock, errors) };
    if (price.trim() === '') return units;
    return { ...units, priceCents: readPrice(`${path}.priceCents`, price, reading) };
  });
}

export function readPrice(
  path: string,
  typed: string,
  { currency, errors }: Pick<Reading, 'currency' | 'errors'>,
): number {
  const fault = { path, message: faultOf(typed, 'amount') };
  return number(minorUnitsOf(typed, currency), fault, errors);
}

export function readWhole(path: string, typed: string, errors: FieldError[]): number {
  return number(wholeOf(typed), { path, message: faultOf(typed, 'whole') }, errors);
}

function number(value: number | null, fault: FieldError, errors: FieldError[]): number {
  if (value === null) errors.push(fault);
  return value ?? 0;
}
