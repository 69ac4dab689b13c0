/**
 * What a plan has promised to those in its queue: only texts, the order of the items, a later end, more
 * stock, higher limits and whether its report is public may still change. Pure. The server decides; this is so that nobody types in vain.
 */
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { DRAFT_FAULTS, wholeOf } from '../forms/draft-faults.ts';
import { draftOf, type EventDraft } from './event-draft.ts';
import { isQueued } from './event-queue.ts';
import type { ItemDraft } from './item-lines.ts';

/** The plan as it is saved, where somebody entered; else nothing was promised: null. */
export function promisedBy(saved: AdminEvent | undefined): EventDraft | null {
  return saved !== undefined && isQueued(saved) ? draftOf(saved) : null;
}

/** What was typed before somebody entered is dropped where it cannot be saved any more. */
export function keepingPromises(typed: EventDraft, promised: EventDraft | null): EventDraft {
  if (promised === null) return typed;
  const { title, description, translations, endsAt, reportPublic } = typed;
  const placeOf = ({ itemId }: ItemDraft) =>
    typed.items.findIndex((item) => item.itemId === itemId);
  const items = promised.items
    .map((saved) => keptItem(typed.items[placeOf(saved)] ?? saved, saved))
    .toSorted((a, b) => placeOf(a) - placeOf(b));
  return { ...promised, title, description, translations, endsAt, reportPublic, items };
}

function keptItem(typed: ItemDraft, saved: ItemDraft): ItemDraft {
  const variants = saved.variants.map((line) => {
    const stock = typed.variants.find(({ variantId }) => variantId === line.variantId)?.stock;
    return { ...line, stock: stock ?? line.stock };
  });
  return { ...saved, stock: typed.stock, limit: typed.limit, variants };
}

/** @returns what would become less, by the API's own paths; nothing where nothing was promised. */
export function promiseFaults(draft: EventDraft, promised: EventDraft | null): FieldError[] {
  if (promised === null) return [];
  const faults: FieldError[] = [];
  if (clockMs(draft.endsAt) < clockMs(promised.endsAt))
    faults.push({ path: 'endsAt', message: DRAFT_FAULTS.earlier });
  for (const [n, item] of draft.items.entries()) {
    const saved = promised.items.find(({ itemId }) => itemId === item.itemId);
    if (saved === undefined) continue;
    const path = `items.${n}`;
    faults.push(...less(`${path}.limitPerCustomer`, item.limit, saved.limit));
    if (saved.variants.length === 0) faults.push(...less(`${path}.stock`, item.stock, saved.stock));
    for (const [row, line] of item.variants.entries()) {
      const before = saved.variants.find(({ variantId }) => variantId === line.variantId);
      if (before) faults.push(...less(`${path}.variants.${row}.stock`, line.stock, before.stock));
    }
  }
  return faults;
}

/** To be compared with another of the same zone; with or without seconds. */
function clockMs(local: string): number {
  return Date.parse(`${local}Z`);
}

function less(path: string, typed: string, before: string): FieldError[] {
  const least = wholeOf(before) ?? 0;
  const message = `Too small: expected number to be >=${least}`;
  return (wholeOf(typed) ?? 0) < least ? [{ path, message }] : [];
}
