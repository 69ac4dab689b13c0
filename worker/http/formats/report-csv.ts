/** A sale's report as CSV: a line for each figure, with what it was counted from. Pure. */
import { COUNTED_FROM, type CountedFrom, type Report } from '../../contract/report.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';

/** A new column comes last: spreadsheets and scripts count them. */
const COLUMNS = ['part', 'event_item_id', 'item', 'variant', 'figure', 'value', 'counted_from'];

type Figure = readonly [figure: string, value: number | string | null];
type Part = readonly [part: string, countedFrom: CountedFrom, figures: Figure[]];
/** Of an item: its id, its name and its variant; empty for the whole sale. */
type Of = readonly [string, string, string | null];

const SALE: Of = ['', '', null];

/** Figures are named as in the JSON; those of an item stand behind those of the sale. */
export function reportCsv(report: Report): string {
  const lines = [
    ...saleParts(report).flatMap((part) => linesOf(part, SALE)),
    ...report.items.flatMap((item) => {
      const of: Of = [item.eventItemId, item.name, item.variantLabel];
      return itemParts(item).flatMap((part) => linesOf(part, of));
    }),
  ];
  return `${BYTE_ORDER_MARK}${csvLine(COLUMNS)}${lines.join('')}`;
}

function linesOf([part, countedFrom, figures]: Part, of: Of): string[] {
  return figures.map(([figure, value]) =>
    csvLine([part, ...of, figure, value, COUNTED_FROM[countedFrom]]),
  );
}

function saleParts(report: Report): Part[] {
  const { refusals, entries, waiting } = report;
  const { skipped, ...counts } = entries;
  const { classes, ...times } = waiting;
  return [
    ['units', 'units', figuresOf(report.units)],
    ['sellOut', 'sellOut', figuresOf(report.sellOut)],
    ['holds', 'holds', figuresOf(report.holds)],
    ['cameBack', 'cameBack', figuresOf(report.cameBack)],
    ['refusals', 'refusals', refusals.byReason.map(({ code, count }) => [code, count])],
    ['entries', 'entries', figuresOf(counts)],
    ['skipped', 'entries', skipped.map(({ reason, count }) => [reason, count])],
    ['waiting', 'waiting', figuresOf(times)],
    [
      'waitingUnderSeconds',
      'waiting',
      classes.map(({ underSeconds, count }) => [String(underSeconds ?? 'more'), count]),
    ],
  ];
}

function itemParts(item: Report['items'][number]): Part[] {
  const { soldOutAt, soldOutAfterMs } = item;
  return [
    ['units', 'units', figuresOf(item.units)],
    ['sellOut', 'sellOut', figuresOf({ soldOutAt, soldOutAfterMs })],
    ['cameBack', 'cameBack', figuresOf(item.cameBack)],
    ['entries', 'entries', figuresOf(item.entries)],
  ];
}

function figuresOf(part: Readonly<Record<string, number | string | null>>): Figure[] {
  return Object.entries(part).filter(([name]) => name !== 'countedFrom');
}
