/** What a tampered draw is: the code by which every checker must refuse it. */
import type { DrawFindingCode } from '../../contract/draw-findings.ts';
import { type PublishedDraw, withReceipts } from './publish-draw.ts';

export interface TamperedDraw {
  name: string;
  code: DrawFindingCode;
  /** Which field of the contract is changed, as in `draw.start.items[].stock`, where it is one alone. */
  field: string | undefined;
  published: PublishedDraw;
}

/** Name, code, how it is changed, and the field where it is one. */
export type Change<Made> = readonly [
  name: string,
  code: DrawFindingCode,
  make: () => Made,
  field?: string,
];

export function tampered(
  area: string,
  changes: readonly Change<PublishedDraw>[],
): readonly TamperedDraw[] {
  return changes.map(([name, code, make, field]) => ({
    name: `${area}: ${name}`,
    code,
    field,
    published: make(),
  }));
}

/** A copy in which one value is another: `path` as in `start.items.0.stock`. */
export function withValue<Whole>(whole: Whole, path: string, value: unknown): Whole {
  const copy = structuredClone(whole);
  const names = path.split('.');
  const last = names.pop() ?? '';
  let inner = copy as Record<string, unknown>;
  for (const name of names) inner = inner[name] as Record<string, unknown>;
  if (!(last in inner)) throw new Error(`there is no ${path}`);
  inner[last] = value;
  return copy;
}

export function valueAt(whole: object, path: string): unknown {
  let value: unknown = whole;
  for (const name of path.split('.')) value = (value as Record<string, unknown>)[name];
  return value;
}

/** Another value of the same form: the least that somebody could change. */
export function changed(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') throw new Error(`${typeof value} has no other value`);
  const ms = Date.parse(value);
  if (value.endsWith('Z') && !Number.isNaN(ms)) return new Date(ms + 1).toISOString();
  if (value === 'drand') return 'local';
  // The last sign of a signed text has bits that mean nothing.
  const place = value.length - (value.split('.').length === 3 ? 2 : 1);
  return value.slice(0, place) + (value[place] === '1' ? '2' : '1') + value.slice(place + 1);
}

/** The paths of all values that are no objects; of a list, those of each member. */
export function pathsOf(whole: object, before = ''): string[] {
  return Object.entries(whole).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? pathsOf(value, `${before}${name}.`)
      : [before + name],
  );
}

/** A path without the places in lists: `start.items[].stock`. */
export function fieldOf(path: string): string {
  return path.replaceAll(/\.\d+/g, '[]');
}

/** The receipt of one entry alone. */
export function withReceiptOf(published: PublishedDraw, entryId: string): PublishedDraw {
  const entered = published.records.filter(({ kind }) => kind === 'enter');
  const index = entered.findIndex((record) => record.entryId === entryId);
  const receipt = withReceipts(published).receipts[index];
  if (receipt === undefined) throw new Error(`${entryId} has not entered`);
  return { ...published, receipts: [receipt] };
}
