/** An item as its form holds it, and the labels that an admin types or pastes. Pure. */
import type { Item, ItemInput, Variant } from '../../../worker/contract/catalogue.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { DRAFT_FAULTS } from '../forms/draft-faults.ts';

/** As the contract has them. */
export const VARIANTS_MAX = 50;
export const LABEL_CHARS_MAX = 40;

/** One without an id is new. */
export type VariantDraft = Pick<Variant, 'label'> & Partial<Pick<Variant, 'id'>>;

export interface ItemDraft {
  readonly name: string;
  readonly description: string;
  readonly translations: Item['translations'];
  readonly category: string;
  readonly pictures: readonly string[];
  /** What stands in the field for the address of one more picture. */
  readonly address: string;
  readonly variants: readonly VariantDraft[];
  /** What stands in the field for more variants. */
  readonly more: string;
}

export const NO_ITEM: ItemDraft = {
  name: '',
  description: '',
  translations: {},
  category: '',
  pictures: [],
  address: '',
  variants: [],
  more: '',
};

export function draftOf(item: Item): ItemDraft {
  const { name, description, translations, category, pictures, variants } = item;
  const words = { name, description, translations, category };
  return { ...words, pictures, address: '', variants, more: '' };
}

/** Sent as it is typed, but for what cannot be told from the server's answer: which label is there twice. */
export function readDraft(
  draft: ItemDraft,
): { ok: true; input: ItemInput } | { ok: false; errors: FieldError[] } {
  const { name, description, translations, category, variants } = draft;
  const errors = variants.flatMap(({ label }, n): FieldError[] => {
    const path = `variants.${n}.label`;
    if (label.trim() === '') return [{ path, message: DRAFT_FAULTS.required }];
    const first = variants.findIndex((other) => lookOf(other.label) === lookOf(label));
    return first < n ? [{ path, message: DRAFT_FAULTS.label }] : [];
  });
  if (withMore(variants, draft.more).left > 0) {
    errors.push({ path: 'variants', message: `must have at most ${VARIANTS_MAX} variants in all` });
  }
  if (errors.length > 0) return { ok: false, errors };
  const sent = variants.map(({ id, label }) => ({ ...(id && { id }), label }));
  // What stands in the field for an address was typed to be added.
  const typed = draft.address.trim();
  const pictures = [...new Set([...draft.pictures, ...(typed ? [typed] : [])])];
  const words = { name, description, translations, category };
  return { ok: true, input: { ...words, imageUrl: null, pictures, variants: sent } };
}

/** Of no width and no effect; worker/contract/visible-text.ts has the same. */
const UNSEEN = /(?![\u{E0020}-\u{E007F}])\p{Default_Ignorable_Code_Point}/gu;

/** The same for two labels that are drawn alike. */
export function lookOf(label: string): string {
  return label
    .replaceAll(UNSEEN, '')
    .normalize('NFC')
    .replaceAll(/\p{White_Space}+/gu, ' ')
    .trim();
}

/** Between labels. `42,5` is one of them: a shoe has half sizes. */
const SEPARATOR = /[;\n\r\t]|(?!(?<=\d),5(?!\d)),/;

export function labelsIn(text: string): string[] {
  return text
    .split(SEPARATOR)
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

export interface Added {
  readonly variants: readonly VariantDraft[];
  /** How many came. */
  readonly count: number;
  /** Labels that were there already. */
  readonly there: readonly string[];
  /** How many did not fit. */
  readonly left: number;
}

export function withMore(variants: readonly VariantDraft[], text: string): Added {
  const known = new Set(variants.map(({ label }) => lookOf(label)));
  const labels = [...new Map(labelsIn(text).map((label) => [lookOf(label), label])).values()];
  const there = labels.filter((label) => known.has(lookOf(label)));
  const fresh = labels.filter((label) => !known.has(lookOf(label)));
  const fitting = fresh.slice(0, Math.max(0, VARIANTS_MAX - variants.length));
  return {
    variants: [...variants, ...fitting.map((label) => ({ label }))],
    count: fitting.length,
    there,
    left: fresh.length - fitting.length,
  };
}

/**
 * As they can be saved over what is there by now. What others took away is gone with its id and is new;
 * what they added, too, is the one that has its label.
 */
export function rebased(
  mine: readonly VariantDraft[],
  there: readonly VariantDraft[],
): readonly VariantDraft[] {
  const known = new Set(mine.map(({ id }) => id));
  const added = there.filter(({ id }) => !known.has(id));
  return mine.map(({ id, label }) => {
    const isThere = id !== undefined && there.some((other) => other.id === id);
    const now = isThere ? id : added.find((other) => lookOf(other.label) === lookOf(label))?.id;
    return now === undefined ? { label } : { id: now, label };
  });
}

/** Moves one up or down; at an end it stays. */
export function moved<Value>(list: readonly Value[], from: number, by: -1 | 1): readonly Value[] {
  const to = from + by;
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, one);
}
