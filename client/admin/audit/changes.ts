/** What an entry of the audit log changed, field by field in words. Pure. */
import type { AuditRecord } from '../api/admin-api.ts';
import type { AdminTexts } from '../texts/texts.ts';

/** As long as a line is read; all of it is in the entry as it was recorded. */
const VALUE_CHARS_MAX = 80;

export interface FieldChange {
  readonly field: string;
  /** Null where there was nothing to be changed. */
  readonly before: string | null;
  readonly after: string;
}

/** How values are said to whoever reads them. */
export interface Spoken {
  readonly texts: AdminTexts['audit'];
  /** Of the entry's event, in minor units. */
  money(minorUnits: number): string;
  instant(at: string): string;
  number(value: number): string;
}

type Fields = Readonly<Record<string, unknown>>;
type Entry = Pick<AuditRecord, 'action' | 'before' | 'after' | 'names'>;

/** What the sentence says already, or what is nobody's to read. */
const UNSAID: Readonly<Record<string, readonly string[]>> = {
  'order.refund': ['refundId', 'amountCents'],
  'event.stock': ['total'],
  'outbox.retry': ['outcome'],
  'review.hide': ['hidden'],
  'comment.hide': ['hidden'],
  'review.restore': ['hidden', 'reportedAt'],
  'comment.restore': ['hidden', 'reportedAt'],
  'user.activate': ['active'],
  'user.deactivate': ['active'],
  'user.delete': ['active'],
};

/** None of what was made or deleted as a whole. */
export function changesOf(entry: Entry, spoken: Spoken): readonly FieldChange[] {
  const { action } = entry;
  if (/\.(create|delete)$/.test(action)) return [];
  const [before, after] = [fieldsOf(entry.before), fieldsOf(entry.after)];
  const unsaid = new Set(UNSAID[action]);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !unsaid.has(name))
    .flatMap((name) => {
      if (name === 'items') return itemChanges(entry, spoken);
      const was = entry.before === null ? null : valueText(name, before[name], spoken);
      return [
        {
          field: fieldText(name, spoken),
          before: was,
          after: valueText(name, after[name], spoken),
        },
      ];
    });
}

/** A field of what was recorded before or after, as it is said; undefined without one. */
export function saidOf(side: unknown, name: string, spoken: Spoken): string | undefined {
  const fields = fieldsOf(side);
  return Object.hasOwn(fields, name) ? valueText(name, fields[name], spoken) : undefined;
}

export function fieldsOf(side: unknown): Fields {
  return typeof side === 'object' && side !== null && !Array.isArray(side) ? (side as Fields) : {};
}

function itemChanges({ before, after, names }: Entry, spoken: Spoken): readonly FieldChange[] {
  const [was, is] = [linesOf(before), linesOf(after)];
  const { nothing, added, subjects } = spoken.texts;
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [one, other] = [was.get(key), is.get(key)];
    const { itemId = '', label } = { ...one, ...other };
    const item = names.items[String(itemId)] ?? subjects.itm;
    const title = typeof label === 'string' ? `${item} · ${label}` : item;
    if (one === undefined) return [{ field: title, before: nothing, after: added }];
    if (other === undefined) return [{ field: title, before: added, after: nothing }];
    return ['priceCents', 'stock', 'limitPerCustomer']
      .filter((name) => one[name] !== other[name])
      .map((name) => ({
        field: `${title}: ${fieldText(name, spoken)}`,
        before: valueText(name, one[name], spoken),
        after: valueText(name, other[name], spoken),
      }));
  });
}

/** The lines of a plan by their items, and those of variants by these. */
function linesOf(side: unknown): ReadonlyMap<string, Fields> {
  const { items } = fieldsOf(side);
  if (!Array.isArray(items)) return new Map();
  const lines = items.map(fieldsOf).flatMap((line) => {
    const { itemId, variants, limitPerCustomer } = line;
    if (!Array.isArray(variants)) return [[String(itemId), line] as const];
    return variants
      .map(fieldsOf)
      .map(
        (one) =>
          [
            `${String(itemId)} ${String(one['variantId'])}`,
            { itemId, limitPerCustomer, ...one },
          ] as const,
      );
  });
  return new Map(lines);
}

function fieldText(name: string, { texts }: Spoken): string {
  return Object.hasOwn(texts.fields, name) ? (texts.fields[name] ?? name) : name;
}

function valueText(name: string, value: unknown, spoken: Spoken): string {
  const { texts } = spoken;
  if (value === null || value === undefined || value === '') return texts.nothing;
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (typeof value === 'number') return numberText(name, value, spoken);
  if (typeof value === 'string') return textOf(value, spoken);
  if (!Array.isArray(value)) return texts.changed;
  if (value.length === 0) return texts.nothing;
  const words = value.map((one) => wordOf(one, spoken));
  return words.every((word) => word !== undefined) ? shortened(words.join(', ')) : texts.changed;
}

function numberText(name: string, value: number, { texts, money, number }: Spoken): string {
  if (name.endsWith('Cents')) return money(value);
  return name.endsWith('Seconds') ? texts.seconds(value) : number(value);
}

function textOf(value: string, { texts, instant }: Spoken): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return instant(value);
  return Object.hasOwn(texts.values, value) ? (texts.values[value] ?? value) : shortened(value);
}

/** Of a list: a name in it, or what something in it is called. */
function wordOf(one: unknown, spoken: Spoken): string | undefined {
  if (typeof one === 'string') return fieldText(one, spoken);
  const { label } = fieldsOf(one);
  return typeof label === 'string' ? label : undefined;
}

function shortened(text: string): string {
  return text.length <= VALUE_CHARS_MAX ? text : `${text.slice(0, VALUE_CHARS_MAX)}…`;
}
